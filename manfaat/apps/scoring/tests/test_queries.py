"""What pages get, for whom, and at what price."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manfaat import engine
from manfaat.apps.budgets.actions import NewEntry, record_entries
from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.plans.actions import NewNode, open_plan, record_goal_nodes
from manfaat.apps.scoring import queries
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.queries.shapes import AgencyPage
from manfaat.apps.scoring.tests.facts import LOWER, a_file, an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR = (2024, "year", 1)


def a_scored_government(code: str = "35.15", *, agencies: int = 2) -> Government:
    """Agencies with money, the first three with one outcome indicator each, computed for December 2024."""
    government = a_government(code)
    entries = []
    for number in range(1, agencies + 1):
        agency = an_agency(government, f"1.{number:03d}")
        entries += [
            NewEntry(agency.pk, 2024, "ceiling", 1000, stage="murni", account_code="5"),
            NewEntry(agency.pk, 2024, "realisation", 400, month=11, account_code="5"),
            NewEntry(agency.pk, 2024, "realisation", 500 + number, month=12, account_code="5"),
        ]
        if number <= 3:
            one = an_indicator(government, f"IKU-{number:03d}", agency=agency)
            reach(one, {YEAR: 50 + number})
            promise(one, {YEAR: 100})
    record_entries(a_file(government), entries, by=None)
    compute_run(government, year=2024, month=12, by=None)
    return government


def queries_of(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_the_scorecard_holds_money_months_benefit_indicators_and_agencies() -> None:
    government = a_scored_government()
    card = queries.scorecard_for(people.leader(government), government, year=2024, month=12)
    assert card.run is not None
    assert not card.run.is_stale
    assert card.money.absorption is not None
    assert card.money.absorption.shown == "50,15"
    assert [figure.value if figure else None for figure in card.months.absorption[9:]] == [
        None,
        40.0,
        pytest.approx(50.15),
    ]
    assert card.benefit.benefit is not None
    assert card.benefit.benefit.value == 51.5
    assert (card.benefit.indicators, card.benefit.not_measurable) == (2, 0)
    assert [row.code for row in card.indicators] == ["IKU-001", "IKU-002"]
    assert card.indicators[0].history == ((2024, 51.0),)
    assert [row.absorption.value for row in card.agencies.rows if row.absorption] == [50.1, 50.2]


def test_the_scorecard_of_a_period_nobody_computed_is_empty_and_says_so() -> None:
    government = a_scored_government()
    card = queries.scorecard_for(people.leader(government), government, year=2020, month=12)
    assert card.run is None
    assert card.money.absorption is None
    assert card.agencies.rows == ()


def test_a_province_reads_its_kabupaten_and_a_stranger_nothing() -> None:
    province = a_government("35")
    government = a_scored_government()
    Government.objects.filter(pk=government.pk).update(parent=province)
    government.refresh_from_db()
    assert queries.scorecard_for(people.leader(province), government, year=2024, month=12).run is not None
    figure = government.runs.get().figures.get(key="absorption/12")
    agency = government.agencies.first()
    stranger = people.stranger()
    for call in (
        lambda: queries.scorecard_for(stranger, government, year=2024, month=12),
        lambda: queries.agency_scorecard_for(stranger, government, agency, year=2024, month=12),
        lambda: queries.benefit_against_absorption_for(stranger, government, None),
        lambda: queries.figure_for(stranger, figure.public_id),
        lambda: queries.latest_run_for(stranger, government, 2024, 12),
        lambda: queries.comparison_for(stranger, province, year=2024, indicator="IKU-001"),
        lambda: queries.absorption_of_each_for(stranger, province, year=2024, month=12),
    ):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(NotFound):
        queries.figure_for(people.leader(government), uuid4())


def price_of(door: str, government: Government) -> int:
    """How many queries a door runs for the leader of the government."""
    leader, agency, run = people.leader(government), government.agencies.order_by("code").first(), government.runs.get()
    calls = {
        "scorecard": lambda: queries.scorecard_for(leader, government, year=2024, month=12),
        "agency": lambda: queries.agency_scorecard_for(leader, government, agency, year=2024, month=12),
        "benefit": lambda: queries.benefit_against_absorption_for(leader, government, run),
    }
    return queries_of(calls[door])


@pytest.mark.parametrize("door", ["scorecard", "agency", "benefit"])
def test_the_number_of_queries_does_not_grow_with_agencies(door: str) -> None:
    few, many = a_scored_government("35.01", agencies=3), a_scored_government("35.02", agencies=28)
    assert price_of(door, few) == price_of(door, many) <= 30


def test_agencies_come_in_pages_in_the_order_asked_for() -> None:
    government = a_scored_government(agencies=28)
    leader = people.leader(government)

    def page(number: int, order: str) -> AgencyPage:
        return queries.scorecard_for(leader, government, year=2024, month=12, page=number, order=order).agencies

    first, last = page(1, "code"), page(99, "code")
    assert (len(first.rows), len(last.rows), last.number, last.pages, last.total) == (25, 3, 2, 2, 28)
    assert first.rows[0].code == "1.001"
    assert page(1, "absorption").rows[0].code == "1.028"
    assert page(1, "need").rows[0].code == "1.001"
    assert page(1, "no such order").rows == first.rows


def test_why_tells_the_same_text_as_the_engine_and_links_to_the_figures_used() -> None:
    government = a_scored_government()
    figure = government.runs.get().figures.get(key="absorption/pd/1.001/12")
    detail = queries.figure_for(people.leader(government), figure.public_id)
    assert detail.text == engine.explain(figure.record).as_text()
    assert [one.key for one in detail.used_figures] == ["realised/pd/1.001/12", "ceiling/pd/1.001"]
    assert detail.agency_name == "Dinas 1.001"
    assert any(section.title == "Masukan" for section in detail.sections)


def test_benefit_against_absorption_names_four_corners_and_those_without_benefit() -> None:
    government = a_government()
    for number, (absorbed, reached) in enumerate([(900, 90), (900, 20), (300, 95), (300, 10), (500, None)], start=1):
        agency = an_agency(government, f"1.0{number}")
        spend(government, agency, ceiling=1000, realised={12: absorbed})
        one = an_indicator(government, f"I{number}", agency=agency)
        promise(one, {YEAR: 100})
        if reached is not None:
            reach(one, {YEAR: reached})
    an_agency(government, "1.09")
    run = compute_run(government, year=2024, month=12, by=None)
    picture = queries.benefit_against_absorption_for(people.leader(government), government, run)
    corners = {group.key: [line.name for line in group.lines] for group in picture.groups}
    assert corners == {
        "lean_delivered": ["Dinas 1.03"],
        "spent_delivered": ["Dinas 1.01"],
        "idle_undelivered": ["Dinas 1.04"],
        "spent_undelivered": ["Dinas 1.02"],
    }
    assert [line.name for line in picture.unmeasured.lines] == ["Dinas 1.05", "Dinas 1.09"]
    assert (picture.absorption_line, picture.benefit_line) == (60, 55)


def test_the_goal_tree_carries_money_down_to_programmes_and_shows_those_outside_it() -> None:
    government = a_government()
    agency = an_agency(government)
    plan = open_plan(government, kind="rpjmd", title="RPJMD", years=(2021, 2026), by=people.planner(government))
    nodes = [
        NewNode("mission", "M1", "Misi satu"),
        NewNode("objective", "S1", "Sasaran satu", parent_code="M1"),
        NewNode("programme", "1.02.02", "Program kesehatan", parent_code="S1"),
        NewNode("mission", "M2", "Misi tanpa uang"),
    ]
    record_goal_nodes(plan, nodes, by=people.planner(government))
    spend(government, agency, ceiling=100, realised={12: 60}, programme_code="1.02.02")
    other = an_agency(government, "1.03")
    spend(government, other, ceiling=50, realised={12: 50}, programme_code="1.03.01")
    compute_run(government, year=2024, month=12, by=None)
    rows = queries.scorecard_for(people.leader(government), government, year=2024, month=12, chain=True).nodes
    told = [(row.code, row.depth, row.in_tree, row.absorption.value if row.absorption else None) for row in rows]
    assert told == [("M1", 0, True, 60), ("S1", 1, True, 60), ("1.02.02", 2, True, 60), ("1.03.01", 0, False, 100)]


def test_the_history_of_a_quarterly_indicator_comes_from_the_december_runs() -> None:
    government = a_government()
    one = an_indicator(government, accumulation="sum")
    reach(one, {(2023, "quarter", 1): 3, (2023, "quarter", 2): 4, (2024, "quarter", 1): 5, (2022, "year", 1): 9})
    compute_run(government, year=2023, month=12, by=None)
    compute_run(government, year=2024, month=3, by=None)
    card = queries.scorecard_for(people.leader(government), government, year=2024, month=3)
    assert card.indicators[0].history == ((2022, 9.0), (2023, 7.0))


def test_a_history_holds_whole_years_only() -> None:
    government = a_government()
    added, stock = an_indicator(government, "A", accumulation="sum"), an_indicator(government, "B")
    for one in (added, stock):
        reach(one, {(2023, "year", 1): 9, (2024, "year", 1): 5})
    for month in (10, 12):
        compute_run(government, year=2024, month=month, by=None)
    leader = people.leader(government)
    october, december = (
        queries.scorecard_for(leader, government, year=2024, month=month).indicators for month in (10, 12)
    )
    assert [row.history for row in october] == [((2023, 9.0),), ((2023, 9.0), (2024, 5.0))]
    assert [row.history for row in december] == [((2023, 9.0), (2024, 5.0))] * 2


def test_last_years_curve_stands_beside_this_years() -> None:
    government = a_government()
    agency = an_agency(government)
    spend(government, agency, ceiling=100, realised={6: 30}, year=2023)
    spend(government, agency, ceiling=100, realised={6: 40}, year=2024)
    compute_run(government, year=2023, month=12, by=None)
    compute_run(government, year=2024, month=6, by=None)
    card = queries.scorecard_for(people.leader(government), government, year=2024, month=6)
    assert (card.months.previous_year, card.months.previous[5]) == (2023, 30)


def a_province(levels: list[float], *, years: int = 6, missing: int = 0) -> Government:
    """A province whose kabupaten swing a little around their level; the last `missing` know nothing."""
    province = a_government("35")
    swings = [0.3, -0.3, 0.2, -0.3, 0.3, -0.2]
    for number, level in enumerate(levels, start=1):
        government = a_government(f"35.{number:02d}", parent=province)
        one = an_indicator(government, "KEMISKINAN", method=LOWER)
        if number <= len(levels) - missing:
            reach(
                one,
                {
                    (2024 - years + 1 + place, "year", 1): level + swings[(place * 5 + number * 7) % 6]
                    for place in range(years)
                },
            )
    return province


def test_a_comparison_lists_every_kabupaten_with_ranks_intervals_and_what_is_missing() -> None:
    province = a_province([5.0 + number for number in range(10)], missing=1)
    found = queries.comparison_for(people.leader(province), province, year=2024, indicator="KEMISKINAN")
    assert (len(found.rows), found.known) == (10, 9)
    assert found.noise is not None
    best, lost = found.rows[0], found.rows[9]
    assert best.rank == 1
    assert best.low is not None
    assert best.value is not None
    assert best.low < best.value
    assert best.rank_best == 1
    assert best.rank_worst is not None
    assert (lost.value, lost.rank, lost.reason) == (None, None, "belum diisi untuk tahun ini")
    assert "bukan galat sampling survei" in " ".join(found.limits)
    assert best.source == "BPS 2025"


def test_with_two_years_only_the_comparison_ranks_but_says_it_cannot_be_sure() -> None:
    province = a_province([5.0 + number for number in range(10)], years=2)
    found = queries.comparison_for(people.leader(province), province, year=2024, indicator="KEMISKINAN")
    assert found.noise is None
    assert found.rows[0].rank == 1
    assert found.rows[0].verdict_words == "data belum cukup"
    assert "belum dapat ditaksir" in found.noise_words


def test_an_indicator_that_nobody_has_is_not_found_and_shared_ones_are_offered() -> None:
    province = a_province([5.0, 6.0])
    leader = people.leader(province)
    assert [one.code for one in queries.comparable_indicators_for(leader, province)] == ["KEMISKINAN"]
    with pytest.raises(NotFound):
        queries.comparison_for(leader, province, year=2024, indicator="TIDAK-ADA")


def test_a_comparison_of_many_costs_as_many_queries_as_of_few() -> None:
    province = a_province([5.0 + number for number in range(20)])
    leader = people.leader(province)
    assert queries_of(lambda: queries.comparison_for(leader, province, year=2024, indicator="KEMISKINAN")) <= 5


def test_a_province_sees_the_absorption_of_its_kabupaten() -> None:
    province = a_government("35")
    for code in ("35.01", "35.02"):
        government = a_scored_government(code)
        Government.objects.filter(pk=government.pk).update(parent=province)
    a_government("35.03", parent=province)
    found = queries.absorption_of_each_for(people.leader(province), province, year=2024, month=12)
    assert found == {"35.01": pytest.approx(50.15), "35.02": pytest.approx(50.15)}


def test_a_list_shows_its_first_ten_and_the_rest_when_asked_for() -> None:
    government = a_scored_government(agencies=25)
    run, leader = government.runs.get(), people.leader(government)
    short = queries.benefit_against_absorption_for(leader, government, run)
    assert len(short.points) + short.unmeasured.count == 25
    assert max(len(group.lines) for group in (*short.groups, short.unmeasured)) == 10
    longest = max((*short.groups, short.unmeasured), key=lambda group: group.count)
    assert longest.has_more
    whole = queries.benefit_against_absorption_for(leader, government, run, whole=longest.key)
    asked = next(group for group in (*whole.groups, whole.unmeasured) if group.key == longest.key)
    assert len(asked.lines) == asked.count
    assert not asked.has_more


def test_available_periods_are_latest_first() -> None:
    government = a_scored_government()
    compute_run(government, year=2024, month=11, by=None)
    assert [(one.year, one.month, one.published_version) for one in queries.available_periods(government)] == [
        (2024, 12, 0),
        (2024, 11, 0),
    ]
