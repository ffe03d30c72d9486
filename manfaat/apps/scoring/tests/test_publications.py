"""Freezing, proving and correcting."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from manfaat.apps.accounts.models import Role, User
from manfaat.apps.core.errors import Denied, NotFound, Refused
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring import published
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.models import Publication, Run
from manfaat.apps.scoring.tests.facts import an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[4]
YEAR = (2024, "year", 1)


def a_run(government: Government, *, realised: int = 900, by: User | None = None) -> Run:
    agency = government.agencies.first() or an_agency(government)
    spend(government, agency, ceiling=1000, realised={12: realised})
    return compute_run(government, year=2024, month=12, by=by)


def verify(path: Path) -> "subprocess.CompletedProcess[str]":
    """`manfaat verify FILE` in a process that knows no Django settings and no database."""
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/none"
    return subprocess.run(
        [sys.executable, "-m", "manfaat", "verify", str(path)],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip


def test_the_leader_freezes_and_the_log_names_the_digest() -> None:
    government = a_government()
    run, leader = a_run(government), people.leader(government)
    made = publish_run(run, reason="", by=leader)
    assert (made.version, made.reason) == (1, "Terbitan pertama")
    event = AuditEvent.objects.get(verb="publish_run")
    assert (event.actor, event.detail["digest"]) == (leader, made.digest)


def test_who_may_not_publish() -> None:
    government = a_government()
    run = a_run(government)
    with pytest.raises(Denied):
        publish_run(run, reason="", by=people.planner(government))
    with pytest.raises(NotFound):
        publish_run(run, reason="", by=people.stranger())
    assert not Publication.objects.exists()


def test_whoever_computed_a_run_does_not_publish_it() -> None:
    government = a_government()
    both = people.a_person(government=government, role=Role.LEADER)
    people.assign_role(
        both, role=Role.PLANNER, government_id=government.pk, agency_id=None, by=None, valid_from=people.LONG_AGO
    )
    run = a_run(government, by=both)
    with pytest.raises(Refused, match="Minta pejabat lain"):
        publish_run(run, reason="", by=both)
    assert publish_run(run, reason="", by=people.leader(government)).version == 1


def test_a_stale_run_is_refused() -> None:
    government = a_government()
    run = a_run(government)
    spend(government, government.agencies.get(), realised={11: 1})
    with pytest.raises(Refused, match="Hitung ulang dulu"):
        publish_run(run, reason="", by=people.leader(government))


def test_a_run_that_was_replaced_is_refused() -> None:
    government = a_government()
    old = a_run(government)
    a_run(government, realised=950)
    old.refresh_from_db()
    with pytest.raises(Refused, match="digantikan"):
        publish_run(old, reason="", by=people.leader(government))


def test_nothing_known_is_nothing_to_publish() -> None:
    government = a_government()
    run = compute_run(government, year=2024, month=12, by=None)
    run.figures.filter(status="known").delete()
    with pytest.raises(Refused, match="Muat datanya dulu"):
        publish_run(run, reason="", by=people.leader(government))


def test_a_double_click_publishes_once() -> None:
    government = a_government()
    run, leader = a_run(government), people.leader(government)
    assert publish_run(run, reason="", by=leader) == publish_run(run, reason="", by=leader)
    assert Publication.objects.count() == 1


def test_a_correction_needs_a_reason_and_leaves_version_1_as_it_was() -> None:
    government = a_government()
    leader = people.leader(government)
    publish_run(a_run(government), reason="", by=leader)
    before = published.json_bytes(published.publication("35.15", 2024, 12, 1))
    second = a_run(government, realised=950)
    with pytest.raises(Refused, match="alasan"):
        publish_run(second, reason="  ", by=leader)
    publish_run(second, reason="Salah ketik realisasi Desember", by=leader)
    first, latest = published.publication("35.15", 2024, 12, 1), published.publication("35.15", 2024, 12)
    assert published.json_bytes(first) == before
    assert (first.is_latest, latest.version, latest.reason) == (False, 2, "Salah ketik realisasi Desember")
    assert published.published_figure(first, "absorption/12").figure.value == 90
    assert published.published_figure(latest, "absorption/12").figure.value == 95
    assert [one.version for one in published.publication_history("35.15", 2024, 12)] == [2, 1]


def test_a_later_computation_does_not_touch_what_was_published() -> None:
    government = a_government()
    publish_run(a_run(government), reason="", by=people.leader(government))
    a_run(government, realised=10)
    frozen = published.publication("35.15", 2024, 12)
    assert published.published_figures(frozen, measures=["absorption"])[-1].value == 90


def test_the_download_is_proven_on_a_machine_without_a_database_and_tampering_shows(tmp_path: Path) -> None:
    government = a_government()
    indicator = an_indicator(government)
    reach(indicator, {YEAR: 80})
    promise(indicator, {YEAR: 100})
    publish_run(a_run(government), reason="", by=people.leader(government))
    raw = published.json_bytes(published.publication("35.15", 2024, 12))
    good, bad = tmp_path / "terbitan.json", tmp_path / "diubah.json"
    good.write_bytes(raw)
    proven = verify(good)
    assert proven.returncode == 0, proven.stdout + proven.stderr
    bundle = json.loads(raw)
    target = next(one for one in bundle["figures"] if one["key"] == "absorption/12")
    target["value"], target["shown"] = 99, "99,00"
    bad.write_text(json.dumps(bundle))
    refused = verify(bad)
    assert refused.returncode == 1
    assert "absorption/12" in refused.stdout + refused.stderr


def test_one_number_stands_in_the_figure_the_frozen_page_the_csv_and_the_file(tmp_path: Path) -> None:
    government = a_government()
    run = a_run(government, realised=333)
    publish_run(run, reason="", by=people.leader(government))
    frozen = published.publication("35.15", 2024, 12)
    rows = list(csv.DictReader(io.StringIO(published.csv_bytes(frozen).decode("utf-8-sig"))))
    told = {
        run.figures.get(key="absorption/12").shown,
        published.published_figure(frozen, "absorption/12").figure.shown,
        next(row["shown"] for row in rows if row["key"] == "absorption/12"),
        next(
            one["shown"] for one in json.loads(published.json_bytes(frozen))["figures"] if one["key"] == "absorption/12"
        ),
    }
    assert told == {"33,30"}


def test_figures_of_an_invented_government_are_marked_inside_the_file() -> None:
    government = a_government(is_fictitious=True)
    publish_run(a_run(government), reason="", by=people.leader(government))
    bundle = json.loads(published.json_bytes(published.publication("35.15", 2024, 12)))
    assert bundle["meta"]["fictitious"] is True
    assert published.published_governments()[0].is_fictitious


def test_no_persons_name_leaves_through_the_files_head() -> None:
    government = a_government()
    leader = people.a_person(government=government, role=Role.LEADER, full_name="Nama Seseorang")
    publish_run(a_run(government), reason="", by=leader)
    assert "Nama Seseorang" not in published.json_bytes(published.publication("35.15", 2024, 12)).decode()


def test_what_was_never_published_is_not_found() -> None:
    government = a_government()
    a_run(government)
    assert published.published_governments() == []
    for call in (
        lambda: published.published_versions("35.15"),
        lambda: published.publication("35.15", 2024, 12),
        lambda: published.publication("99.99", 2024, 12),
    ):
        with pytest.raises(NotFound):
            call()
    publish_run(government.runs.get(), reason="", by=people.leader(government))
    with pytest.raises(NotFound):
        published.publication("35.15", 2024, 12, 2)
    with pytest.raises(NotFound):
        published.published_figure(published.publication("35.15", 2024, 12), "absorption/13")
