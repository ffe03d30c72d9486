"""What the queries of scoring hand to a page, the API or a document: frozen, nothing left to compute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class ShownFigure:
    """One computed figure. `value` is unrounded and None unless `status` is `known`; `{% why figure %}` prints it.

    `reason` is the Indonesian clause that says why there is no number (or what to know about it), else empty.
    `shown` is the number as the engine rounded and wrote it, `sentence` the engine's sentence about it, `source` the
    publisher and year, or the file, of the first input that names one.
    """

    public_id: UUID
    key: str
    measure: str
    label: str
    value: float | None
    unit: str
    status: str
    reason: str
    shown: str
    sentence: str
    decimals: int
    month: int | None
    source: str

    @property
    def is_known(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class RunFacts:
    """Which computation the figures come from. `is_stale`: the records have changed since."""

    public_id: UUID
    year: int
    month: int
    computed_at: datetime
    computed_by: str
    engine_version: str
    rules_digest: str
    result_digest: str
    is_stale: bool
    has_data: bool


@dataclass(frozen=True)
class MonthLine:
    """One line of an S-curve: twelve entries, January first; None where nothing is known.

    `reported` is the absorption of the agencies that did report a month in which others did not; its label says how
    many.
    """

    absorption: tuple[ShownFigure | None, ...]
    reported: tuple[ShownFigure | None, ...]
    plan: tuple[ShownFigure | None, ...]
    previous: tuple[float | None, ...]
    previous_year: int

    @property
    def realised_percent(self) -> list[float | None]:
        return [figure.value if figure else None for figure in self.absorption]

    @property
    def plan_percent(self) -> list[float | None]:
        return [figure.value if figure else None for figure in self.plan]

    @property
    def quarters(self) -> tuple[ShownFigure | None, ...]:
        """Absorption at the end of March, June, September and December."""
        return self.absorption[2::3]


@dataclass(frozen=True)
class Money:
    """Ceiling, realisation and absorption of a government or an agency; a figure that the run does not hold is None.

    `absorption_reported` counts only the agencies that reported the month, against their own ceilings; it is there
    when some have not. `deviation_points` is realised less planned (positive: ahead of the cash plan),
    `deviation_relative` the form of the regions' RFK report (positive: behind). `benchmark_deviation` is how far
    absorption lies above the lower bound of its region (negative: below), `benchmark_first_quarter` the same at the
    end of March, `first_quarter` absorption at the end of March. `routine_blud` is the rupiah of BLUD service within
    routine spending.
    """

    ceiling: ShownFigure | None
    realised: ShownFigure | None
    absorption: ShownFigure | None
    absorption_reported: ShownFigure | None
    deviation_points: ShownFigure | None
    deviation_relative: ShownFigure | None
    benchmark_deviation: ShownFigure | None
    benchmark_first_quarter: ShownFigure | None
    first_quarter: ShownFigure | None
    routine_share: ShownFigure | None
    routine_share_ceiling: ShownFigure | None
    routine_blud: ShownFigure | None


@dataclass(frozen=True)
class Benefit:
    """What came of it: the house mean of outcome achievements (each capped at 100), and how many could be measured.

    `comparable` is how many changes against the year before are known; `indicators` how many outcomes there are.
    """

    benefit: ShownFigure | None
    met_share: ShownFigure | None
    improved_share: ShownFigure | None
    measurable: ShownFigure | None
    comparable: ShownFigure | None
    indicators: int

    @property
    def not_measurable(self) -> int:
        known = self.measurable.value if self.measurable and self.measurable.value is not None else 0
        return self.indicators - int(known)


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator in the period; `history` is (year, value or None) for the whole years recorded, oldest first.

    `previous` is the value of the same months a year before, or of the whole year before where only that is known; then
    `change` has no number and says so. `target_high` is the upper bound of a range.
    """

    pk: int
    public_id: UUID
    code: str
    name: str
    unit: str
    decimals: int
    level: str
    lower_is_better: bool
    benefit_words: str
    agency_name: str
    agency_public_id: UUID | None
    value: ShownFigure | None
    target: ShownFigure | None
    achievement: ShownFigure | None
    change: ShownFigure | None
    history: tuple[tuple[int, float | None], ...]
    previous: ShownFigure | None = None
    target_high: ShownFigure | None = None
    method: str = ""
    owner_post: str = ""


