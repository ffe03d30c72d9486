"""Two files at the same moment, and hands beside them. Only PostgreSQL lets two writers in."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from manfaat.apps.budgets.actions import NewEntry, record_entries
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.models import SourceFile
from manfaat.apps.core.queries import chain_faults
from manfaat.apps.imports.actions import claim_batch, queue_batch, run_claimed
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.tests import files
from manfaat.apps.measurements.actions import NewMeasurement, record_measurements, set_measurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.actions import AgencyFacts, open_agency
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.test_races import at_once
from manfaat.apps.plans.actions import Definition, NewTarget, add_indicator, record_targets, set_target
from manfaat.apps.plans.models import Target
from manfaat.apps.services.actions import NewResponse, open_units, record_responses
from manfaat.apps.services.models import Response, ServiceUnit, Tally

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture(autouse=True)
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL by DATABASE_URL shows the race")


@pytest.fixture
def government() -> Government:
    government = people.a_government("35.15")
    people.a_year(government, 2024)
    return government


def a_file(government: Government, name: str) -> SourceFile:
    return SourceFile.objects.create(government=government, name=name, sha256=name.ljust(64, "0"))


def an_indicator(government: Government, **more: int):
    sheet = Definition("IKU-1", "Cakupan layanan", "%", "outcome", "achievement.higher_is_better", **more)
    return add_indicator(government, sheet, by=None)


def test_of_two_budget_files_for_one_month_one_stays_current(government: Government) -> None:
    agency = people.an_agency(government)

    def recording(name: str):
        source = a_file(government, name)
        entries = [
            NewEntry(agency.pk, 2024, "realisation", 1, "", 6, account_code=f"5.1.{number}") for number in range(200)
        ]
        return lambda: record_entries(source, entries, by=None)

    for number in range(ROUNDS):
        assert at_once(recording(f"a{number}"), recording(f"b{number}")) == []
        current = BudgetEntry.objects.filter(is_current=True)
        assert (current.count(), current.values("source_file").distinct().count()) == (200, 1)


def test_of_two_indicator_files_one_stays_current_and_nobody_sees_an_error(government: Government) -> None:
    indicator, year = an_indicator(government), government.periods.get(kind="year")

    def recording(number: int):
        source = a_file(government, f"{number}")

        def record() -> None:
            record_targets(source, [NewTarget(indicator.pk, year.pk, Decimal(number))], by=None)
            record_measurements(source, [NewMeasurement(indicator.pk, year.pk, Decimal(number))], by=None)

        return record

    assert at_once(*[recording(number) for number in range(4)]) == []
    assert (Target.objects.count(), Measurement.objects.count()) == (4, 4)
    assert (Target.objects.filter(is_current=True).count(), Measurement.objects.filter(is_current=True).count()) == (
        1,
        1,
    )


def test_a_double_click_on_an_empty_period_gives_one_value_and_one_target(government: Government) -> None:
    agency = people.an_agency(government)
    indicator = an_indicator(government, agency_id=agency.pk)
    officer, planner = people.officer(government, agency), people.planner(government)
    for period in government.periods.all():
        entry = NewMeasurement(indicator.pk, period.pk, Decimal("0.1"))

        def enter(period=period, entry=entry) -> None:
            set_measurement(indicator, period, entry=entry, by=officer)

        def promise(period=period) -> None:
            set_target(indicator, period, value=Decimal("0.1"), by=planner)

        assert at_once(enter, enter, promise, promise) == []
    count = government.periods.count()
    assert (Target.objects.count(), Measurement.objects.count()) == (count, count)


def test_of_two_survey_files_that_replace_each_other_one_counts(government: Government) -> None:
    open_units(government, ["Loket A"], by=None)
    unit = ServiceUnit.objects.get()

    def recording(name: str):
        source = a_file(government, name)
        answers = [NewResponse(unit.pk, 2024, 3, (4,) * 9, "", "", "", "", row) for row in range(200)]
        return lambda: record_responses(source, answers, {(unit.pk, 2024, 3)}, replaces=True, by=None)

    for number in range(ROUNDS):
        assert at_once(recording(f"a{number}"), recording(f"b{number}")) == []
        assert Response.objects.filter(is_current=True).count() == 200
        assert Tally.objects.count() == 1


def test_imports_that_open_indicators_do_not_deadlock_with_those_who_lock_the_government(
    government: Government,
) -> None:
    planner = people.planner(government)
    client = people.signed_in(planner)

    def applying(number: int):
        rows = [(f"IKU-{number}", f"Indikator {number}", "%", "naik", "", 9, 8, "")]
        content = files.indicators(rows)
        batch = files.mapped(client, files.uploaded(client, "35.15", content, name=f"{number}.xlsx", kind="indicators"))
        queue_batch(batch, version=batch.version, by=planner)
        batch.refresh_from_db()
        claim = claim_batch(batch)
        assert claim is not None
        return lambda: run_claimed(claim)

    def restructure() -> None:
        for number in range(10):
            open_agency(
                government, AgencyFacts(f"1.{number}", f"Dinas {number}", "dinas"), on=date(2024, 1, 1), by=None
            )

    def log() -> None:
        for _ in range(20):
            record_event(by=planner, verb="try", subject=government, summary="Uji.", government_id=government.pk)

    assert at_once(*[applying(number) for number in range(4)], restructure, log) == []
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {"applied"}, ImportBatch.objects.values("error")
    assert chain_faults(government.pk) == []
