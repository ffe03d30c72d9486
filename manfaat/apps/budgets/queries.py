"""Money as lean rows: ceilings, cash plan and realisation, each with where it was read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.core.fields import whole_number
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person
from manfaat.apps.plans.models import GoalNode
from manfaat.apps.plans.queries import Branch, PlanTree, goal_tree_for

ScopeKey = tuple[str, str, int | None]
TotalKey = tuple[str, str, int | None, int | None, str]
MoneyKey = tuple[int | None, str]
ALL = 0
"""Stands for every agency in a `MoneyKey`; no agency has this primary key."""

PROGRAMME_POINTS = 2
"""Points in the code of a programme, as in 1.02.02."""

SPENDING = ("5", "")
WITH_MONEY = (GoalNode.Level.PROGRAMME, GoalNode.Level.ACTIVITY, GoalNode.Level.SUB_ACTIVITY)
STAGES = (BudgetEntry.Stage.ORIGINAL, BudgetEntry.Stage.SHIFT, BudgetEntry.Stage.REVISED)


class EntryRow(NamedTuple):
    """One current amount; `month` is None for a ceiling, `stage` empty for anything else."""

    agency_id: int | None
    stage: str
    month: int | None
    programme_code: str
    activity_code: str
    sub_activity_code: str
    account_code: str
    amount_rp: int
    source_file_id: int
    sheet: str
    row: int | None

    @property
    def place(self) -> tuple[int | None, str, str, str, str]:
        """What the amount is for: agency, programme, activity, sub-activity, account."""
        return self.agency_id, self.programme_code, self.activity_code, self.sub_activity_code, self.account_code


def ceilings_of(government: Government, year: int) -> list[EntryRow]:
    """Every current ceiling of the year, all stages; `latest_ceilings` keeps the stage in force."""
    return _rows(government, year, BudgetEntry.Kind.CEILING)


def latest_ceilings(rows: Iterable[EntryRow]) -> list[EntryRow]:
    """The rows of each agency's latest stage: perubahan before pergeseran before murni."""
    kept = list(rows)
    latest: dict[int | None, int] = {}
    for row in kept:
        latest[row.agency_id] = max(latest.get(row.agency_id, 0), STAGES.index(BudgetEntry.Stage(row.stage)))
    return [row for row in kept if STAGES[latest[row.agency_id]] == row.stage]


def realisation_of(government: Government, year: int, month: int | None = None) -> list[EntryRow]:
    """Current realisation, cumulative from January to the end of `month`; of every month when it is empty."""
    return _rows(government, year, BudgetEntry.Kind.REALISATION, month)


def cash_plan_of(government: Government, year: int) -> list[EntryRow]:
    """The current anggaran kas, one row per place and month, each for that month alone."""
    return _rows(government, year, BudgetEntry.Kind.CASH_PLAN)


def latest_month(government: Government, year: int) -> int | None:
    """The last month of the year for which realisation is recorded."""
    months = _current(government, year, BudgetEntry.Kind.REALISATION).order_by("-month")
    return months.values_list("month", flat=True).first()


def years_of(government: Government) -> list[int]:
    """The years for which any money is recorded, latest first."""
    years = BudgetEntry.objects.filter(government=government, is_current=True).values_list("year", flat=True)
    return list(years.distinct().order_by("-year"))


def totals_of(government: Government, year: int) -> dict[TotalKey, int]:
    """Current rupiah of a year by kind, stage, month, agency and first digit of the account; one query."""
    rows = (
        BudgetEntry.objects.filter(government=government, year=year, is_current=True)
        .order_by()
        .annotate(group=Left("account_code", 1))
        .values_list("kind", "stage", "month", "agency_id", "group")
        .annotate(total=Sum("amount_rp"))
    )
    return {(kind, stage, month, agency, group): total for kind, stage, month, agency, group, total in rows}


