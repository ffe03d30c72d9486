"""What a government's records already know by code and name, for holding a file against them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from manfaat.apps.organisations.models import Agency, Government, Period

KIND_BY_FIRST_WORD = {
    "dinas": Agency.Kind.DINAS,
    "badan": Agency.Kind.BADAN,
    "kecamatan": Agency.Kind.KECAMATAN,
    "inspektorat": Agency.Kind.INSPECTORATE,
    "sekretariat": Agency.Kind.SECRETARIAT,
    "rumah": Agency.Kind.HOSPITAL,
    "rsud": Agency.Kind.HOSPITAL,
}


@dataclass(frozen=True, slots=True)
class AgencyBook:
    """Code -> primary key and name of the agencies of a year; the government's own code stands for it as a whole."""

    ids: dict[str, int | None]
    names: dict[str, str]

    def nearest(self, name: str) -> str:
        """Up to three known names that resemble `name`, in words; empty where none does."""
        found = process.extract(name, self.names, scorer=fuzz.WRatio, limit=3, score_cutoff=70)
        return "; ".join(f"{code} ({known})" for known, _score, code in found)


def agency_book(government: Government, year: int) -> AgencyBook:
    """The agencies that a file of that year may name; one query.

    Where a code belonged to several in turn, the one that existed in that year, else the latest.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    chosen: dict[str, Agency] = {}
    for agency in Agency.objects.filter(government=government).order_by("valid_from"):
        held = chosen.get(agency.code)
        if held is None or _existed(agency, first, last) or not _existed(held, first, last):
            chosen[agency.code] = agency
    ids: dict[str, int | None] = {government.code: None}
    names = {government.code: government.name}
    for code, agency in chosen.items():
        ids[code], names[code] = agency.pk, agency.name
    return AgencyBook(ids, names)


def kind_of_agency(name: str) -> str:
    """The kind that the first word of a name tells."""
    words = name.casefold().split()
    return KIND_BY_FIRST_WORD.get(words[0] if words else "", Agency.Kind.OTHER)


def closed_periods(government: Government, year: int) -> set[tuple[str, int]]:
    """Kind and number of the closed periods of a year; one query."""
    closed = Period.objects.filter(government=government, year=year, state=Period.State.CLOSED)
    return set(closed.values_list("kind", "number"))


def first_closed(closed: set[tuple[str, int]], kind: str, numbers: Iterable[int]) -> int | None:
    """The first of the numbers whose period is closed; a closed year closes all that lies in it."""
    for number in numbers:
        if (kind, number) in closed or (Period.Kind.YEAR, 1) in closed:
            return number
    return None


def _existed(agency: Agency, first: date, last: date) -> bool:
    return agency.valid_from <= last and (agency.valid_to is None or agency.valid_to > first)
