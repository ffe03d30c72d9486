"""Advice about the rest of the year."""

import pytest

from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring import queries
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.queries.shapes import Outlook
from manfaat.apps.scoring.tests.facts import spend

pytestmark = pytest.mark.django_db


def outlook(government: Government, month: int) -> Outlook | None:
    compute_run(government, year=2024, month=month, by=None)
    return queries.scorecard_for(people.leader(government), government, year=2024, month=month).outlook


def test_without_history_it_says_the_pace_and_that_data_do_not_suffice() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={6: 300})
    found = outlook(government, 6)
    assert found is not None
    assert found.forecast is None
    assert found.sentences[0] == (
        "Sampai Juni terserap 30,00%, rata-rata 5,00\u00a0poin per bulan. "
        "Untuk mencapai 100,00% (seluruh pagu) perlu 11,67\u00a0poin per bulan."
    )
    assert found.sentences[-1] == "Perkiraan akhir tahun: data belum cukup (0 dari 9 riwayat tahun lalu)."


def test_nine_neighbours_of_last_year_allow_a_forecast() -> None:
    province = a_government("35")
    for number in range(1, 10):
        neighbour = a_government(f"35.{number:02d}", parent=province)
        spend(neighbour, an_agency(neighbour), ceiling=1000, realised={6: 400, 12: 900 + number}, year=2023)
        compute_run(neighbour, year=2023, month=12, by=None)
    government = a_government("35.15", parent=province)
    spend(government, an_agency(government), ceiling=1000, realised={6: 300})
    found = outlook(government, 6)
    assert found is not None
    assert (found.histories, found.forecast) == (9, pytest.approx(30 + 70 * 50.5 / 60))
    assert "delapan dari sepuluh" in found.sentences[-1]


def test_a_cumulative_figure_that_falls_is_pointed_out() -> None:
    government = a_government()
    spend(government, an_agency(government), ceiling=1000, realised={5: 400, 6: 300})
    found = outlook(government, 6)
    assert found is not None
    assert "periksa datanya" in found.sentences[1]


def test_the_goal_is_the_cash_plan_then_the_regions_benchmark() -> None:
    planned, toba = a_government(), a_government("12.12")
    spend(planned, an_agency(planned), ceiling=1200, realised={6: 300}, planned=dict.fromkeys(range(1, 13), 90))
    spend(toba, an_agency(toba), ceiling=1000, realised={6: 300})
    with_plan, with_benchmark = outlook(planned, 6), outlook(toba, 6)
    assert with_plan is not None
    assert "90,00% (rencana kas Desember)" in with_plan.sentences[0]
    assert with_benchmark is not None
    assert "70,00% (batas bawah acuan Desember)" in with_benchmark.sentences[0]


def test_nothing_known_gives_no_advice() -> None:
    government = a_government()
    assert outlook(government, 6) is None
