"""Computing: who may, what stays, when a run is stale."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from manfaat import engine
from manfaat.apps.accounts.models import User
from manfaat.apps.budgets.actions import record_code_names, retract_entries
from manfaat.apps.core.errors import Denied, NotFound, Refused
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.actions import ensure_period
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.plans.actions import set_target
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring import queries
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.models import Run
from manfaat.apps.scoring.needs import need_of
from manfaat.apps.scoring.queries.runs import is_known_stale
from manfaat.apps.scoring.tests.facts import an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR = (2024, "year", 1)


def a_full_government() -> tuple[Government, Agency, Indicator]:
    government = a_government()
    agency = an_agency(government)
    spend(government, agency, ceiling=1000, realised={12: 900})
    indicator = an_indicator(government)
    reach(indicator, {YEAR: 80})
    promise(indicator, {YEAR: 100})
    return government, agency, indicator


def test_the_planner_computes_and_the_log_says_so() -> None:
    government, _agency, _indicator = a_full_government()
    planner = people.planner(government)
    run = compute_run(government, year=2024, month=12, by=planner)
    assert run.computed_by == planner
    event = AuditEvent.objects.filter(verb="compute_run").get()
    assert (event.actor, event.detail["result"]) == (planner, run.result_digest)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [(people.leader, Denied), (people.verifier, Denied), (lambda _government: people.stranger(), NotFound)],
)
def test_who_may_not_compute(who: Callable[[Government], User], refusal: type[Exception]) -> None:
    government, _agency, _indicator = a_full_government()
    with pytest.raises(refusal):
        compute_run(government, year=2024, month=12, by=who(government))
    assert not Run.objects.exists()


def test_a_double_click_computes_once() -> None:
    government, _agency, _indicator = a_full_government()
    first = compute_run(government, year=2024, month=12, by=None)
    again = compute_run(government, year=2024, month=12, by=None)
    assert first == again
    assert AuditEvent.objects.filter(verb="compute_run").count() == 1


def test_a_newer_run_takes_over_and_the_old_one_stays() -> None:
    government, agency, _indicator = a_full_government()
    old = compute_run(government, year=2024, month=12, by=None)
    spend(government, agency, realised={12: 950})
    new = compute_run(government, year=2024, month=12, by=None)
    old.refresh_from_db()
    assert (old.is_current, new.is_current) == (False, True)
    assert old.figures.get(key="absorption/12").value == 90
    assert new.figures.get(key="absorption/12").value == 95


def test_the_same_records_give_the_same_result_to_the_bit() -> None:
    government, _agency, _indicator = a_full_government()
    one = compute_run(government, year=2024, month=12, by=None)
    Run.objects.update(is_current=False)
    two = compute_run(government, year=2024, month=12, by=None)
    assert one != two
    assert one.result_digest == two.result_digest


CHANGES: dict[str, Callable[[Government, Agency, Indicator], object]] = {
    "a newer budget file": lambda g, a, i: spend(g, a, realised={12: 901}),
    "an earlier month": lambda g, a, i: spend(g, a, realised={11: 900}),
    "a cash plan": lambda g, a, i: spend(g, a, planned={1: 10}),
    "an agency": lambda g, a, i: an_agency(g, "1.02"),
    "an agency's name": lambda g, a, i: Agency.objects.filter(pk=a.pk).update(name="Dinas lain"),
    "a measurement": lambda g, a, i: reach(i, {YEAR: 81}),
    "last year's measurement": lambda g, a, i: reach(i, {(2023, "year", 1): 70}),
    "a target": lambda g, a, i: set_target(i, ensure_period(g, 2024, "year", 1), value=90, by=None),
    "the definition": lambda g, a, i: Indicator.objects.filter(pk=i.pk).update(method_options={"cap": 120}),
    "a verification": lambda g, a, i: i.measurements.update(
        verified_by=people.verifier(g), verified_at="2025-01-10T00:00:00+00:00"
    ),
    "an amount changed behind the actions": lambda g, a, i: a.budget_entries.update(amount_rp=1),
    "the name of a file": lambda g, a, i: g.source_files.update(title="Judul baru"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_run_is_stale_after(what: str) -> None:
    government, agency, indicator = a_full_government()
    run = compute_run(government, year=2024, month=12, by=None)
    assert not queries.is_stale(run)
    CHANGES[what](government, agency, indicator)
    assert queries.is_stale(run)
    assert queries.stale_runs(government) == [run]


def test_what_happens_after_its_month_leaves_a_run_alone() -> None:
    government, agency, _indicator = a_full_government()
    quarterly = an_indicator(government, "IKU-2")
    run = compute_run(government, year=2024, month=6, by=None)
    spend(government, agency, realised={9: 700})
    reach(quarterly, {(2024, "quarter", 3): 5})
    assert not queries.is_stale(run)
    reach(quarterly, {(2024, "quarter", 2): 4})
    assert queries.is_stale(run)


def test_undoing_a_file_brings_back_the_old_fingerprint() -> None:
    government, agency, _indicator = a_full_government()
    run = compute_run(government, year=2024, month=12, by=None)
    file = spend(government, agency, realised={12: 950})
    assert queries.is_stale(run)
    retract_entries(file, by=people.planner(government))
    assert not queries.is_stale(run)


def test_another_governments_records_leave_a_run_alone() -> None:
    government, _agency, _indicator = a_full_government()
    run = compute_run(government, year=2024, month=12, by=None)
    other = a_government("35.16")
    spend(other, an_agency(other), ceiling=5, realised={12: 5})
    assert not queries.is_stale(run)


def test_new_rules_make_a_run_stale() -> None:
    government, _agency, _indicator = a_full_government()
    run = compute_run(government, year=2024, month=12, by=None)
    run.rules_digest = "0" * 64
    assert queries.is_stale(run)


def test_a_government_without_data_gets_a_run_that_says_so() -> None:
    government = a_government()
    run = compute_run(government, year=2024, month=12, by=None)
    assert run.parameters["has_data"] is False
    assert {figure.status for figure in run.figures.exclude(measure__in=["measurable", "comparable"])} == {"missing"}
    assert "belum ada data" in AuditEvent.objects.get(verb="compute_run").summary


@pytest.mark.parametrize(("year", "month"), [(2024, 0), (2024, 13), (1800, 1), (20240, 1)])
def test_a_period_that_is_none_is_refused(year: int, month: int) -> None:
    with pytest.raises(Refused, match="Bulan harus 1 sampai 12"):
        compute_run(a_government(), year=year, month=month, by=None)


def test_every_figure_of_a_run_recomputes_and_refers_to_figures_of_the_run() -> None:
    government, agency, _indicator = a_full_government()
    spend(government, agency, planned=dict.fromkeys(range(1, 13), 80))
    run = compute_run(government, year=2024, month=12, by=None)
    bundle = engine.bundle.build({}, run.figures.order_by("pk").values_list("record", flat=True))
    assert engine.bundle.verify(bundle) == []


def test_two_agencies_of_one_code_in_one_year_keep_their_own_figures() -> None:
    government, agency, _indicator = a_full_government()
    Agency.objects.filter(pk=agency.pk).update(valid_to="2024-07-01")
    successor = an_agency(government, agency.code, on=agency.valid_from.replace(year=2024, month=7))
    spend(government, successor, ceiling=500, realised={12: 250})
    run = compute_run(government, year=2024, month=12, by=None)
    assert run.figures.get(measure="absorption", month=12, agency=successor).value == 50
    assert run.figures.get(measure="absorption", month=12, agency=agency).value == 90


def test_the_command_computes_shows_the_digest_and_names_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    a_full_government()
    call_command("compute", "35.15", "2024", "12", "--dry-run")
    assert not Run.objects.exists()
    call_command("compute", "35.15", "2024", "12")
    assert Run.objects.get().result_digest in capsys.readouterr().out
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("compute", "77.77", "2024", "12")
    with pytest.raises(CommandError, match="Bulan"):
        call_command("compute", "35.15", "2024", "13")


def test_a_page_reads_the_records_again_only_after_an_event(django_assert_num_queries: Any) -> None:
    government, agency, _indicator = a_full_government()
    run = compute_run(government, year=2024, month=12, by=None)
    assert not is_known_stale(run)
    with django_assert_num_queries(1):
        assert not is_known_stale(run)
    spend(government, agency, realised={12: 901})
    assert is_known_stale(run)
    with django_assert_num_queries(1):
        assert is_known_stale(run)


def test_a_run_keeps_what_its_pages_ask_for() -> None:
    government, _agency, indicator = a_full_government()
    untold = an_indicator(government, "IKU-2", name="Tanpa apa pun")
    an_indicator(government, "OUT", level="output")
    run = compute_run(government, year=2024, month=12, by=None)
    run.refresh_from_db()
    assert run.parameters["needs"] == [[indicator.pk, None, "short"], [untold.pk, None, "unmeasured"]]
    assert run.parameters["without_target"] == {"count": 1, "names": ["Tanpa apa pun"]}


@pytest.mark.parametrize(
    ("achievement", "change", "need"),
    [
        (99.99, -1, "worse"), (99.99, 0, "short"), (99.99, None, "short"), (99.99, 1, "better"), (100, -1, "met"),
        (None, 1, "unmeasured"),
    ],
)  # fmt: skip
def test_what_an_indicator_asks_of_its_reader(achievement: float | None, change: float | None, need: str) -> None:
    assert need_of(achievement, change) == need


def test_a_new_name_of_the_same_length_makes_a_run_stale() -> None:
    government = people.a_government("35.15")
    spend(government, an_agency(government), ceiling=100, realised={6: 40}, programme_code="1.01.02")
    record_code_names(government, {"1.01.02": "Program B"}, by=None)
    run = compute_run(government, year=2024, month=12, by=None)
    assert not queries.is_stale(run)
    record_code_names(government, {"1.01.02": "Program Z"}, by=None)
    assert queries.is_stale(run)
