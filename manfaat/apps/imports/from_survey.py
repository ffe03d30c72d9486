"""A file of survey answers held against the records: units, months already there, closed periods."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from manfaat.apps.imports.books import closed_periods, first_closed
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.organisations.models import Period
from manfaat.apps.services.actions import NewResponse
from manfaat.apps.services.queries import counted_months, unit_ids_of
from manfaat.readers.columns import normalised
from manfaat.readers.survey import ELEMENTS, SurveyReading

LONGEST = 200
ALIKE = 90


@dataclass
class SurveyFile:
    """A survey reading; `spelling` gives for a unit as written in the file the name under which it is known."""

    batch: ImportBatch
    reading: SurveyReading
    spelling: dict[str, str] | None = None

    @property
    def replaces(self) -> bool:
        """Whether the answers take the place of what other files gave for the same unit and month."""
        return bool(self.batch.mapping.get("options", {}).get("replaces"))

    def known_as(self, name: str) -> str:
        """The name of a unit as the records have it."""
        return (self.spelling or {}).get(name, name)

    def names(self) -> list[str]:
        """The units of the file, each once."""
        return list(dict.fromkeys(self.known_as(name) for name in self.reading.rows.unit_name))

    def months(self) -> dict[tuple[str, int, int], int]:
        """Unit, year and month -> how many answers the file has for it."""
        rows = self.reading.rows
        found = Counter(zip(rows.unit_name, rows.year, rows.month, strict=True))
        known: Counter[tuple[str, int, int]] = Counter()
        for (name, year, month), count in found.items():
            known[self.known_as(name), year, month] += count
        return known

    def responses(self, ids: Mapping[str, int]) -> Iterator[NewResponse]:
        """The respondents to record, given the primary keys of the units."""
        rows = self.reading.rows
        units = {name: ids[self.known_as(name)] for name in set(rows.unit_name)}
        answers = zip(*(rows.answers[name] for name in ELEMENTS), strict=True)
        told = rows.particulars
        columns = zip(
            rows.unit_name, rows.year, rows.month, answers, told["sex"], told["age"], told["education"], told["job"],
            rows.number, strict=True,
        )  # fmt: skip
        for name, year, month, given, sex, age, education, job, number in columns:
            nine = tuple(answer or None for answer in given)
            yield NewResponse(units[name], year, month, nine, sex, age, education, job, number)


def check_survey(file: SurveyFile) -> dict[str, Any]:
    """Add to the reading's problems what only the records can tell, and return the summary for the preview."""
    known = unit_ids_of(file.batch.government)
    _spell(file, known)
    months = file.months()
    _check_periods(file, months)
    there = counted_months(file.batch.government)
    names = {pk: name for name, pk in known.items()}
    again = {(names[unit], year, month): count for (unit, year, month), count in there.items()}
    touched = [key for key in months if key in again]
    spans = sorted({(year, month) for _name, year, month in months if month})
    return {
        "units": len(file.names()),
        "new_units": sorted(name for name in file.names() if name and name not in known),
        "complete": file.reading.totals.complete,
        "from": list(spans[0]) if spans else [],
        "to": list(spans[-1]) if spans else [],
        "repeated": sum(again[key] for key in touched),
        "repeated_months": len(touched),
        "replaces_answers": file.replaces,
    }


def _spell(file: SurveyFile, known: Mapping[str, int]) -> None:
    """One name per unit: as the records have it, else as the file writes it first; near names are pointed out."""
    rows, found = file.reading.rows, file.reading.found
    by_words = {normalised(name): name for name in known}
    file.spelling = {}
    for at, name in enumerate(rows.unit_name):
        if name in file.spelling or not name:
            continue
        own = name[:LONGEST]
        words = normalised(own)
        if words not in by_words:
            near = process.extractOne(own, list(by_words.values()), scorer=fuzz.ratio, score_cutoff=ALIKE)
            if near is not None:
                found.add(
                    "warning",
                    "like_another_unit",
                    _("Unit layanan “%(name)s” mirip “%(other)s”.") % {"name": own, "other": near[0]},
                    _("Bila unitnya sama, samakan namanya di berkas, lalu unggah lagi."),
                    row=rows.number[at],
                    value=own,
                )
        file.spelling[name] = by_words.setdefault(words, own)


def _check_periods(file: SurveyFile, months: Mapping[tuple[str, int, int], int]) -> None:
    for year in {year for _name, year, _month in months}:
        closed = closed_periods(file.batch.government, year)
        asked = sorted({month for _name, one, month in months if one == year and month})
        month = first_closed(closed, Period.Kind.MONTH, asked)
        if month is not None:
            file.reading.found.add(
                "error",
                "period_closed",
                _("Periode %(month)s %(year)s sudah ditutup.") % {"month": month, "year": year},
                _("Minta Bagian Organisasi membukanya lagi di menu Periode."),
            )
