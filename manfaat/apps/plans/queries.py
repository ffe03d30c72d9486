"""The doors to plans: indicators with their targets, and the goal tree."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, may_see
from manfaat.apps.plans.models import GoalNode, Indicator, Plan, Target
from manfaat.engine.operators import OPERATORS
from manfaat.engine.registry import Operator
from manfaat.engine.regulations import Citation, resolve
from manfaat.engine.rounding import plain_id

METHODS: dict[str, Operator] = {name: op for name, op in OPERATORS.items() if name.startswith("achievement.")}
"""The ways to compute an achievement that an indicator may choose from."""

OPTION_WORDS = {
    "not_measurable": gettext_lazy("tidak dapat diukur"),
    "met_if_equal_or_better": gettext_lazy("100% bila realisasi sama dengan atau lebih baik daripada nol"),
    "cap": gettext_lazy("sebesar batas atas capaian"),
    "both": gettext_lazy("tetap di dalam rentang"),
    "higher": gettext_lazy("di atas rentang lebih baik"),
    "lower": gettext_lazy("di bawah rentang lebih baik"),
}
"""The words of the choices that methods offer."""

STRATEGIC = (GoalNode.Level.VISION, GoalNode.Level.MISSION, GoalNode.Level.GOAL, GoalNode.Level.OBJECTIVE)


def indicators_of(
    government: Government, *, agency_id: int | None = None, level: str = "", gap: str = "", year: int | None = None
) -> QuerySet[Indicator]:
    """The indicators of a government, each with `has_target` (any current one, in `year` where given).

    `gap` keeps those without a target ("target"), without a statement of benefit ("benefit") or without either's
    goal ("goal").
    """
    targets = Target.objects.filter(indicator=OuterRef("pk"), is_current=True)
    if year is not None:
        targets = targets.filter(period__year=year)
    indicators = Indicator.objects.filter(government=government).select_related("agency", "node")
    indicators = indicators.annotate(has_target=Exists(targets))
    if agency_id is not None:
        indicators = indicators.filter(agency_id=agency_id)
    if level:
        indicators = indicators.filter(level=level)
    if gap == "target":
        indicators = indicators.filter(has_target=False)
    if gap == "benefit":
        indicators = indicators.filter(benefit="")
    if gap == "goal":
        indicators = indicators.filter(node=None)
    return indicators.order_by("code")


def indicator_for(user: Person, government: Government, public_id: UUID) -> Indicator:
    """One indicator of a government that `user` may see."""
    indicator = (
        Indicator.objects.filter(government=government, public_id=public_id)
        .select_related("government", "agency", "node")
        .first()
    )
    if indicator is None or not may_see(user, government):
        raise NotFound(_("Indikator ini tidak ada di pemerintah daerah ini."))
    return indicator


def targets_of(government: Government, year: int) -> QuerySet[Target]:
    """The current targets of a year, of every period in it, with indicator, period and file."""
    return Target.objects.filter(indicator__government=government, period__year=year, is_current=True).select_related(
        "indicator", "period", "source_file"
    )


def targets_of_indicator(indicator: Indicator) -> QuerySet[Target]:
    """The current targets of one indicator, oldest period first, with period and file."""
    targets = Target.objects.filter(indicator=indicator, is_current=True).select_related("period", "source_file")
    return targets.order_by("period__year", "period__kind", "period__number")


def indicator_ids_of(government: Government) -> dict[str, int]:
    """Indicator code -> primary key, for reading a file."""
    return dict(Indicator.objects.filter(government=government).values_list("code", "pk"))


def nodes_of(government: Government, *, strategic_only: bool = False) -> QuerySet[GoalNode]:
    """The boxes of the current documents; `strategic_only` leaves out programmes and below."""
    nodes = GoalNode.objects.filter(plan__government=government, plan__is_current=True).select_related("agency", "plan")
    return nodes.filter(level__in=STRATEGIC) if strategic_only else nodes


@dataclass
class Branch:
    """A box of the goal tree with what hangs under it. Money is filled in by whoever knows it; None: no money known."""

    node: GoalNode
    indicators: list[Indicator] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)
    ceiling_rp: int | None = None
    realised_rp: int | None = None


@dataclass
class PlanTree:
    """One planning document with its top boxes."""

    plan: Plan
    roots: list[Branch]


def goal_tree_for(user: Person, government: Government) -> list[PlanTree]:
    """The goal trees of the current documents of a government that `user` may see, with indicators; three queries."""
    if not may_see(user, government):
        raise NotFound(_("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana."))
    indicators: defaultdict[int | None, list[Indicator]] = defaultdict(list)
    for indicator in Indicator.objects.filter(government=government).exclude(node=None):
        indicators[indicator.node_id].append(indicator)
    branches = {node.pk: Branch(node, indicators[node.pk]) for node in nodes_of(government).order_by("code", "pk")}
    trees: dict[int, PlanTree] = {
        plan.pk: PlanTree(plan, []) for plan in Plan.objects.filter(government=government, is_current=True)
    }
    for branch in branches.values():
        parent = branches.get(branch.node.parent_id) if branch.node.parent_id else None
        (parent.children if parent else trees[branch.node.plan_id].roots).append(branch)
    return list(trees.values())


@dataclass(frozen=True)
class MethodSheet:
    """How the achievement of an indicator is computed, in words, with where that is laid down."""

    title: str
    formula_words: str
    formula_symbols: str
    options: list[tuple[str, str]]
    citations: list[Citation]


def method_of(indicator: Indicator) -> MethodSheet:
    """The method of an indicator as its definition sheet prints it; options left open are not listed."""
    operator = METHODS[indicator.method]
    given = {parameter.title: indicator.method_options.get(parameter.name) for parameter in operator.parameters}
    options = [
        (title, str(OPTION_WORDS.get(value, value)) if isinstance(value, str) else plain_id(value))
        for title, value in given.items()
        if value is not None
    ]
    citations = [resolve(cite) for cite in operator.citations]
    return MethodSheet(operator.title, operator.formula_words, operator.formula_symbols, options, citations)
