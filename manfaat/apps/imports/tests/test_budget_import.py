"""A budget file from upload to the records and back, through HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manfaat.apps.accounts.models import Role
from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.tests import files
from manfaat.apps.organisations.actions import close_period, open_periods
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    government = people.a_government(CODE)
    for code in ("1.01", "1.02"):
        people.an_agency(government, code)
    return government


@pytest.fixture
def client(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def current(government: Government, **where: Any) -> dict[tuple[str, str], int]:
    rows = BudgetEntry.objects.filter(government=government, is_current=True, **where)
    return {(row.kind, f"{row.agency.code} {row.account_code}"): row.amount_rp for row in rows.select_related("agency")}


def test_a_planner_leads_a_file_to_the_records_in_five_clicks(client: Client, government: Government) -> None:
    batch = files.uploaded(client, CODE, files.budget())
    page = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/kolom/").content.decode()
    assert "F · Pagu" in page
    batch = files.mapped(client, batch)
    preview = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "Semua 3 baris cocok" in preview
    assert "Rp1.400.000.000" in preview
    assert not BudgetEntry.objects.exists()
    batch = files.applied(client, batch)
    result = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/hasil/").content.decode()
    assert "Impor diterapkan" in result
    assert current(government) == {
        ("ceiling", "1.01 5.1.01"): 600_000_000,
        ("ceiling", "1.01 5.1.02"): 300_000_000,
        ("ceiling", "1.02 5.1.02"): 500_000_000,
        ("realisation", "1.01 5.1.01"): 120_000_000,
        ("realisation", "1.01 5.1.02"): 30_000_000,
        ("realisation", "1.02 5.1.02"): 50_000_000,
    }
    row = BudgetEntry.objects.get(kind="realisation", agency__code="1.02")
    assert (row.month, row.sheet, row.row, row.source_file.name) == (6, "Sheet1", 4, "realisasi.xlsx")
    assert CodeName.objects.get(code="1.02.02").name == "Program Kesehatan"
    verbs = list(AuditEvent.objects.filter(government=government, actor__isnull=False).values_list("verb", flat=True))
    assert verbs == ["upload_file", "set_mapping", "queue_batch", "record_entries", "record_code_names", "apply_batch"]


def test_a_newer_file_for_the_month_supersedes_and_undo_restores(client: Client, government: Government) -> None:
    first = files.through(client, CODE, files.budget())
    before = current(government)
    newer = [*files.ROWS[:2], ("1.02", "Dinas 1.02", "1.02.02", "Program Kesehatan", "5.1.02", 500_000_000, 70_000_000)]
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget(newer), name="baru.xlsx"))
    preview = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "realisasi.xlsx" in preview
    assert "menggantikan" in preview
    second = files.applied(client, batch)
    assert current(government)["realisation", "1.02 5.1.02"] == 70_000_000
    assert BudgetEntry.objects.filter(source_file=first.source_file, is_current=False).count() == 6
    refused = files.press_undo(client, first)
    assert refused.status_code == 409
    assert "baru.xlsx" in refused.content.decode()
    assert files.press_undo(client, second).status_code == 302
    assert current(government) == before
    assert not BudgetEntry.objects.filter(source_file=second.source_file).exists()
    first.refresh_from_db()
    assert files.press_undo(client, first).status_code == 302
    assert not BudgetEntry.objects.exists()


def test_a_file_of_one_agency_leaves_the_others_alone_unless_it_is_said_to_be_complete(
    client: Client, government: Government
) -> None:
    files.through(client, CODE, files.budget())
    one = files.mapped(client, files.uploaded(client, CODE, files.budget(files.ROWS[:2]), name="satu.xlsx"))
    assert "Angka mereka tetap berlaku" in client.get(f"/pemda/{CODE}/impor/{one.public_id}/").content.decode()
    files.applied(client, one)
    assert ("realisation", "1.02 5.1.02") in current(government)
    files.through(client, CODE, files.budget(files.ROWS[:1]), name="lengkap.xlsx", options={"whole_government": "on"})
    assert current(government) == {
        ("ceiling", "1.01 5.1.01"): 600_000_000,
        ("realisation", "1.01 5.1.01"): 120_000_000,
    }


def test_the_same_file_again_opens_the_import_it_was(client: Client) -> None:
    content = files.budget()
    first = files.through(client, CODE, content)
    again = files.upload(client, CODE, content, name="salinan.xlsx")
    assert str(first.public_id) in again.url
    assert "Berkas yang sama sudah diunggah" in client.get(again.url, follow=True).content.decode()
    assert ImportBatch.objects.count() == 1
    assert BudgetEntry.objects.count() == 6


def test_the_same_bytes_for_another_month_are_noticed(client: Client) -> None:
    content = files.budget()
    files.through(client, CODE, content)
    other = files.mapped(client, files.uploaded(client, CODE, content, month=7))
    assert "sudah diterapkan untuk Juni 2024" in client.get(f"/pemda/{CODE}/impor/{other.public_id}/").content.decode()


def test_errors_name_sheet_row_and_column_and_nothing_is_applied(client: Client) -> None:
    rows = [
        *files.ROWS,
        ("1.03", "Dinas Tiga", "1.03.02", "Program PU", "5.2.01", 10, 5),
        ("1.02", "Dinas 1.02", "1.02.03", "Program SDM", "5.1.02", "seratus", -5),
    ]
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget(rows)))
    preview = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "3 dari 5 baris cocok" in preview
    for part in ("Kode Perangkat Daerah 1.03 tidak dikenal", "baris 5", "kolom A (Kode SKPD)", "negatif", "bukan"):
        assert part in preview, part
    refused = files.press_apply(client, batch)
    assert refused.status_code == 409
    assert "kesalahan" in refused.content.decode()
    assert not BudgetEntry.objects.exists()


def test_unknown_agencies_are_opened_when_the_planner_asks_for_it(client: Client, government: Government) -> None:
    rows = [*files.ROWS, ("7.01", "Kecamatan Waru", "7.01.02", "Program", "5.1.02", 10, 5)]
    files.through(client, CODE, files.budget(rows), options={"add_agencies": "on"})
    agency = Agency.objects.get(government=government, code="7.01")
    assert (agency.name, agency.kind) == ("Kecamatan Waru", "kecamatan")
    assert current(government)["realisation", "7.01 5.1.02"] == 5
    assert AuditEvent.objects.filter(verb="apply_batch", detail__new_agencies=[["7.01", "Kecamatan Waru"]]).exists()


def test_an_agency_known_by_name_only_is_found_and_a_strange_name_gets_near_ones(client: Client) -> None:
    header = ("Nama SKPD", "Kode Rekening", "Realisasi")
    content = files.xlsx([header, ("Dinas 1.01", "5.1", 7), ("Dinas Kota 1.01", "5.2", 7), ("Kantor Pos", "5.1", 7)])
    batch = files.mapped(client, files.uploaded(client, CODE, content))
    assert [problem["row"] for problem in batch.problems if problem["severity"] == "error"] == [3, 4]
    assert any("1.01 (Dinas 1.01)" in problem["advice"] for problem in batch.problems)


def test_realisation_above_ceiling_is_a_warning_not_an_error(client: Client) -> None:
    rows = [("1.01", "Dinas 1.01", "1.01.02", "Program", "5.1.02", 100, 150)]
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget(rows)))
    assert (batch.summary["errors"], batch.summary["warnings"]) == (0, 1)
    assert "Realisasi melebihi pagu" in client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert files.applied(client, batch).state == "applied"


def test_a_cumulative_figure_that_falls_is_warned_about(client: Client) -> None:
    files.through(client, CODE, files.budget())
    rows = [("1.01", "Dinas 1.01", "1.01.02", "Program Pendidikan", "5.1.01", 600_000_000, 20_000_000)]
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget(rows), month=7))
    preview = client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "turun dari Rp150.000.000 menjadi Rp20.000.000 pada Juli" in preview
    assert "(s.d. Juni)" in preview


def test_total_rows_titles_and_text_numbers_are_read(client: Client, government: Government) -> None:
    rows = [
        ("REKAPITULASI BELANJA TAHUN ANGGARAN 2024",),
        (),
        files.HEADER,
        ("1.01", "Dinas 1.01", "1.01.02", "Program", "5.1.02", "1.234.567,00", "Rp 1.000"),
        ("1.01", "Dinas 1.01", "1.01.02", "Program", "5.1.03", 10, ""),
        ("GRAND TOTAL", "", "", "", "", 1_234_577, 1_000),
    ]
    batch = files.through(client, CODE, files.xlsx(rows))
    assert current(government) == {
        ("ceiling", "1.01 5.1.02"): 1_234_567,
        ("ceiling", "1.01 5.1.03"): 10,
        ("realisation", "1.01 5.1.02"): 1_000,
    }
    assert batch.summary["realised_missing"] == 1


def test_two_funding_sources_of_one_account_are_added_up(client: Client, government: Government) -> None:
    header = ("Kode SKPD", "Kode Rekening", "Sumber Dana", "Pagu", "Realisasi")
    rows = [("1.01", "5.1", "PAD", 60, 6), ("1.01", "5.1", "DAU", 40, 5), ("1.02", "5.1", "PAD", 1, 1)]
    files.through(client, CODE, files.xlsx([header, *rows]))
    assert current(government)["ceiling", "1.01 5.1"] == 100
    assert current(government)["realisation", "1.01 5.1"] == 11


def test_duplicate_rows_are_errors(client: Client) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget([*files.ROWS, files.ROWS[0]])))
    assert "duplicate" in {problem["code"] for problem in batch.problems if problem["severity"] == "error"}


def test_another_year_in_the_title_is_an_error(client: Client) -> None:
    content = files.xlsx([("REALISASI ANGGARAN TAHUN 2023",), files.HEADER, *files.ROWS])
    batch = files.mapped(client, files.uploaded(client, CODE, content))
    assert "wrong_year" in {problem["code"] for problem in batch.problems}
    assert files.upload(client, CODE, content, year=2090).status_code == 422


def test_cash_plan_and_stages_reach_their_kinds(client: Client, government: Government) -> None:
    header = ("Kode SKPD", "Kode Rekening", "Pagu Murni", "Pagu Perubahan", "Realisasi", "Bulan 1", "Bulan 2")
    content = files.xlsx([header, ("1.01", "5.1", 90, 100, 40, 10, 20)])
    files.through(client, CODE, content)
    kept = set(BudgetEntry.objects.values_list("kind", "stage", "month", "amount_rp"))
    assert kept == {
        ("ceiling", "murni", None, 90),
        ("ceiling", "perubahan", None, 100),
        ("realisation", "", 6, 40),
        ("cash_plan", "", 1, 10),
        ("cash_plan", "", 2, 20),
    }


def test_a_closed_period_refuses_the_file(client: Client, government: Government) -> None:
    june = next(p for p in open_periods(government, 2024, by=None) if (p.kind, p.number) == ("month", 6))
    close_period(june, by=None)
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    assert "Juni 2024 sudah ditutup" in client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert files.press_apply(client, batch).status_code == 409


def test_a_corrected_mapping_is_remembered_for_the_next_file(client: Client) -> None:
    header = ("Kode SKPD", "Kode Rekening", "Nilai A", "Nilai B")
    row = ("1.01", "5.1", 100, 40)
    first = files.uploaded(client, CODE, files.xlsx([header, row]))
    assert "realised_rp" not in first.mapping["reader"]["columns"]
    files.applied(client, files.mapped(client, first, kolom_ceiling_rp=2, kolom_realised_rp=3))
    second = files.uploaded(client, CODE, files.xlsx([header, row, ("1.02", "5.1", 1, 1)]), month=7)
    assert second.mapping["reader"]["columns"]["realised_rp"] == 3


def test_one_column_cannot_serve_two_fields(client: Client) -> None:
    batch = files.uploaded(client, CODE, files.budget())
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/"
    twice = {"kolom_ceiling_rp": 5, "kolom_realised_rp": 5}
    answer = client.post(url, {"version": 1, "stage": "murni", "scale_rp": 1, **twice})
    assert answer.status_code == 422
    assert "Kolom F dipilih dua kali" in answer.content.decode()


def test_a_mapping_with_gaps_is_refused_with_the_missing_column(client: Client) -> None:
    batch = files.uploaded(client, CODE, files.budget())
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/"
    answer = client.post(url, {"version": 1, "stage": "murni", "scale_rp": 1, "kolom_ceiling_rp": 5})
    assert answer.status_code == 422
    assert "Kode Perangkat Daerah" in answer.content.decode()


def test_another_sheet_can_be_chosen(client: Client, government: Government) -> None:
    batch = files.uploaded(client, CODE, files.xlsx([("Catatan", "isi")], [files.HEADER, *files.ROWS]))
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/?lembar=Sheet2"
    assert client.post(url, files.as_sent(client.get(url).context["form"])).status_code == 302
    batch.refresh_from_db()
    files.applied(client, batch)
    assert len(current(government)) == 6


def test_an_export_is_imported_again_unchanged(client: Client, government: Government) -> None:
    files.through(client, CODE, files.budget())
    before = current(government)
    for form in ("xlsx", "csv"):
        exported = client.get(f"/pemda/{CODE}/impor/ekspor/anggaran.{form}?tahun=2024&bulan=6")
        assert exported.status_code == 200
        batch = files.through(client, CODE, exported.content, name=f"ekspor.{form}")
        assert current(government) == before
        assert batch.summary["warnings"] == 0, batch.problems


def test_the_list_takes_the_same_queries_for_one_import_and_for_many(client: Client) -> None:
    url = f"/pemda/{CODE}/impor/"
    files.uploaded(client, CODE, files.budget())
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for month in range(1, 6):
        files.uploaded(client, CODE, files.budget(), month=month)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("realisasi.xlsx") == 6
    assert len(few) == len(many)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEADER, Role.INSPECTOR])
def test_who_may_not_import_is_denied_everywhere(role: str, client: Client, government: Government) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    agency = Agency.objects.get(code="1.01") if role == Role.OPERATOR else None
    other = people.signed_in(people.a_person(government=government, role=role, agency=agency))
    one = f"/pemda/{CODE}/impor/{batch.public_id}/"
    for url in (f"/pemda/{CODE}/impor/", f"/pemda/{CODE}/impor/baru/", one, f"{one}kolom/", f"{one}hasil/"):
        assert other.get(url).status_code == 403, url
    assert files.press_apply(other, batch).status_code == 403
    assert files.press_undo(other, batch).status_code == 403


def test_a_stranger_guessing_ids_finds_nothing(client: Client, government: Government) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    elsewhere = people.a_government("35.01")
    other = people.signed_in(people.planner(elsewhere))
    for code in (CODE, "35.01"):
        one = f"/pemda/{code}/impor/{batch.public_id}/"
        for url in (one, f"{one}kolom/", f"{one}hasil/"):
            assert other.get(url).status_code == 404, url
        assert other.post(f"{one}terapkan/", {"version": batch.version}).status_code == 404
    batch.refresh_from_db()
    assert batch.state == "checked"
