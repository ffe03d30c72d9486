"""What each indicator reached against what was promised."""

import pytest

from manfaat import engine
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.models import Figure
from manfaat.apps.scoring.tests.facts import LOWER, an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR, BEFORE = (2024, "year", 1), (2023, "year", 1)


def figures(government: Government, *, month: int = 12) -> dict[str, Figure]:
    run = compute_run(government, year=2024, month=month, by=None)
    return {figure.key: figure for figure in run.figures.all()}


def quarters(*values: float) -> dict[tuple[int, str, int], float]:
    return {(2024, "quarter", number): value for number, value in enumerate(values, start=1)}


def test_lower_is_better_by_difference_and_change_in_the_good_direction() -> None:
    poverty = an_indicator(a_government(), method=LOWER)
    reach(poverty, {BEFORE: 10.5, YEAR: 9.53})
    promise(poverty, {YEAR: 9.2})
    found = figures(poverty.government)
    assert found["achievement/IKU-1"].shown == "96,41"
    assert found["change/IKU-1"].value == pytest.approx(0.97)
    assert found["change/IKU-1"].unit == "poin"


def test_value_and_target_point_at_their_rows() -> None:
    one = an_indicator(a_government())
    reach(one, {YEAR: 80})
    promise(one, {YEAR: 100})
    found = figures(one.government)
    assert found["value/IKU-1"].source == "BPS 2025"
    assert found["achievement/IKU-1"].record["inputs"][0]["figure"] == "value/IKU-1"
    assert found["target/IKU-1"].record["inputs"][-1]["source"]["sheet"] == "Target"


@pytest.mark.parametrize(
    ("value", "target", "status", "reason"),
    [
        (80, None, "missing", "missing:target"),
        (None, 100, "missing", "missing:realised"),
        (("not_measurable", "surveinya batal"), 100, "not_measurable", "not_measurable:realised"),
        (("not_due", "rilis bulan depan"), 100, "not_due", "not_due:realised"),
        (80, 0, "not_measurable", "target_zero"),
        (0, 100, "known", ""),
    ],
)
def test_four_kinds_of_nothing_stay_apart(value: object, target: object, status: str, reason: str) -> None:
    one = an_indicator(a_government())
    if value is not None:
        reach(one, {YEAR: value})
    if target is not None:
        promise(one, {YEAR: target})
    now = figures(one.government)["achievement/IKU-1"]
    assert (now.status, now.reason) == (status, reason)


def test_a_yearly_figure_is_not_due_before_december_unless_it_is_there_already() -> None:
    government = a_government()
    quiet, early = an_indicator(government, "A"), an_indicator(government, "B")
    promise(quiet, {YEAR: 10})
    reach(early, {YEAR: 9})
    found = figures(government, month=6)
    assert found["value/A"].status == "not_due"
    assert found["value/B"].value == 9


@pytest.mark.parametrize(("accumulation", "expected"), [("sum", 30), ("average", 15), ("last", 20)])
def test_quarters_accumulate_as_the_sheet_says_and_later_ones_are_not_due(accumulation: str, expected: float) -> None:
    one = an_indicator(a_government(), accumulation=accumulation)
    reach(one, quarters(10, 20, 99, 99))
    found = figures(one.government, month=7)
    assert found["value/IKU-1"].value == expected


def test_an_empty_quarter_is_left_out_and_said_an_entered_zero_counts() -> None:
    one = an_indicator(a_government(), accumulation="average")
    reach(one, {(2024, "quarter", 1): 0, (2024, "quarter", 3): 30})
    now = figures(one.government, month=9)["value/IKU-1"]
    assert (now.value, now.reason) == (15, "periods_left_out")


def test_until_the_year_ends_the_targets_of_the_filled_quarters_count_then_the_years() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, quarters(8, 18, 20, 24))
    promise(one, {**quarters(10, 20, 30, 40), YEAR: 80})
    assert figures(one.government, month=6)["achievement/IKU-1"].shown == "86,67"
    assert figures(one.government, month=12)["achievement/IKU-1"].shown == "87,50"


def before(*values: float | None) -> dict[tuple[int, str, int], float]:
    """The quarters of the year before; None for one that is not filled."""
    return {(2023, "quarter", n): value for n, value in enumerate(values, start=1) if value is not None}


@pytest.mark.parametrize(("accumulation", "expected"), [("sum", -15), ("average", -5), ("last", -5)])
def test_part_of_a_year_is_compared_with_the_same_months_of_the_year_before(accumulation: str, expected: float) -> None:
    one = an_indicator(a_government(), accumulation=accumulation)
    reach(one, before(15, 25, 35, 99) | quarters(10, 20, 30))
    found = figures(one.government, month=10)
    assert found["change/IKU-1"].value == expected
    assert found["value_previous/IKU-1"].record["period"] in ("s.d. Oktober 2023", "Triwulan III 2023")


