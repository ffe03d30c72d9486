"""The scorecards of a government and of an agency."""

from collections import Counter, defaultdict

from django.db.models import F, QuerySet

from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.queries import Person
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.queries.needs import missing_of, needs_of, rows_by_need
from manfaat.apps.scoring.queries.outlook import outlook_of
from manfaat.apps.scoring.queries.parts import (
    MOST_INDICATORS,
    benefit_of,
    indicator_rows,
    money_of,
    months_of,
    no_months,
    node_rows,
    outcomes_of,
    subject_figures,
)
from manfaat.apps.scoring.queries.runs import figures_in, found_in, latest_run_for, run_facts
from manfaat.apps.scoring.queries.shapes import (
    AgencyPage,
    AgencyRow,
    AgencyScorecard,
    OutcomeCounts,
    Scorecard,
    ShownFigure,
)

AGENCIES_A_PAGE = 25
MOST_BEHIND = 2
PER_AGENCY = (
    "ceiling", "realised", "absorption", "deviation_points", "routine_share", "benefit", "met_share", "measurable",
)  # fmt: skip
ORDERS = {
    "code": ("benefit", False),
    "need": ("absorption", False),
    "absorption": ("absorption", True),
    "benefit": ("benefit", True),
    "ceiling": ("ceiling", True),
}
"""Per order the measure it goes by and whether the largest comes first; `need` begins with the least absorbed."""


def scorecard_for(
    user: Person,
    government: Government,
    *,
    year: int,
    month: int,
    page: int = 1,
    order: str = "code",
    chain: bool = False,
    most: int = MOST_INDICATORS,
) -> Scorecard:
    """The scorecard of a government that `user` may see; the same number of queries however many agencies there are.

    Indicators: at most `most` outcomes of the government itself and as many of its agencies, those in need first.
    `order`: a key of `ORDERS`. `chain`: with the goal tree and the programmes in `nodes`, which only the money page
    shows.
    """
    run = latest_run_for(user, government, year, month)
    shelf = subject_figures(run, None) if run else {}
    months = months_of(shelf, run, None) if run else no_months(year)
    needs = needs_of(run) if run else []
    return Scorecard(
        government_code=government.code,
        government_name=government.name,
        is_fictitious=government.is_fictitious,
        year=year,
        month=month,
        run=run_facts(run) if run else None,
        money=money_of(shelf, month),
        months=months,
        benefit=benefit_of(shelf, month, len(needs)),
        outcomes=OutcomeCounts(**Counter(need for _pk, _agency, need in needs)),
        own_outcomes=sum(agency is None for _pk, agency, _need in needs),
        without_target=missing_of(run, "without_target"),
        without_value=missing_of(run, "without_value"),
        indicators=rows_by_need(run, needs, most) if run else (),
        agencies=agency_page(run, page, order) if run else AgencyPage((), 1, 1, 0),
        behind=most_behind(run) if run else (),
        nodes=node_rows(run, None) if run and chain else (),
        outlook=outlook_of(run, months, None) if run else None,
    )


def agency_scorecard_for(
    user: Person, government: Government, agency: Agency, *, year: int, month: int
) -> AgencyScorecard:
    """The scorecard of one agency: all its indicators, its programmes, its money."""
    run = latest_run_for(user, government, year, month)
    shelf = subject_figures(run, agency.pk) if run else {}
    months = months_of(shelf, run, agency.code) if run else no_months(year)
    own = Indicator.objects.filter(government=government, agency=agency)
    return AgencyScorecard(
        government_code=government.code,
        public_id=agency.public_id,
        code=agency.code,
        name=agency.name,
        year=year,
        month=month,
        run=run_facts(run) if run else None,
        money=money_of(shelf, month),
        months=months,
        benefit=benefit_of(shelf, month, outcomes_of(government).filter(agency=agency).count()),
        indicators=indicator_rows(run, own.order_by("level", "code")[:MOST_INDICATORS]) if run else (),
        nodes=node_rows(run, agency.pk) if run else (),
        outlook=outlook_of(run, months, agency) if run else None,
    )


def agency_page(run: Run, page: int, order: str) -> AgencyPage:
    """One page of the agencies of a run; a page number outside the range gives the nearest one."""
    measure, descending = ORDERS.get(order, ORDERS["code"])
    found = Figure.objects.filter(run=run, measure=measure, month=run.month, node_code="", indicator=None).exclude(
        agency=None
    )
    total = found.count()
    pages = max(-(-total // AGENCIES_A_PAGE), 1)
    number = min(max(page, 1), pages)
    by_value = F("value").desc(nulls_last=True) if descending else F("value").asc(nulls_last=True)
    ordered = found.order_by("agency__code") if order == "code" else found.order_by(by_value, "agency__code")
    start = (number - 1) * AGENCIES_A_PAGE
    return AgencyPage(agency_rows(run, ordered[start : start + AGENCIES_A_PAGE]), number, pages, total)


def most_behind(run: Run) -> tuple[AgencyRow, ...]:
    """The agencies furthest behind their cash plan, at most two; two queries."""
    behind = Figure.objects.filter(run=run, measure="deviation_points", month=run.month, value__lt=0)
    return agency_rows(run, behind.exclude(agency=None).order_by("value", "agency__code")[:MOST_BEHIND])


def agency_rows(run: Run, ordered: QuerySet[Figure]) -> tuple[AgencyRow, ...]:
    """The rows of the agencies of these figures, in their order; two queries."""
    agencies = list(ordered.values_list("agency_id", "agency__public_id", "agency__code", "agency__name"))
    figures: defaultdict[int | None, dict[str, ShownFigure]] = defaultdict(dict)
    wanted = figures_in(run).filter(
        agency_id__in=[pk for pk, *_facts in agencies],
        measure__in=PER_AGENCY,
        month=run.month,
        node_code="",
        indicator=None,
    )
    for found in found_in(wanted):
        figures[found.agency_id][found.figure.measure] = found.figure
    return tuple(
        AgencyRow(public_id, code, name, **{measure: figures[pk].get(measure) for measure in PER_AGENCY})
        for pk, public_id, code, name in agencies
    )