def files_behind(government: Government, year: int) -> dict[ScopeKey, list[tuple[str, int]]]:
    """Kind, stage and month -> files whose rows are current there, with how many rows each; one query."""
    rows = (
        BudgetEntry.objects.filter(government=government, year=year, is_current=True)
        .order_by("source_file__uploaded_at")
        .values_list("kind", "stage", "month", "source_file__name")
        .annotate(rows=Count("pk"))
    )
    found: dict[ScopeKey, list[tuple[str, int]]] = {}
    for kind, stage, month, name, count in rows:
        found.setdefault((kind, stage, month), []).append((name, count))
    return found


def code_names_of(government: Government, codes: Iterable[str] | None = None) -> Mapping[str, str]:
    """The names of codes in this government's files; of all its codes when `codes` is empty."""
    names = CodeName.objects.filter(government=government)
    if codes is not None:
        names = names.filter(code__in=set(codes))
    return dict(names.values_list("code", "name"))


def _current(government: Government, year: int, kind: str, month: int | None = None) -> QuerySet[BudgetEntry]:
    where = Q() if month is None else Q(month=month)
    return BudgetEntry.objects.filter(where, government=government, year=year, kind=kind, is_current=True)


def _rows(government: Government, year: int, kind: str, month: int | None = None) -> list[EntryRow]:
    rows = _current(government, year, kind, month).order_by("pk").values_list(*EntryRow._fields)
    return [EntryRow(*row) for row in rows.iterator(chunk_size=5_000)]


@dataclass(frozen=True)
class GoalMoney:
    """The goal trees with ceilings and realisation filled in, and what lies outside them."""

    trees: list[PlanTree]
    year: int | None
    month: int | None
    years: list[int]
    outside_rp: int


def goal_money_for(user: Person, government: Government, *, year: str = "") -> GoalMoney:
    """The goal trees that `user` may see with the spending of a year (the latest one where none is named).

    A box has the money of its code and of all below it; None where no money is recorded under it. `outside_rp` is the
    ceiling of programmes that no box carries. Seven queries, however large the tree.
    """
    trees = goal_tree_for(user, government)
    years = years_of(government)
    asked = whole_number(year)
    chosen = asked if asked in years else (years[0] if years else None)
    if chosen is None:
        return GoalMoney(trees, None, None, [], 0)
    month = latest_month(government, chosen)
    ceilings = _by_code(latest_ceilings(ceilings_of(government, chosen)))
    realised = _by_code(realisation_of(government, chosen, month) if month else [])
    used = {key for tree in trees for root in tree.roots for key in _fill(root, ceilings, realised)}
    programmes = {key for key in ceilings if key[1].count(".") == PROGRAMME_POINTS}
    outside = sum(ceilings[key] for key in programmes if not _carried(key, used))
    return GoalMoney(trees, chosen, month, years, outside)


def _by_code(rows: Iterable[EntryRow]) -> dict[MoneyKey, int]:
    """Spending per agency and code at every level: programme, activity, sub-activity; and per code of all agencies."""
    sums: defaultdict[MoneyKey, int] = defaultdict(int)
    for row in rows:
        if row.account_code[:1] not in SPENDING:
            continue
        for code in {row.programme_code, row.activity_code, row.sub_activity_code} - {""}:
            sums[row.agency_id, code] += row.amount_rp
            sums[ALL, code] += row.amount_rp
    return dict(sums)


def _fill(branch: Branch, ceilings: Mapping[MoneyKey, int], realised: Mapping[MoneyKey, int]) -> set[MoneyKey]:
    """Give the branch its own money, else the sum of its children; returns the keys used in it."""
    used = {key for child in branch.children for key in _fill(child, ceilings, realised)}
    key = (branch.node.agency_id or ALL, branch.node.code)
    if branch.node.level in WITH_MONEY and key in {*ceilings, *realised}:
        branch.ceiling_rp, branch.realised_rp = ceilings.get(key), realised.get(key)
        return used | {key}
    branch.ceiling_rp = _sum_of([child.ceiling_rp for child in branch.children])
    branch.realised_rp = _sum_of([child.realised_rp for child in branch.children])
    return used


def _sum_of(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _carried(key: MoneyKey, used: set[MoneyKey]) -> bool:
    return key[0] == ALL or key in used or (ALL, key[1]) in used
