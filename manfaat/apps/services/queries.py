"""The doors to service units, their counted answers and the groups of their respondents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FloatField, Q, Sum, TextChoices
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext as _

from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, may_see
from manfaat.apps.services.index import Pool, pooled
from manfaat.apps.services.models import ELEMENTS, Response, Served, ServiceUnit, Tally
from manfaat.apps.services.periods import Span

Month = tuple[int, int]
DIMENSIONS: dict[str, type[TextChoices]] = {
    "sex": Response.Sex,
    "age": Response.Age,
    "education": Response.Education,
    "job": Response.Job,
}


def unit_ids_of(government: Government) -> dict[str, int]:
    """Name -> primary key of the service units of a government."""
    return dict(ServiceUnit.objects.filter(government=government).values_list("name", "pk"))


def counted_months(government: Government) -> dict[tuple[int, int, int], int]:
    """Unit, year and month -> answers that count now."""
    held = Tally.objects.filter(unit__government=government)
    return {(unit, year, month): count for unit, year, month, count in held.values_list(
        "unit_id", "year", "month", "responses"
    )}  # fmt: skip


def unit_for(user: Person, government: Government, public_id: UUID) -> ServiceUnit:
    """One service unit of a government that `user` may see."""
    unit = ServiceUnit.objects.filter(government=government, public_id=public_id).first()
    if unit is None or not may_see(user, government):
        raise NotFound(_("Unit layanan ini tidak ada di pemerintah daerah ini."))
    unit.government = government
    return unit


@dataclass(frozen=True)
class Counted:
    """The counted answers of one unit by month."""

    unit: ServiceUnit
    tallies: dict[Month, Tally]

    def pool(self, span: Span) -> Pool:
        """The answers of a period."""
        return pooled(tally for (year, month), tally in self.tallies.items() if span.holds(year, month))


def counted_units(government: Government, unit: ServiceUnit | None = None) -> list[Counted]:
    """Every unit of a government, or one, with its counted months; by name, two queries at most."""
    units = [unit] if unit else list(ServiceUnit.objects.filter(government=government))
    held: defaultdict[int, dict[Month, Tally]] = defaultdict(dict)
    for tally in Tally.objects.filter(unit__in=units).order_by("year", "month"):
        held[tally.unit_id][tally.year, tally.month] = tally
    return [Counted(one, held[one.pk]) for one in units]


def served_in(units: Iterable[ServiceUnit], span: Span) -> dict[int, int]:
    """Unit -> people served in a period, where somebody said so."""
    said = Served.objects.filter(unit__in=list(units), kind=span.kind, year=span.year, number=span.number)
    return dict(said.values_list("unit_id", "people"))


def sources_of(unit: ServiceUnit, span: Span) -> list[SourceFile]:
    """The files that the answers of a period came from, newest first."""
    held = Response.objects.filter(unit=unit, year=span.year, month__in=span.months, is_current=True).order_by()
    return list(SourceFile.objects.filter(pk__in=held.values("source_file").distinct()).order_by("-uploaded_at"))


@dataclass(frozen=True)
class Group:
    """Respondents who have one particular in common; `label` empty where they did not give it."""

    label: str
    pool: Pool


def groups_of(unit: ServiceUnit, year: int) -> dict[str, list[Group]]:
    """The respondents of a year by each particular, in the order of its choices; one query per particular.

    Only ever by whole years: tables of a year and of its months beside each other would give small groups away.
    """
    return {dimension: _groups(unit, year, dimension) for dimension in DIMENSIONS}


def _groups(unit: ServiceUnit, year: int, dimension: str) -> list[Group]:
    held = Response.objects.filter(unit=unit, year=year, is_current=True).order_by()
    found = {row.pop(dimension): row for row in held.values(dimension).annotate(**counting())}
    order = [(choice.value, str(choice.label)) for choice in DIMENSIONS[dimension]] + [("", "")]
    return [Group(label, Pool(**counted(found[code]))) for code, label in order if code in found]


def counting() -> dict[str, Any]:
    """What is counted of a set of answers, as annotations."""
    mean = Cast(F("total"), FloatField()) / Cast(NullIf(F("answered"), 0), FloatField())
    counts = {f"{name}_{value}": Count("pk", filter=Q(**{name: value})) for name in ELEMENTS for value in range(1, 5)}
    return {
        "responses": Count("pk"),
        "complete": Count("pk", filter=Q(answered=len(ELEMENTS))),
        "complete_total": Sum("total", filter=Q(answered=len(ELEMENTS)), default=0),
        "respondents": Count("pk", filter=Q(answered__gt=0)),
        "means": Sum(mean, default=0.0),
        "squares": Sum(mean * mean, default=0.0),
        **counts,
    }


def counted(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `counting` with the counts per element in one list."""
    counts = [[row.pop(f"{name}_{value}") for value in range(1, 5)] for name in ELEMENTS]
    return {**row, "counts": counts}
