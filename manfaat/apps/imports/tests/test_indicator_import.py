"""An indicator file from upload to the records and back, through HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from manfaat.apps.imports.tests import files
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.models import Indicator, Target

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    return people.a_government(CODE)


@pytest.fixture
def client(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def send(client: Client, rows: Any = None, **more: Any) -> Any:
    content = files.indicators(files.INDICATORS if rows is None else rows)
    return files.through(client, CODE, content, name="iku.xlsx", kind="indicators", **more)


def test_new_indicators_targets_and_values_arrive(client: Client, government: Government) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.indicators(), kind="indicators"))
    preview = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "3 indikator baru" in preview
    files.applied(client, batch)
    poverty = Indicator.objects.get(government=government, code="IKU-1")
    assert (poverty.method, poverty.lower_is_better) == ("achievement.lower_is_better_difference", True)
    target = Target.objects.get(indicator=poverty)
    assert (target.value, target.period.year, target.period.kind, target.row) == (Decimal("9.5"), 2024, "year", 2)
    assert Measurement.objects.get(indicator=poverty).value == Decimal("9.1")
    assert not Measurement.objects.filter(indicator__code="IKU-2").exists()
    survey = Measurement.objects.get(indicator__code="IKU-3")
    assert (survey.status, survey.reason, survey.value) == ("missing", "survei November", None)
    assert (survey.period.kind, survey.period.number, survey.state) == ("quarter", 4, "sent")


def test_undo_takes_targets_values_and_unused_indicators_back(client: Client) -> None:
    send(client)
    second = send(
        client, [("IKU-1", "Angka kemiskinan", "%", "", "", 9.5, 8.8, ""), ("IKU-4", "Baru", "%", "naik", "", 1, 1, "")]
    )
    kept = Measurement.objects.get(indicator__code="IKU-1", is_current=True)
    assert kept.value == Decimal("8.8")
    assert Measurement.objects.get(indicator__code="IKU-1", is_current=False).superseded_by == second.source_file
    assert files.press_undo(client, second).status_code == 302
    assert Measurement.objects.get(indicator__code="IKU-1").value == Decimal("9.1")
    assert Target.objects.filter(indicator__code="IKU-1", is_current=True).count() == 1
    assert set(Indicator.objects.values_list("code", flat=True)) == {"IKU-1", "IKU-2", "IKU-3"}


def test_values_that_did_not_change_keep_their_source_and_verification(client: Client, government: Government) -> None:
    first = send(client)
    value = Measurement.objects.get(indicator__code="IKU-1")
    inspector = people.signed_in(people.verifier(government))
    assert inspector.post(f"/pemda/{CODE}/realisasi/{value.public_id}/verifikasi/").status_code == 302
    send(client, [*files.INDICATORS, ("IKU-5", "Lagi", "%", "naik", "", 1, 1, "")])
    value.refresh_from_db()
    assert (value.is_current, value.state, value.source_file) == (True, "approved", first.source_file)


def test_who_brought_the_file_does_not_verify_its_values_whoever_applied_it(
    client: Client, government: Government
) -> None:
    planner = people.a_person(government=government, role="planner")
    people.assign_role(
        planner, role="inspector", government_id=government.pk, agency_id=None, by=None, valid_from=people.LONG_AGO
    )
    both = people.signed_in(planner)
    batch = files.mapped(both, files.uploaded(both, CODE, files.indicators(), kind="indicators"))
    files.applied(client, batch)
    value = Measurement.objects.get(indicator__code="IKU-1")
    assert value.entered_by != planner
    page = both.get(f"/pemda/{CODE}/indikator/{value.indicator.public_id}/").content.decode()
    assert "Menunggu verifikasi" in page
    assert "/verifikasi/" not in page
    refused = both.post(f"/pemda/{CODE}/realisasi/{value.public_id}/verifikasi/")
    assert refused.status_code == 409
    assert "berkas yang Anda unggah sendiri" in refused.content.decode()


def test_an_unknown_indicator_without_method_is_an_error_with_near_names(client: Client) -> None:
    send(client)
    rows = [
        ("IKU-9", "Angka kemiskinan kota", "%", "", "", 1, 1, ""),
        ("", "Usia harapan hidup", "", "", "", 72, 71.5, ""),
    ]
    batch = files.mapped(client, files.uploaded(client, CODE, files.indicators(rows), name="b.xlsx", kind="indicators"))
    errors = [problem for problem in batch.problems if problem["severity"] == "error"]
    assert [problem["code"] for problem in errors] == ["unknown_indicator"]
    assert "IKU-1 (Angka kemiskinan)" in errors[0]["advice"]
    assert "metode" in errors[0]["advice"]


def test_a_missing_target_is_a_warning_and_stays_missing(client: Client) -> None:
    batch = send(client, [("IKU-1", "Angka kemiskinan", "%", "turun", "", "", 9.1, "")])
    assert "target_missing" in {problem["code"] for problem in batch.problems}
    assert not Target.objects.exists()
    page = client.get(f"/pemda/{CODE}/indikator/{Indicator.objects.get().public_id}/").content.decode()
    assert "belum ada target" in page


def test_a_semester_is_refused_with_the_quarter_to_write(client: Client) -> None:
    rows = [("IKU-1", "Angka kemiskinan", "%", "turun", "Semester I", 1, 1, "")]
    batch = files.mapped(client, files.uploaded(client, CODE, files.indicators(rows), kind="indicators"))
    assert any("TW II" in problem["advice"] for problem in batch.problems if problem["severity"] == "error")


def test_official_statistics_need_no_verification(client: Client) -> None:
    send(client, options={"statistic": "on"})
    assert Measurement.objects.get(indicator__code="IKU-1").state == "published_statistic"


def test_an_export_is_imported_again_and_changes_nothing(client: Client) -> None:
    send(client)
    before = sorted(Measurement.objects.values_list("indicator__code", "value", "status", "pk"))
    for form in ("xlsx", "csv"):
        exported = client.get(f"/pemda/{CODE}/impor/ekspor/indikator.{form}?tahun=2024")
        batch = files.through(client, CODE, exported.content, name=f"ekspor.{form}", kind="indicators")
        assert batch.summary["written"] == {"indicators": 0, "targets": 0, "values": 0}
    assert sorted(Measurement.objects.values_list("indicator__code", "value", "status", "pk")) == before
