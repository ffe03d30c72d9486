"""The chained log: written, shown, exported, checked, and not to be changed."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from manfaat.apps.core import audit_lock
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.core.queries import chain_faults, export_lines
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people


def an_event(government, summary="Mencoba.", **more):
    return record_event(by=None, verb="try", subject=government, summary=summary, government_id=government.pk, **more)


def tamper(sql, *values):
    """Change the log as somebody would who owns the database file."""
    audit_lock.unlock(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    audit_lock.lock(connection)


@pytest.fixture
def government(db):
    return people.a_government()


def test_each_government_has_a_chain_of_its_own_that_holds(government):
    other = people.a_government("35.16")
    for one in (government, other, government):
        an_event(one)
    numbers = AuditEvent.objects.filter(government=government).values_list("sequence", flat=True)
    assert list(numbers) == [1, 2, 3]  # opening the government, and two tries
    assert chain_faults(government.pk) == []
    assert chain_faults(other.pk) == []


def test_an_event_without_a_government_joins_the_chain_of_the_installation(government):
    for _ in range(2):
        record_event(by=None, verb="try", subject=government, summary="Mencoba.", government_id=None)
    assert list(AuditEvent.objects.filter(government=None).values_list("sequence", flat=True)) == [1, 2]
    assert chain_faults(None) == []


def test_what_is_refused_leaves_no_event(government):
    def half_done():
        with transaction.atomic():
            an_event(government)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert AuditEvent.objects.filter(verb="try").count() == 0
    assert chain_faults(government.pk) == []


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: AuditEvent.objects.update(summary="Lain."),
        lambda: AuditEvent.objects.all()._raw_delete("default"),
        lambda: AuditEvent.objects.first().delete(),
    ],
)
def test_the_database_itself_refuses_changes(government, attempt):
    with pytest.raises(DatabaseError, match="jejak audit tidak dapat diubah"), transaction.atomic():
        attempt()
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_the_lock_can_be_taken_off_and_put_on_again(government):
    audit_lock.unlock(connection)
    AuditEvent.objects.update(actor_name="lain")
    audit_lock.lock(connection)
    audit_lock.lock(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(actor_name="sistem")


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE core_auditevent SET summary = 'Lain.' WHERE sequence = 2", "altered"),
        ("DELETE FROM core_auditevent WHERE sequence = 2", "dropped"),
        ("DELETE FROM core_auditevent WHERE sequence = 3", "dropped"),
    ],
)
def test_whoever_gets_past_the_lock_is_betrayed_by_the_digests(government, sql, kind):
    an_event(government)
    an_event(government, "Sekali lagi.")
    tamper(sql)
    faults = chain_faults(government.pk)
    assert kind in {fault.kind for fault in faults}
    page = people.signed_in(people.verifier(government)).get(f"/pemda/{government.code}/audit/").content.decode()
    assert "Rantai rusak" in page


def test_the_command_names_the_first_fault_and_exits_with_one(government, capsys):
    an_event(government)
    call_command("verify_audit")
    assert "1 rantai jejak audit utuh" in capsys.readouterr().out
    tamper("UPDATE core_auditevent SET summary = 'Lain.' WHERE sequence = 2")
    with pytest.raises(CommandError, match="1 dari 1 rantai"):
        call_command("verify_audit")
    assert "peristiwa 2" in capsys.readouterr().err


def test_the_page_lists_newest_first_filters_and_leads_to_each_event(government):
    an_event(government, "Yang pertama.")
    an_event(government, "Yang kedua.", detail={"alasan": "uji"})
    client = people.signed_in(people.verifier(government))
    page = client.get(f"/pemda/{government.code}/audit/").content.decode()
    assert page.index("Yang kedua.") < page.index("Yang pertama.") < page.index("Mencatat Daerah 35.15")
    assert "Rantai utuh" in page
    filtered = client.get(f"/pemda/{government.code}/audit/?verb=open_government").content.decode()
    assert "Yang kedua." not in filtered
    event = AuditEvent.objects.get(summary="Yang kedua.")
    detail = client.get(f"/pemda/{government.code}/audit/{event.sequence}/").content.decode()
    assert event.digest in detail
    assert "uji" in detail
    assert client.get(f"/pemda/{government.code}/audit/999/").status_code == 404


def test_a_long_chain_is_paged_and_checked_only_when_asked(government, monkeypatch):
    monkeypatch.setattr("manfaat.apps.core.queries.CHECKED_UNASKED", 3)
    for number in range(60):
        an_event(government, f"Kejadian {number}.")
    client = people.signed_in(people.verifier(government))
    page = client.get(f"/pemda/{government.code}/audit/").content.decode()
    assert "Periksa seluruh rantai" in page
    assert "Halaman 1 dari 2" in page
    assert "Rantai utuh: 63" in client.get(f"/pemda/{government.code}/audit/?periksa=semua").content.decode()


def test_the_log_is_for_those_who_may_read_it(government):
    stranger, planner = people.signed_in(people.stranger()), people.signed_in(people.planner(government))
    for rest in ("", "1/", "ekspor.jsonl"):
        page = f"/pemda/{government.code}/audit/{rest}"
        assert stranger.get(page).status_code == 404
        assert planner.get(page).status_code == 403
        assert Client().get(page).status_code == 302


def test_the_export_is_verified_by_the_command_line_without_a_database(government, tmp_path):
    an_event(government, "Dengan pemisah baris \u2028 di dalamnya.", detail={"angka": 1.5, "daftar": [1, None, "ä"]})
    client = people.signed_in(people.verifier(government))
    response = client.get(f"/pemda/{government.code}/audit/ekspor.jsonl")
    assert response.streaming
    file = tmp_path / "jejak.jsonl"
    file.write_bytes(response.getvalue())
    command = [sys.executable, "-m", "manfaat", "audit", "verify", str(file)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    lines = file.read_text().splitlines()
    changed = json.loads(lines[1]) | {"summary": "Lain."}
    file.write_text("\n".join([lines[0], json.dumps(changed), *lines[2:]]))
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


def test_the_export_has_one_line_per_event(government):
    an_event(government)
    assert len(list(export_lines(government.pk))) == 2


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_after_a_test_with_real_transactions():
    an_event(Government.objects.create(code="35.15", name="Sidoarjo", kind="kabupaten"))
    with pytest.raises(DatabaseError):
        AuditEvent.objects.update(summary="Lain.")