@pytest.mark.parametrize("accumulation", ["sum", "average", "last"])
def test_part_of_a_year_is_not_compared_with_a_whole_year(accumulation: str) -> None:
    one = an_indicator(a_government(), accumulation=accumulation)
    reach(one, {BEFORE: 601.3} | quarters(118.3, 152.6, 171.9))
    promise(one, {YEAR: 700})
    found = figures(one.government, month=10)
    change = found["change/IKU-1"]
    assert (change.status, change.reason, change.value) == ("not_due", "part_of_year", None)
    assert found["value_previous/IKU-1"].value == 601.3  # it stands there to read, but nothing is drawn from it
    assert found["improved_share"].value is None
    assert found["comparable"].value == 0
    told = engine.explain(change.record).as_text()
    assert "tahun ini baru terisi sebagian, sedangkan tahun sebelumnya hanya diketahui setahun penuh" in told


def test_a_whole_year_of_quarters_is_compared_with_a_whole_year() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, {BEFORE: 90} | quarters(10, 20, 30, 40))
    assert figures(one.government)["change/IKU-1"].value == 10


def test_a_year_that_was_never_filled_is_missing_not_undue() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, {BEFORE: 90} | quarters(10, 20, 30))
    change = figures(one.government)["change/IKU-1"]
    assert (change.status, change.reason) == ("missing", "year_incomplete")


def test_a_quarter_left_empty_this_year_is_left_out_of_the_year_before_too() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, before(15, 25, 35) | {(2024, "quarter", 1): 10, (2024, "quarter", 3): 30})
    assert figures(one.government, month=9)["change/IKU-1"].value == 40 - 50


def test_a_quarter_missing_the_year_before_leaves_the_change_missing() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, before(15, None, 35) | quarters(10, 20, 30))
    change = figures(one.government, month=9)["change/IKU-1"]
    assert (change.status, change.reason) == ("missing", "missing:previous")


def test_months_of_the_year_before_stand_for_its_quarters() -> None:
    one = an_indicator(a_government(), accumulation="sum")
    reach(one, {(2023, "month", n): n for n in range(1, 13)} | quarters(10, 20))
    assert figures(one.government, month=7)["change/IKU-1"].value == 30 - 21


def test_a_sum_entered_for_a_year_that_has_not_ended_is_compared_with_nothing() -> None:
    government = a_government()
    added, stock = an_indicator(government, "A", accumulation="sum"), an_indicator(government, "B")
    for one in (added, stock):
        reach(one, {BEFORE: 90, YEAR: 80})
    found = figures(government, month=10)
    assert found["change/A"].reason == "part_of_year"
    assert found["change/B"].value == -10  # a yearly statistic, such as poverty in March, does not grow over the year


def test_a_name_is_not_said_twice() -> None:
    one = an_indicator(a_government(), name="Realisasi investasi")
    assert figures(one.government)["value/IKU-1"].label == "Realisasi investasi"


def test_a_range_has_two_bounds_and_no_good_direction() -> None:
    one = an_indicator(a_government(), method="achievement.within_range")
    reach(one, {BEFORE: 72, YEAR: 72.75})
    promise(one, {YEAR: (72.28, 73.77)})
    found = figures(one.government)
    assert found["achievement/IKU-1"].value == 100
    assert "change/IKU-1" not in found


def test_an_opinion_is_read_by_its_scale() -> None:
    scale = "opini-bpk"
    one = an_indicator(
        a_government(), method="achievement.scale_mapping", method_options={"scale": scale}, unit="opini"
    )
    reach(one, {YEAR: "WDP"})
    promise(one, {YEAR: "WTP"})
    assert figures(one.government)["achievement/IKU-1"].value == 75


def test_a_draft_is_nobodys_statement_yet() -> None:
    one = an_indicator(a_government())
    reach(one, {YEAR: 80})
    one.measurements.update(state="draft")
    assert figures(one.government)["value/IKU-1"].status == "missing"


def test_an_indicator_the_engine_cannot_compute_is_refused_by_name() -> None:
    one = an_indicator(a_government())
    Indicator.objects.filter(pk=one.pk).update(method="achievement.by_feeling")
    with pytest.raises(Refused, match="Indikator IKU-1"):
        compute_run(one.government, year=2024, month=12, by=None)


def test_benefit_is_the_mean_of_outcomes_capped_at_100_and_outputs_do_not_count() -> None:
    government = a_government()
    agency = an_agency(government)
    for code, value, level in (("A", 150, "outcome"), ("B", 50, "impact"), ("C", 10, "output"), ("D", None, "outcome")):
        one = an_indicator(government, code, agency=agency, level=level)
        promise(one, {YEAR: 100})
        if value is not None:
            reach(one, {BEFORE: 50, YEAR: value})
    found = figures(government)
    assert found["benefit/pd/1.01"].value == found["benefit"].value == 75
    assert found["met_share"].value == 50
    assert found["improved_share"].value == 100
    assert found["measurable"].value == 2
    assert found["benefit"].reason == "members_left_out"


def test_spending_without_any_outcome_indicator_has_no_measured_benefit() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=10, realised={12: 9})
    now = figures(government)["benefit/pd/1.01"]
    assert now.status == "missing"
    assert now.record["inputs"][0]["label"] == "belum ada indikator hasil atau dampak"
