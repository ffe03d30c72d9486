"""Ceilings, absorption, deviation and routine share, as a run keeps them."""

import pytest

from manfaat.apps.budgets.actions import NewEntry, record_entries
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.models import Figure
from manfaat.apps.scoring.tests.facts import a_file, spend

pytestmark = pytest.mark.django_db


def figures(government: Government, *, month: int = 6, year: int = 2024) -> dict[str, Figure]:
    run = compute_run(government, year=year, month=month, by=None)
    return {figure.key: figure for figure in run.figures.all()}


def test_absorption_is_realised_over_the_latest_ceiling_and_says_which() -> None:
    government = a_government()
    agency = an_agency(government)
    spend(government, agency, ceiling=1000, realised={3: 100, 6: 480}, stage="murni")
    spend(government, agency, ceiling=1200, stage="perubahan")
    found = figures(government)
    assert found["absorption/pd/1.01/06"].value == 40.0
    assert found["ceiling/pd/1.01"].value == 1200
    assert "APBD perubahan" in found["ceiling/pd/1.01"].label
    assert found["absorption/06"].value == 40.0


def test_the_input_names_file_sheet_and_row() -> None:
    government = a_government()
    file = spend(government, an_agency(government), realised={6: 480}, ceiling=1000)
    source = figures(government)["realised/pd/1.01/06"].record["inputs"][0]["source"]
    assert (source["file"], source["sheet"], source["row"]) == (file.name, "LRA", 11)


def test_a_month_without_realisation_is_missing_and_never_zero() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={3: 100})
    now = figures(government)["absorption/pd/1.01/06"]
    assert (now.value, now.status, now.reason) == (None, "missing", "missing:realised")


def test_an_entered_zero_is_zero() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={6: 0})
    assert figures(government)["absorption/pd/1.01/06"].value == 0.0


def test_a_ceiling_of_zero_cannot_be_absorbed() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=0, realised={6: 10})
    now = figures(government)["absorption/pd/1.01/06"]
    assert (now.status, now.reason) == ("not_measurable", "ceiling_zero")


def test_the_government_has_no_total_while_an_agency_is_silent_but_says_what_the_others_did() -> None:
    government = a_government()
    spend(government, an_agency(government, "1.01"), ceiling=1000, realised={6: 500})
    spend(government, an_agency(government, "1.02"), ceiling=3000)
    found = figures(government)
    assert found["realised/06"].status == "missing"
    assert found["ceiling/pd/1.02"].value == 3000
    assert found["ceiling"].value == 4000
    reported = found["absorption_reported/06"]
    assert reported.value == 50.0
    assert "1 dari 2 perangkat daerah" in reported.label


def test_the_governments_own_published_rows_count_before_the_sum_of_its_agencies() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={6: 500})
    spend(government, None, ceiling=1001, realised={6: 501})
    found = figures(government)
    assert (found["ceiling"].value, found["realised/06"].value) == (1001, 501)


def test_deviation_from_the_cash_plan_in_points_and_relative() -> None:
    government = a_government()
    plan = dict.fromkeys(range(1, 13), 80)
    spend(government, an_agency(government), ceiling=960, realised={6: 360}, planned=plan)
    found = figures(government)
    assert found["plan_percent/pd/1.01/06"].value == 50.0
    assert found["deviation_points/pd/1.01/06"].value == -12.5  # behind the plan
    assert found["deviation_relative/pd/1.01/06"].value == 25.0  # as the RFK report prints it
    assert "positif: tertinggal" in found["deviation_relative/pd/1.01/06"].label
    assert found["plan_percent/12"].value == 100.0


def test_a_month_without_cash_plan_leaves_the_plan_unknown_from_there_on() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=960, realised={6: 360}, planned={1: 80, 2: 80, 4: 80})
    found = figures(government)
    assert found["plan_percent/pd/1.01/02"].value is not None
    assert found["plan_percent/pd/1.01/03"].status == "missing"
    assert found["deviation_points/pd/1.01/06"].status == "missing"


def test_routine_share_counts_programme_01_and_keeps_blud_apart() -> None:
    government = a_government()
    agency = an_agency(government)
    entries = [
        NewEntry(agency.pk, 2024, "realisation", amount, month=6, programme_code=activity[:7], activity_code=activity)
        for activity, amount in (("1.02.01.2.02", 300), ("1.02.01.2.10", 100), ("1.02.02.2.01", 600))
    ]
    record_entries(a_file(government), entries, by=None)
    found = figures(government)
    assert found["routine_share/pd/1.01"].value == found["routine_share"].value == 40.0
    assert found["routine_blud_realised/pd/1.01"].value == 100


def test_programmes_without_a_supporting_one_have_a_routine_share_of_zero() -> None:
    government = a_government()
    spend(government, an_agency(government), realised={6: 100}, programme_code="1.02.02")
    assert figures(government)["routine_share/pd/1.01"].value == 0.0


def test_without_programmes_the_routine_share_says_why() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={6: 500})
    share = figures(government)["routine_share"]
    assert share.status == "missing"
    assert share.record["inputs"][0]["reason"] == "sumbernya tidak memuat kode program"


def test_the_benchmark_counts_in_its_region_only() -> None:
    toba, other = a_government("12.12"), a_government("35.15")
    for government in (toba, other):
        spend(government, an_agency(government), ceiling=1000, realised={3: 20, 6: 500})
    first = figures(toba)["benchmark_deviation/pd/1.01/03"]
    assert first.value == -1.0
    assert "Sumatera Utara" in first.record["inputs"][0]["label"]
    nowhere = figures(other)["benchmark_deviation/03"]
    assert nowhere.status == "missing"
    assert "belum ditetapkan" in nowhere.record["inputs"][0]["reason"]


def test_a_realisation_above_the_ceiling_is_shown_as_it_is() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={6: 1100})
    assert figures(government)["absorption/pd/1.01/06"].value == pytest.approx(110.0)