@dataclass(frozen=True)
class Missing:
    """How many indicators lack something, and the names of the first of them."""

    names: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class OutcomeCounts:
    """The outcome and impact indicators of a run by what they ask of their reader (`scoring.needs`)."""

    worse: int = 0
    short: int = 0
    better: int = 0
    unmeasured: int = 0
    met: int = 0

    @property
    def missed(self) -> int:
        return self.worse + self.short + self.better

    @property
    def measured(self) -> int:
        return self.missed + self.met

    @property
    def total(self) -> int:
        return self.measured + self.unmeasured


@dataclass(frozen=True)
class AgencyRow:
    """One agency in the table of a government."""

    public_id: UUID
    code: str
    name: str
    ceiling: ShownFigure | None
    realised: ShownFigure | None
    absorption: ShownFigure | None
    deviation_points: ShownFigure | None
    routine_share: ShownFigure | None
    benefit: ShownFigure | None
    met_share: ShownFigure | None
    measurable: ShownFigure | None


@dataclass(frozen=True)
class AgencyPage:
    """One page of agencies in the order asked for."""

    rows: tuple[AgencyRow, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class NodeRow:
    """Money of one box of the goal tree or of one programme; `depth` 0 is the top. `in_tree` is false for a programme
    of the budget that no plan names."""

    code: str
    level: str
    title: str
    depth: int
    in_tree: bool
    ceiling: ShownFigure | None
    realised: ShownFigure | None
    absorption: ShownFigure | None


@dataclass(frozen=True)
class Outlook:
    """Advice about the rest of the year, in whole sentences; `forecast` is None where history does not suffice."""

    month: int
    needed_points_a_month: float | None
    forecast: float | None
    low: float | None
    high: float | None
    histories: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Scorecard:
    """The page of a government for a year up to a month. `run` is None when nothing was computed yet.

    `indicators` are the first outcomes by need, the government's own before those of agencies; `outcomes` counts all.
    `behind` are the agencies furthest behind their cash plan.
    """

    government_code: str
    government_name: str
    is_fictitious: bool
    year: int
    month: int
    run: RunFacts | None
    money: Money
    months: MonthLine
    benefit: Benefit
    outcomes: OutcomeCounts
    own_outcomes: int
    without_target: Missing
    without_value: Missing
    indicators: tuple[IndicatorRow, ...]
    agencies: AgencyPage
    behind: tuple[AgencyRow, ...]
    nodes: tuple[NodeRow, ...]
    outlook: Outlook | None


@dataclass(frozen=True)
class AgencyScorecard:
    """The page of one agency."""

    government_code: str
    public_id: UUID
    code: str
    name: str
    year: int
    month: int
    run: RunFacts | None
    money: Money
    months: MonthLine
    benefit: Benefit
    indicators: tuple[IndicatorRow, ...]
    nodes: tuple[NodeRow, ...]
    outlook: Outlook | None


@dataclass(frozen=True)
class ExplanationSection:
    """One part of "mengapa angka ini": a heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FigureDetail:
    """Everything the page "mengapa angka ini" prints. `text` is the same explanation as plain text (API, shell).

    `record` is the engine's own record (`core.why.why_page` reads it); `used_figures` are the inputs that are figures
    of the same run, so that the page can link down to them. `version` is the public version that holds the figure, or
    the next one where this run is not public; `is_published` tells which.
    """

    figure: ShownFigure
    government_code: str
    government_name: str
    agency_name: str
    agency_public_id: UUID | None
    run: RunFacts
    title: str
    value_line: str
    sections: tuple[ExplanationSection, ...]
    text: str
    record: Mapping[str, Any]
    used_figures: tuple[ShownFigure, ...]
    version: int
    is_published: bool


@dataclass(frozen=True)
class AvailablePeriod:
    """A year and month for which a current run stands; `published_version` is 0 when nothing was frozen."""

    year: int
    month: int
    published_version: int
