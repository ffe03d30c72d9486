"""The parts that scorecards are put together from; each function runs a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government
from manfaat.apps.plans.models import GoalNode, Indicator
from manfaat.apps.scoring.figures.benefit import BENEFIT_LEVELS
from manfaat.apps.scoring.gather.tree import node_codes
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.queries.runs import figures_in, found_in
from manfaat.apps.scoring.queries.shapes import Benefit, IndicatorRow, Money, MonthLine, NodeRow, ShownFigure

MOST_INDICATORS = 60
PER_INDICATOR = ("value", "value_previous", "target", "target_high", "achievement", "change")
MONEY = (
    "ceiling",
    "realised",
    "absorption",
    "absorption_reported",
    "plan_percent",
    "deviation_points",
    "deviation_relative",
    "benchmark_deviation",
    "routine_share",
    "routine_share_ceiling",
    "routine_blud_realised",
    "benefit",
    "met_share",
    "improved_share",
    "measurable",
    "comparable",
)
TWELVE, MARCH, DECEMBER = range(1, 13), 3, 12

Shelf = Mapping[tuple[str, int | None], ShownFigure]
"""Figures by measure and month."""


def figures_about(run: Run, agency_id: int | None) -> QuerySet[Figure]:
    """The figures of one agency, or those of no agency."""
    found = figures_in(run)
    return found.filter(agency=None) if agency_id is None else found.filter(agency_id=agency_id)


def subject_figures(run: Run, agency_id: int | None) -> Shelf:
    """The money and benefit figures of one agency, or of the government as a whole; one query."""
    found = figures_about(run, agency_id).filter(indicator=None, node_code="", measure__in=MONEY)
    return {(one.figure.measure, one.figure.month): one.figure for one in found_in(found)}


def money_of(shelf: Shelf, month: int) -> Money:
    """Ceiling, realisation and absorption at the end of `month`."""
    return Money(
        ceiling=shelf.get(("ceiling", month)),
        realised=shelf.get(("realised", month)),
        absorption=shelf.get(("absorption", month)),
        absorption_reported=shelf.get(("absorption_reported", month)),
        deviation_points=shelf.get(("deviation_points", month)),
        deviation_relative=shelf.get(("deviation_relative", month)),
        benchmark_deviation=shelf.get(("benchmark_deviation", month)),
        benchmark_first_quarter=shelf.get(("benchmark_deviation", MARCH)),
        first_quarter=_known_absorption(shelf, MARCH),
        routine_share=shelf.get(("routine_share", month)),
        routine_share_ceiling=shelf.get(("routine_share_ceiling", month)),
        routine_blud=shelf.get(("routine_blud_realised", month)),
    )


def _known_absorption(shelf: Shelf, month: int) -> ShownFigure | None:
    """Absorption, or that of the agencies that reported where not all have."""
    strict = shelf.get(("absorption", month))
    return strict if strict and strict.is_known else shelf.get(("absorption_reported", month), strict)


def months_of(shelf: Shelf, run: Run, agency_code: str | None) -> MonthLine:
    """The twelve months of the S-curve and those of the year before; one query."""
    return MonthLine(
        absorption=tuple(shelf.get(("absorption", month)) for month in TWELVE),
        reported=tuple(shelf.get(("absorption_reported", month)) for month in TWELVE),
        plan=tuple(shelf.get(("plan_percent", month)) for month in TWELVE),
        previous=_previous_year(run, agency_code),
        previous_year=run.year - 1,
    )


def no_months(year: int) -> MonthLine:
    """The S-curve of a period that nobody computed."""
    nothing = (None,) * len(TWELVE)
    return MonthLine(nothing, nothing, nothing, nothing, year - 1)


def _previous_year(run: Run, agency_code: str | None) -> tuple[float | None, ...]:
    """Absorption by month of the year before, each month from the latest run that holds it."""
    found = Figure.objects.filter(
        run__government=run.government_id, run__year=run.year - 1, run__is_current=True, measure="absorption"
    )
    found = found.filter(agency=None) if agency_code is None else found.filter(agency__code=agency_code)
    by_month: dict[int, float | None] = {}
    for month, value in found.order_by("run__month").values_list("month", "value"):
        by_month[month or 0] = value
    return tuple(by_month.get(month) for month in TWELVE)


def benefit_of(shelf: Shelf, month: int, indicators: int) -> Benefit:
    """What came of it; `indicators` is how many outcome and impact indicators there are."""
    return Benefit(
        benefit=shelf.get(("benefit", month)),
        met_share=shelf.get(("met_share", month)),
        improved_share=shelf.get(("improved_share", month)),
        measurable=shelf.get(("measurable", month)),
        comparable=shelf.get(("comparable", month)),
        indicators=indicators,
    )


def outcomes_of(government: Government) -> QuerySet[Indicator]:
    """The outcome and impact indicators of a government and its agencies."""
    return Indicator.objects.filter(government=government, level__in=BENEFIT_LEVELS)


def indicator_rows(run: Run, indicators: QuerySet[Indicator]) -> tuple[IndicatorRow, ...]:
    """These indicators with their figures and history; four queries."""
    chosen = list(indicators.select_related("agency"))
    ids = [indicator.pk for indicator in chosen]
    figures: defaultdict[int | None, dict[str, ShownFigure]] = defaultdict(dict)
    for one in found_in(figures_in(run).filter(indicator_id__in=ids, measure__in=PER_INDICATOR)):
        figures[one.indicator_id][one.figure.measure] = one.figure
    history = history_of(run, ids)
    return tuple(_indicator_row(indicator, figures[indicator.pk], history[indicator.pk]) for indicator in chosen)


def history_of(run: Run, indicator_ids: Sequence[int]) -> dict[int, tuple[tuple[int, float | None], ...]]:
    """Per indicator its values of whole years up to the run's year, oldest first; two queries.

    A year without a yearly figure takes what its December run made of the quarters or months. The run's own year counts
    in December, before that only a yearly figure that does not add or average over the year.
    """
    found: defaultdict[int, dict[int, float | None]] = defaultdict(dict)
    made = Figure.objects.filter(
        Q(run=run) | Q(run__year__lt=run.year), run__government=run.government_id, run__is_current=True, run__month=12,
        measure="value", indicator__in=indicator_ids, value__isnull=False,
    )  # fmt: skip
    for pk, year, value in made.values_list("indicator_id", "run__year", "value"):
        found[pk or 0][year] = value
    whole = Q(period__year__lt=run.year) | Q(indicator__accumulation=Indicator.Accumulation.LAST)
    rows = Measurement.objects.filter(
        whole if run.month < DECEMBER else Q(), indicator__in=indicator_ids, period__kind="year",
        period__year__lte=run.year, is_current=True,
    ).exclude(state=Measurement.State.DRAFT)  # fmt: skip
    for pk, year, number in rows.values_list("indicator_id", "period__year", "value"):
        if number is not None:
            found[pk][year] = float(number)
        else:
            found[pk].setdefault(year, None)
    return defaultdict(tuple, {pk: tuple(sorted(points.items())) for pk, points in found.items()})


def _indicator_row(
    one: Indicator, figures: Mapping[str, ShownFigure], history: tuple[tuple[int, float | None], ...]
) -> IndicatorRow:
    return IndicatorRow(
        pk=one.pk,
        public_id=one.public_id,
        code=one.code,
        name=one.name,
        unit=one.unit,
        decimals=one.decimals,
        level=one.level,
        lower_is_better=one.lower_is_better,
        benefit_words=one.benefit,
        agency_name=one.agency.name if one.agency else "",
        agency_public_id=one.agency.public_id if one.agency else None,
        value=figures.get("value"),
        target=figures.get("target"),
        achievement=figures.get("achievement"),
        change=figures.get("change"),
        history=history,
        previous=figures.get("value_previous"),
        target_high=figures.get("target_high"),
        method=one.method,
        owner_post=one.owner_post,
    )


def node_rows(run: Run, agency_id: int | None) -> tuple[NodeRow, ...]:
    """The goal tree from the top with its money, then the programmes of the budget that no plan names; two queries."""
    figures: defaultdict[str, dict[str, ShownFigure]] = defaultdict(dict)
    for one in found_in(figures_about(run, agency_id).exclude(node_code="").order_by("pk")):
        figures[one.node_code][one.figure.measure] = one.figure
    nodes = list(
        GoalNode.objects.filter(
            plan__government=run.government_id, plan__is_current=True, plan__year_from__lte=run.year,
            plan__year_to__gte=run.year,
        ).filter(Q() if agency_id is None else Q(agency=None) | Q(agency_id=agency_id))
        .select_related("plan", "agency").order_by("plan_id", "code", "pk")
    )  # fmt: skip
    rows = _tree_rows(nodes, figures)
    named = {f"programme:{node.code}" for node in nodes if node.level == GoalNode.Level.PROGRAMME}
    rest = sorted(code for code in figures if code.startswith("programme:") and code not in named)
    return (*rows, *(_node_row(code, figures[code], in_tree=False) for code in rest))


def _tree_rows(nodes: list[GoalNode], figures: Mapping[str, dict[str, ShownFigure]]) -> list[NodeRow]:
    """The boxes that money reaches, each under the one it hangs from."""
    codes = node_codes(nodes)
    children: defaultdict[int | None, list[GoalNode]] = defaultdict(list)
    known = {node.pk for node in nodes}
    for node in nodes:
        children[node.parent_id if node.parent_id in known else None].append(node)
    rows: list[NodeRow] = []

    def descend(parent: int | None, depth: int) -> None:
        for node in children[parent]:
            code = f"programme:{node.code}" if node.level == GoalNode.Level.PROGRAMME else codes[node.pk]
            if code in figures:
                rows.append(_node_row(code, figures[code], node=node, depth=depth))
            descend(node.pk, depth + 1)

    descend(None, 0)
    return rows


def _node_row(
    code: str, figures: Mapping[str, ShownFigure], *, node: GoalNode | None = None, depth: int = 0, in_tree: bool = True
) -> NodeRow:
    first = next(iter(figures.values()))
    bare = first.label.partition(" ")[2]
    return NodeRow(
        code=node.code if node else code.partition(":")[2],
        level=node.get_level_display() if node else str(GoalNode.Level.PROGRAMME.label),
        title=node.title if node else bare,
        depth=depth,
        in_tree=in_tree,
        ceiling=figures.get("node_ceiling"),
        realised=figures.get("node_realised"),
        absorption=figures.get("node_absorption"),
    )
