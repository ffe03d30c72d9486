"""The whole study files through the real actions, against figures worked out by hand from their rows."""

from collections import defaultdict
from decimal import Decimal

import pytest

from manfaat import engine
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring import queries
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.tests.facts import LOWER, an_indicator, load_djpk, load_toba, reach, study_rows

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
DJPK = "apbd_budget_realisation_jatim_2021_2024.csv"


def test_toba_2022_agency_by_agency_and_month_by_month() -> None:
    rows = study_rows("budget_realisation_toba_2022_monthly.csv")
    government = a_government("12.12")
    agencies = {unit: an_agency(government, unit) for unit in sorted({row["unit_id"] for row in rows})}
    load_toba(government, agencies, rows)
    run = compute_run(government, year=2022, month=11, by=None)
    expected: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        if row["account_code"] == "5" and row["month"] != "12":
            ceiling = Decimal(row["budget_revised_idr"] or row["budget_original_idr"])
            expected[row["unit_id"], int(row["month"])] = Decimal(row["realised_cumulative_idr"]) / ceiling * 100
    found = {
        (figure.key.split("/")[2], figure.month): figure.value
        for figure in run.figures.filter(measure="absorption", value__isnull=False).exclude(agency=None)
    }
    assert found.keys() == expected.keys()
    for place, share in expected.items():
        assert found[place] == pytest.approx(float(share), rel=1e-12), place
    assert run.figures.get(key="absorption/11").status == "missing"
    reported = run.figures.get(key="absorption_reported/11")
    assert "30 dari 40" in reported.label
    assert reported.shown == "70,63"
    odd = run.figures.get(key="realised/pd/51/10").record["inputs"][0]
    assert odd["value"] == 1_614_087_450
    assert "1.914.262.548" in odd["label"]
    bundle = engine.bundle.build({}, run.figures.order_by("pk").values_list("record", flat=True))
    assert engine.bundle.verify(bundle) == []


def test_east_java_four_years_as_djpk_printed_them() -> None:
    by_place: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in study_rows(DJPK):
        by_place[row["region_code"], row["data_period"]].append(row)
    for (code, period), rows in by_place.items():
        government = _government(code)
        load_djpk(government, rows, year=int(period[:4]), month=int(period[5:]))
        compute_run(government, year=int(period[:4]), month=int(period[5:]), by=None)
    assert Run.objects.count() == len(by_place) == 151
    checked = 0
    for (code, period), rows in by_place.items():
        total = next(row for row in rows if row["section"] == "belanja" and row["level"] == "1")
        figure = Figure.objects.get(
            run__government__code=code, run__year=int(period[:4]), key=f"absorption/{period[5:]}"
        )
        assert abs(
            Decimal(figure.shown.replace(".", "").replace(",", ".")) - Decimal(total["realisation_pct"])
        ) <= Decimal("0.01"), (code, period)
        checked += 1
    assert checked == 151
    pacitan = Figure.objects.get(run__government__code="35.01", run__year=2021, key="realised/12")
    assert pacitan.value == 1_610_280_000_000


def _government(code: str) -> Government:
    return Government.objects.filter(code=code).first() or a_government(code)


def test_poverty_of_east_java_compared_with_how_sure_it_is() -> None:
    rows = [
        row
        for row in study_rows("indicators_bps.csv")
        if row["indicator"] == "poverty_rate_pct" and row["region_code"].startswith("35.")
    ]
    province = a_government("35")
    values: defaultdict[str, dict[tuple[int, str, int], str]] = defaultdict(dict)
    for row in rows:
        values[row["region_code"]][int(row["year"]), "year", 1] = row["value"]
    for code, years in values.items():
        government = a_government(code, parent=province)
        reach(
            an_indicator(government, "KEMISKINAN", method=LOWER), {slot: float(value) for slot, value in years.items()}
        )
    found = queries.comparison_for(people.leader(province), province, year=2022, indicator="KEMISKINAN")
    assert (found.known, len(found.rows), found.years) == (38, 38, tuple(range(2015, 2023)))
    assert found.noise is not None
    assert 0.05 < found.noise < 1.0
    batu = next(row for row in found.rows if row.code == "35.79")
    assert batu.rank == 1
    sampang = next(row for row in found.rows if row.code == "35.27")
    assert sampang.rank == 38
    assert batu.rank_worst is not None
    assert sampang.rank_best is not None
    assert batu.rank_worst < sampang.rank_best
    assert found.pairs_told_apart is not None
    assert 0 < found.pairs_told_apart < found.pairs_total == 703
