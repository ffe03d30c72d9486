"""What the pages of satisfaction show: each unit's index in a period, its trend, its elements, its groups.

Pure: takes counted answers, calls the engine once for everything on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manfaat.analysis.disclosure import withheld
from manfaat.analysis.means import Change, change
from manfaat.apps.services.index import SCALE, Indices, Pool, category_of, elements, indices, shown
from manfaat.apps.services.models import ServiceUnit
from manfaat.apps.services.periods import Kind, Span
from manfaat.apps.services.queries import Counted, Group
from manfaat.engine import Series, evaluate

TREND = 12
"""Months in the small line of a unit."""


@dataclass(frozen=True)
class Standing:
    """One unit, or one period of it: index, how sure, and what moved since the period before."""

    name: str
    span: Span
    pool: Pool
    value: float | None
    category: str
    lowest: str
    lowest_value: float | None
    margin: float | None
    before: float | None
    change: Change | None
    needed: int | None = None
    served: int | None = None

    @property
    def difference(self) -> float | None:
        """How much the printed index moved since the period before."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_enough(self) -> bool:
        """Whether as many answered as the table of samples asks for."""
        return self.needed is not None and self.pool.responses >= self.needed


@dataclass(frozen=True)
class UnitLine:
    """A row of the list: the standing of a unit, and its months."""

    unit: ServiceUnit
    standing: Standing
    trend: Sequence[float | None]


@dataclass(frozen=True)
class ElementLine:
    """One element: how many gave each answer, their mean, the category by the same bands."""

    code: str
    name: str
    counts: Sequence[int]
    mean: float | None
    category: str
    missing: int

    @property
    def on_scale(self) -> float | None:
        """The mean on the scale of the index."""
        return None if self.mean is None else self.mean * SCALE


@dataclass(frozen=True)
class GroupLine:
    """One group of respondents; `is_hidden` where it is too small, or would give a small one away."""

    label: str
    responses: int
    value: float | None
    margin: float | None
    is_hidden: bool


@dataclass(frozen=True)
class GroupTable:
    """The groups by one particular; `is_closed` where every group would have to be hidden."""

    dimension: str
    lines: Sequence[GroupLine]
    is_closed: bool


def unit_lines(units: Sequence[Counted], span: Span, served: Mapping[int, int], weight: str = "") -> list[UnitLine]:
    """The units that have answers in the period or the one before, all computed at once."""
    months = trend_months(span)
    pools: list[Pool] = []
    for one in units:
        pools += [one.pool(span), one.pool(span.before), *(one.pool(month) for month in months)]
    made = indices(pools, weight)
    wide, lines = len(months) + 2, []
    for at, one in enumerate(units):
        first = at * wide
        if not pools[first].responses and not pools[first + 1].responses:
            continue
        standing = _standing(one.unit.name, span, (pools, made), (first, first + 1), served.get(one.unit.pk))
        lines.append(UnitLine(one.unit, standing, [made.value(first + 2 + month) for month in range(len(months))]))
    return lines


def unit_standing(counted: Counted, span: Span, served: int | None, weight: str = "") -> Standing:
    """One unit in one period."""
    pools = [counted.pool(span), counted.pool(span.before)]
    return _standing(counted.unit.name, span, (pools, indices(pools, weight)), (0, 1), served)


def month_standings(counted: Counted, span: Span, weight: str = "") -> list[Standing]:
    """The months of a period that have answers, latest first, each held against the month before."""
    months = [Span(span.year, Kind.MONTH, number) for number in reversed(span.months)]
    pools = [pool for month in months for pool in (counted.pool(month), counted.pool(month.before))]
    made = indices(pools, weight)
    found = [
        _standing(counted.unit.name, month, (pools, made), (2 * at, 2 * at + 1), None)
        for at, month in enumerate(months)
    ]
    return [one for one in found if one.pool.responses]


def element_lines(pool: Pool) -> list[ElementLine]:
    """The nine elements in printed order."""
    made = indices([pool])
    lines = []
    for number, row in enumerate(elements()):
        mean = made.element(0, number)
        missing = pool.responses - pool.answered(number)
        lines.append(ElementLine(row.code, row.name, pool.counts[number], mean, category_of(mean), missing))
    return lines


def group_tables(groups: Mapping[str, Sequence[Group]], weight: str = "") -> list[GroupTable]:
    """The groups by each particular, small ones hidden; a particular that nobody gave is left out."""
    tables = []
    for dimension, found in groups.items():
        if not any(group.label for group in found):
            continue
        made = indices([group.pool for group in found], weight)
        hidden = withheld([group.pool.responses for group in found])
        lines = [_group_line(group, made, at, at in hidden) for at, group in enumerate(found)]
        tables.append(GroupTable(dimension, lines, len(hidden) == len(found)))
    return tables


def trend_months(span: Span) -> list[Span]:
    """The twelve months that end with the period."""
    month = Span(span.year, Kind.MONTH, span.months[-1])
    months = [month]
    while len(months) < TREND:
        months.append(months[-1].before)
    return months[::-1]


def _standing(
    name: str, span: Span, computed: tuple[Sequence[Pool], Indices], at: tuple[int, int], served: int | None
) -> Standing:
    (pools, made), (now, then) = computed, at
    pool, sample, earlier = pools[now], pools[now].sample, pools[then].sample
    lowest = made.lowest(now)
    mean = None if lowest is None else made.element(now, lowest)
    return Standing(
        name=name,
        span=span,
        pool=pool,
        value=shown(made.value(now)),
        category=made.category(now),
        lowest="" if lowest is None else elements()[lowest].name,
        lowest_value=None if mean is None else mean * SCALE,
        margin=sample.margin if sample else None,
        before=shown(made.value(then)),
        change=change(sample, earlier) if sample and earlier else None,
        needed=_needed(served),
        served=served,
    )


def _needed(served: int | None) -> int | None:
    if served is None:
        return None
    return int(evaluate("survey.sample_size", {"population": Series.of([served])}).values[0])


def _group_line(group: Group, made: Indices, at: int, is_hidden: bool) -> GroupLine:
    if is_hidden:
        return GroupLine(group.label, 0, None, None, True)
    sample = group.pool.sample
    return GroupLine(group.label, group.pool.responses, shown(made.value(at)), sample.margin if sample else None, False)
