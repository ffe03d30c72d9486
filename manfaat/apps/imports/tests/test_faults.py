"""Bad files, impatient people and dying processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.core.models import SourceFile
from manfaat.apps.core.spreadsheets import disarmed
from manfaat.apps.imports.actions import claim_batch, claim_next, run_claimed
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.reading import path_of
from manfaat.apps.imports.tests import files
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people

CODE = "35.15"
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def government(db: None) -> Government:
    government = people.a_government(CODE)
    for code in ("1.01", "1.02"):
        people.an_agency(government, code)
    return government


@pytest.fixture
def client(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def stored() -> list[Path]:
    folder = Path(settings.FILES) / "imports"
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("laporan.pdf", b"%PDF-1.7 ...", "tidak dapat dibaca"),
        ("laporan.xlsx", b"%PDF-1.7 ...", "dokumen PDF"),
        ("laporan.xlsm", b"PK\x03\x04", "makro"),
        ("kosong.xlsx", b"", "kosong"),
        ("rusak.xlsx", b"PK\x03\x04rusak", "rusak"),
        ("halaman.xls", b"<html><table></table></html>", "halaman web"),
        ("sandi.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        ("panjang.csv", b"Kode SKPD;Realisasi\r\n1.01;" + b"9" * 10_000_000, "terlalu panjang"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_the_form_and_not_kept(
    client: Client, name: str, content: bytes, sentence: str
) -> None:
    before = stored()
    answer = files.upload(client, CODE, content, name=name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert stored() == before
    assert not SourceFile.objects.exists()


def test_a_sheet_that_is_not_in_the_file_is_refused_with_a_sentence(client: Client) -> None:
    batch = files.uploaded(client, CODE, files.budget())
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/"
    data = files.as_sent(client.get(url).context["form"])
    for answer in (client.get(url, {"lembar": "tidakada"}), client.post(url, {**data, "lembar": "tidakada"})):
        assert answer.status_code == 409
        assert "tidakada" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_an_upload_whose_bytes_are_gone_is_refused_with_what_to_do(client: Client) -> None:
    content = files.xlsx([files.HEADER, *files.ROWS], [files.HEADER])
    batch = files.uploaded(client, CODE, content)
    path_of(batch.source_file).unlink()
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/"
    data = files.as_sent(client.get(url).context["form"])
    for answer in (client.get(url, {"lembar": "Sheet2"}), client.post(url, {**data, "lembar": "Sheet2"})):
        assert answer.status_code == 409
        assert "Unggah lagi berkasnya" in answer.content.decode()
    checked = files.mapped(client, batch)
    assert checked.state == "failed"
    assert "tidak ada lagi di penyimpanan" in checked.error


def test_a_formula_that_failed_is_an_error_at_its_cell(client: Client, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(files.HEADER)
    sheet.append(("1.01", "Dinas 1.01", "1.01.02", "Program", "5.1.02", 100, "=F2/0"))
    book.save(tmp_path / "rumus.xlsx")
    batch = files.mapped(client, files.uploaded(client, CODE, (tmp_path / "rumus.xlsx").read_bytes()))
    problem = batch.problems[0]
    assert (problem["severity"], problem["row"], problem["column"]) == ("error", 2, "G (Realisasi)")


def test_codes_that_excel_made_numbers_are_restored_or_refused(client: Client) -> None:
    rows = [(1.01, "Dinas 1.01", "1.01.02", "P", "5.1.02", 100, 5), (1.1, "Dinas Lain", "1.01.02", "P", "5.1.03", 1, 1)]
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget(rows)))
    found = {(problem["row"], problem["severity"]) for problem in batch.problems}
    assert (2, "warning") in found
    assert (3, "error") in found


def test_text_that_a_spreadsheet_would_run_leaves_disarmed(client: Client) -> None:
    rows = [("1.01", "Dinas 1.01", "1.01.02", "'=HYPERLINK(1)", "5.1.02", 100, 5)]
    files.through(client, CODE, files.budget(rows))
    exported = client.get(f"/pemda/{CODE}/impor/ekspor/anggaran.csv?tahun=2024&bulan=6")
    assert ";'=HYPERLINK(1);" in exported.content.decode() or ";''=HYPERLINK(1);" in exported.content.decode()
    assert exported["Content-Disposition"].startswith("attachment")
    assert [disarmed(text) for text in ("=1", "+1", "-1", "@a", "\tb", "biasa")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@a",
        "'\tb",
        "biasa",
    ]


def test_templates_are_in_both_forms_and_their_example_is_refused(client: Client) -> None:
    for kind, expected in (("anggaran", "budget"), ("indikator", "indicators")):
        for form in ("xlsx", "csv"):
            answer = client.get(f"/pemda/{CODE}/impor/templat/{kind}.{form}")
            assert answer.status_code == 200
            name = f"templat.{form}"
            batch = files.uploaded(client, CODE, answer.content, name=name, kind=expected, year=2026, month=3)
            batch = files.mapped(client, batch)
            assert batch.summary["errors"] > 0
    assert client.get(f"/pemda/{CODE}/impor/templat/lain.csv").status_code == 404


def test_a_double_click_applies_once(client: Client) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    assert files.press_apply(client, batch).status_code == 302
    assert files.press_apply(client, batch).status_code == 302
    assert BudgetEntry.objects.count() == 6


def test_the_second_of_two_people_is_told_who_was_first(client: Client, government: Government) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    second = people.signed_in(people.organiser(government))
    files.press_apply(client, batch)
    refused = files.press_apply(second, batch)
    assert refused.status_code == 409
    assert "sudah diterapkan oleh" in refused.content.decode()
    assert BudgetEntry.objects.count() == 6


def test_a_stale_form_is_refused(client: Client, government: Government) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    files.mapped(people.signed_in(people.organiser(government)), batch, stage="perubahan")
    stale = client.post(f"/pemda/{CODE}/impor/{batch.public_id}/terapkan/", {"version": 2})
    assert stale.status_code == 409
    assert "usang" in stale.content.decode()
    url = f"/pemda/{CODE}/impor/{batch.public_id}/kolom/"
    answer = client.post(url, {**files.as_sent(client.get(url).context["form"]), "version": 1})
    assert answer.status_code == 422
    assert client.post(f"/pemda/{CODE}/impor/{batch.public_id}/terapkan/").status_code == 409


def test_a_stale_undo_is_refused_and_a_double_undo_is_harmless(client: Client) -> None:
    batch = files.through(client, CODE, files.budget())
    assert client.post(f"/pemda/{CODE}/impor/{batch.public_id}/batalkan/", {"version": 1}).status_code == 409
    assert files.press_undo(client, batch).status_code == 302
    assert files.press_undo(client, batch).status_code == 302
    assert not BudgetEntry.objects.exists()


def many_rows(count: int) -> bytes:
    rows = [
        ("1.01", "Dinas 1.01", "1.01.02", "Program", f"5.1.02.{n // 9999 + 1:02d}.{n % 9999 + 1:04d}", 9, n)
        for n in range(count)
    ]
    return files.csv([files.HEADER, *rows])


def test_a_large_file_waits_for_the_worker_and_shows_progress(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("manfaat.apps.imports.actions.work.SMALL", 100)
    monkeypatch.setattr("manfaat.apps.imports.actions.claims.REPORT_EVERY", 100)
    batch = files.mapped(client, files.uploaded(client, CODE, many_rows(300), name="besar.csv"))
    assert batch.state == "checking"
    url = f"/pemda/{CODE}/impor/{batch.public_id}/"
    page = client.get(url).content.decode()
    assert "Muat ulang" in page
    assert 'hx-trigger="every 2s"' in page
    assert "<h1" not in client.get(url, headers={"hx-request": "true"}).content.decode()
    call_command("work", "--once", verbosity=0)
    assert client.get(url, headers={"hx-request": "true"})["HX-Redirect"] == url
    batch.refresh_from_db()
    assert (batch.state, batch.rows_done) == ("checked", 300)
    files.press_apply(client, batch)
    batch.refresh_from_db()
    assert batch.state == "queued"
    assert not BudgetEntry.objects.exists()
    assert client.get(f"{url}hasil/").status_code == 200
    call_command("work", "--once", verbosity=0)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert BudgetEntry.objects.count() == 600


def test_a_claim_is_held_by_one_worker_until_it_goes_stale(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("manfaat.apps.imports.actions.work.SMALL", 1)
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    first = claim_batch(batch)
    assert first is not None
    assert claim_next() is None
    assert claim_batch(batch) is None
    ImportBatch.objects.filter(pk=batch.pk).update(claimed_at=timezone.now() - timedelta(minutes=6))
    second = claim_next()
    assert second is not None
    assert run_claimed(second).state == "checked"
    batch.refresh_from_db()
    files.press_apply(client, batch)
    assert run_claimed(first).state == "queued", "the worker that lost its claim changes nothing"


def test_errors_that_appear_after_the_check_stop_the_import(
    client: Client, government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    monkeypatch.setattr("manfaat.apps.imports.actions.work.SMALL", 1)
    files.press_apply(client, batch)
    government.agencies.filter(code="1.02").update(code="1.99")
    call_command("work", "--once", verbosity=0)
    batch.refresh_from_db()
    assert batch.state == "checked"
    assert "Catatan berubah" in client.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert not BudgetEntry.objects.exists()


def test_a_role_that_ended_meanwhile_stops_the_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = files.mapped(client, files.uploaded(client, CODE, files.budget()))
    monkeypatch.setattr("manfaat.apps.imports.actions.work.SMALL", 1)
    files.press_apply(client, batch)
    batch.refresh_from_db()
    batch.applied_by.assignments.update(valid_to=timezone.localdate())
    call_command("work", "--once", verbosity=0)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert not BudgetEntry.objects.exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from manfaat.apps.imports.actions import apply as apply_module
from manfaat.apps.imports.actions import claim_next, run_claimed
from manfaat.apps.budgets.models import BudgetEntry

write = apply_module._write_budget

def write_then_wait(file, by):
    written = write(file, by)
    print("WRITTEN", BudgetEntry.objects.count(), flush=True)
    sys.stdin.read()
    return written

apply_module._write_budget = write_then_wait
run_claimed(claim_next())
"""


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="starts its own SQLite database")
def test_a_process_killed_while_applying_leaves_nothing_and_the_batch_is_taken_up_again(tmp_path: Path) -> None:
    """A real process, a real database file, SIGKILL after every row was written but not committed."""
    environment = {**os.environ, "MANFAAT_VAR": str(tmp_path), "MANFAAT_DEMO": "1", "MANFAAT_DEBUG": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "manfaat.config.settings"

    def run(*command: str) -> None:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]

    run("-c", QUEUED)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    worker = subprocess.Popen([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, text=True, **pipes)
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "WRITTEN 6"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()

    def database(sql: str) -> Any:
        with sqlite3.connect(tmp_path / "manfaat.sqlite3") as connection:
            return connection.execute(sql).fetchone()

    assert database("SELECT count(*) FROM budgets_budgetentry") == (0,)
    assert database("SELECT state FROM imports_importbatch") == ("applying",)
    time.sleep(1.1)
    run("manage.py", "work", "--once", "--stale-seconds=1")
    assert database("SELECT state FROM imports_importbatch") == ("applied",)
    assert database("SELECT count(*) FROM budgets_budgetentry") == (6,)


QUEUED = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.core.files.uploadedfile import SimpleUploadedFile
from manfaat.apps.imports.actions import NewUpload, queue_batch, run_now, set_mapping, upload_file
from manfaat.apps.imports.reading import description_of
from manfaat.apps.imports.tests import files
from manfaat.apps.organisations.tests import people

government = people.a_government("35.15")
people.an_agency(government, "1.01")
people.an_agency(government, "1.02")
planner = people.planner(government)
sent = NewUpload(SimpleUploadedFile("realisasi.xlsx", files.budget()), "budget", 2024, 6)
batch, _ = upload_file(government, sent, by=planner)
found = description_of(batch)
batch = set_mapping(batch, found, columns=found.mapping.columns, options={}, version=1, by=planner)
batch = run_now(batch)
queue_batch(batch, version=batch.version, by=planner)
"""
