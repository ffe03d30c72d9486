"""What may no longer be taken back, through HTTP: closed periods and verified values."""

from typing import Any

import pytest
from django.test import Client

from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.tests import files
from manfaat.apps.measurements.actions import verify_measurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.actions import close_period, open_periods, reopen_period
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.services.models import Response
from manfaat.apps.services.tests import answers

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    government = people.a_government(CODE)
    for code in ("1.01", "1.02"):
        people.an_agency(government, code)
    for year in (2024, 2026):
        open_periods(government, year, by=None)
    return government


@pytest.fixture
def client(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def closed(government: Government, kind: str, number: int, year: int = 2024) -> Period:
    period = Period.objects.get(government=government, year=year, kind=kind, number=number)
    close_period(period, by=None)
    return period


def refused(client: Client, batch: ImportBatch, *words: str) -> None:
    answer = files.press_undo(client, batch)
    page = answer.content.decode()
    assert answer.status_code == 409
    for word in words:
        assert word in page
    batch.refresh_from_db()
    assert batch.state == "applied"


def indicators(client: Client, rows: Any = None) -> ImportBatch:
    return files.through(client, CODE, files.indicators(rows or files.INDICATORS), kind="indicators")


def test_money_of_a_closed_month_stays_until_the_month_is_reopened(client: Client, government: Government) -> None:
    files.through(client, CODE, files.budget(files.ROWS[:2]))
    batch = files.through(client, CODE, files.budget())
    before = sorted(BudgetEntry.objects.values_list("pk", "is_current"))
    june = closed(government, "month", 6)
    refused(client, batch, "Juni 2024 sudah ditutup", "dengan alasan")
    assert sorted(BudgetEntry.objects.values_list("pk", "is_current")) == before
    reopen_period(june, reason="berkas keliru", by=None)
    assert files.press_undo(client, batch).status_code == 302
    assert BudgetEntry.objects.filter(is_current=True).count() == 4


def test_money_of_a_closed_year_stays_and_that_of_another_month_goes(client: Client, government: Government) -> None:
    batch = files.through(client, CODE, files.budget())
    closed(government, "month", 7)
    assert files.press_undo(client, batch).status_code == 302
    again = files.through(client, CODE, files.budget(files.ROWS[:1]), name="lagi.xlsx")
    closed(government, "year", 1)
    refused(client, again, "Tahun 2024 sudah ditutup")
    assert BudgetEntry.objects.count() == 2


def test_a_cash_plan_reaches_no_closed_quarter_and_stays_there(client: Client, government: Government) -> None:
    header = ("Kode SKPD", "Kode Rekening", "Pagu", "Bulan 1", "Bulan 2")
    content = files.xlsx([header, ("1.01", "5.1", 90, 10, 20)])
    batch = files.through(client, CODE, content)
    closed(government, "quarter", 1)
    refused(client, batch, "Januari 2024 sudah ditutup")
    other = files.mapped(client, files.uploaded(client, CODE, files.xlsx([header, ("1.01", "5.1", 90, 30, 0)])))
    assert [problem["code"] for problem in other.problems if problem["severity"] == "error"] == ["period_closed"]
    assert "Januari 2024 sudah ditutup" in client.get(f"/pemda/{CODE}/impor/{other.public_id}/").content.decode()
    ceiling = files.xlsx([header[:3], ("1.01", "5.1", 95)])
    assert files.through(client, CODE, ceiling, name="pagu.xlsx").state == "applied", "a ceiling is of the year"


def test_targets_and_values_of_a_closed_period_stay(client: Client, government: Government) -> None:
    batch = indicators(client)
    quarter = closed(government, "quarter", 4)
    refused(client, batch, "Triwulan IV 2024 sudah ditutup")
    assert (Indicator.objects.count(), Target.objects.count(), Measurement.objects.count()) == (3, 3, 2)
    reopen_period(quarter, reason="berkas keliru", by=None)
    assert files.press_undo(client, batch).status_code == 302
    assert not Measurement.objects.exists()


def test_a_target_alone_of_a_closed_period_stays(client: Client, government: Government) -> None:
    batch = indicators(client, [("IKU-2", "Usia harapan hidup", "tahun", "naik", "TW IV", 72, "", "")])
    closed(government, "quarter", 4)
    refused(client, batch, "Triwulan IV 2024 sudah ditutup")
    assert Target.objects.exists()


def test_a_verified_value_is_not_deleted(client: Client, government: Government) -> None:
    batch = indicators(client)
    value = Measurement.objects.get(indicator__code="IKU-1")
    verify_measurement(value, by=people.verifier(government))
    refused(
        client, batch, "Realisasi “Angka kemiskinan” dari berkas ini sudah diverifikasi", "terapkan berkas yang benar"
    )
    value.refresh_from_db()
    assert (value.is_current, value.state) == (True, "approved")
    assert Target.objects.count() == 3


def test_survey_answers_of_a_closed_month_stay(client: Client, government: Government) -> None:
    batch = answers.brought(client, CODE, answers.row(), answers.row(month="2026-02"))
    closed(government, "month", 3, year=2026)
    refused(client, batch, "Maret 2026 sudah ditutup")
    assert Response.objects.filter(is_current=True).count() == 2
