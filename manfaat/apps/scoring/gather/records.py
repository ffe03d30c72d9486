"""All records of one run, read in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.budgets.queries import (
    EntryRow,
    cash_plan_of,
    ceilings_of,
    code_names_of,
    latest_ceilings,
    realisation_of,
)
from manfaat.apps.core.models import SourceFile
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.plans.models import GoalNode, Indicator, Target
from manfaat.apps.scoring.gather.rows import spending_rows

Slot = tuple[int, str, int]
"""Year, kind and number of a period."""


@dataclass(frozen=True)
class AgencyFact:
    """An agency of the year; `key` is its part of a figure's key, stable over runs."""

    pk: int
    name: str
    key: str


@dataclass(frozen=True)
class Cash:
    """The spending rows of one agency, or of the government as a whole where the source published it so."""

    ceiling: list[EntryRow] = field(default_factory=list)
    realised: dict[int, list[EntryRow]] = field(default_factory=dict)
    planned: dict[int, list[EntryRow]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.ceiling or self.realised or self.planned)


@dataclass(frozen=True)
class Records:
    """What a run is computed from; `cash` by agency id, None for rows of the government as a whole."""

    government: Government
    year: int
    month: int
    agencies: tuple[AgencyFact, ...]
    cash: dict[int | None, Cash]
    indicators: tuple[Indicator, ...]
    measured: dict[int, dict[Slot, Measurement]]
    targets: dict[int, dict[Slot, Target]]
    nodes: tuple[GoalNode, ...]
    code_names: dict[str, str]
    sources: dict[int, dict[str, Any]]

    @property
    def has_data(self) -> bool:
        return bool(self.cash or self.measured or self.targets)

    def cash_of(self, agency_id: int | None) -> Cash:
        return self.cash.get(agency_id, Cash())


def read_records(government: Government, year: int, month: int) -> Records:
    """Everything a run of `government` for `year` up to `month` reads; the year before only for indicators."""
    cash = _cash(government, year, month)
    indicators = tuple(Indicator.objects.filter(government=government).select_related("agency").order_by("code"))
    measured: dict[int, dict[Slot, Measurement]] = defaultdict(dict)
    for one in measurements_read(government, year, month):
        measured[one.indicator_id][one.period.year, one.period.kind, one.period.number] = one
    targets: dict[int, dict[Slot, Target]] = defaultdict(dict)
    for target in targets_read(government, year, month):
        targets[target.indicator_id][target.period.year, target.period.kind, target.period.number] = target
    file_ids = {row.source_file_id for one in cash.values() for row in _all_rows(one)}
    file_ids |= {one.source_file_id for slots in measured.values() for one in slots.values() if one.source_file_id}
    file_ids |= {one.source_file_id for slots in targets.values() for one in slots.values() if one.source_file_id}
    return Records(
        government=government,
        year=year,
        month=month,
        agencies=_agencies(government, year, {pk for pk in cash if pk is not None}),
        cash=cash,
        indicators=indicators,
        measured=dict(measured),
        targets=dict(targets),
        nodes=tuple(nodes_read(government, year)),
        code_names=dict(code_names_of(government)),
        sources={file.pk: source_of(file) for file in SourceFile.objects.filter(pk__in=file_ids)},
    )


def measurements_read(government: Government, year: int, month: int) -> Any:
    """The current measurements of the year and the year before; drafts are nobody's statement yet and do not count."""
    rows = Measurement.objects.filter(
        _ended(month), indicator__government=government, period__year__in=(year - 1, year), is_current=True
    ).exclude(state=Measurement.State.DRAFT)
    return rows.select_related("period", "verified_by").order_by("pk")


def targets_read(government: Government, year: int, month: int) -> Any:
    """The current targets of the year."""
    rows = Target.objects.filter(_ended(month), indicator__government=government, period__year=year, is_current=True)
    return rows.select_related("period").order_by("pk")


def _ended(month: int) -> Q:
    """The periods that have ended by `month`, and the year, whose figure or target may stand before it ends."""
    quarter = Q(period__kind=Period.Kind.QUARTER, period__number__lte=month // 3)
    return Q(period__kind=Period.Kind.YEAR) | quarter | Q(period__kind=Period.Kind.MONTH, period__number__lte=month)


def nodes_read(government: Government, year: int) -> Any:
    """The boxes of the plans in force in the year."""
    rows = GoalNode.objects.filter(
        plan__government=government, plan__is_current=True, plan__year_from__lte=year, plan__year_to__gte=year
    )
    return rows.select_related("plan", "agency").order_by("plan_id", "code", "pk")


def source_of(file: SourceFile) -> dict[str, Any]:
    """The origin as the engine's records carry it."""
    told = {"publisher": file.publisher, "title": file.title, "year": file.published_year, "file": file.name}
    return {name: value for name, value in (told | {"sha256": file.sha256}).items() if value}


def _agencies(government: Government, year: int, with_money: set[int]) -> tuple[AgencyFact, ...]:
    in_year = Q(valid_from__lte=date(year, 12, 31)) & (Q(valid_to=None) | Q(valid_to__gt=date(year, 1, 1)))
    found = list(Agency.objects.filter(in_year | Q(pk__in=with_money), government=government).order_by("code", "pk"))
    codes = [agency.code for agency in found]
    return tuple(
        AgencyFact(
            agency.pk,
            agency.name,
            agency.code if codes.count(agency.code) == 1 else f"{agency.code}@{agency.valid_from.isoformat()}",
        )
        for agency in found
    )


def _cash(government: Government, year: int, month: int) -> dict[int | None, Cash]:
    cash: defaultdict[int | None, Cash] = defaultdict(Cash)
    for row in latest_ceilings(spending_rows(ceilings_of(government, year))):
        cash[row.agency_id].ceiling.append(row)
    for row in spending_rows(realisation_of(government, year)):
        if row.month and row.month <= month:
            cash[row.agency_id].realised.setdefault(row.month, []).append(row)
    for row in spending_rows(cash_plan_of(government, year)):
        cash[row.agency_id].planned.setdefault(row.month or 0, []).append(row)
    return dict(cash)


def _all_rows(cash: Cash) -> list[EntryRow]:
    months = [*cash.realised.values(), *cash.planned.values()]
    return [*cash.ceiling, *(row for rows in months for row in rows)]


STAGE_NAMES = dict(BudgetEntry.Stage.choices)
