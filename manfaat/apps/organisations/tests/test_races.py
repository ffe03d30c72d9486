"""Two people at the same moment. Only PostgreSQL lets two writers in; SQLite has them queue."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from manfaat.apps.accounts.actions import assign_role
from manfaat.apps.accounts.models import Role, RoleAssignment
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import AuditEvent, AuditHead
from manfaat.apps.core.queries import chain_faults
from manfaat.apps.organisations.actions import AgencyFacts, ensure_period, open_agency
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL by DATABASE_URL shows the race")


def at_once(*jobs):
    """Run the jobs in threads that start together; the errors they raised."""
    barrier, errors = threading.Barrier(len(jobs)), []

    def run(job):
        barrier.wait()
        try:
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_first_writers_of_a_chain_take_different_numbers():
    government = Government.objects.create(code="35.15", name="Sidoarjo", kind="kabupaten")

    def write():
        with transaction.atomic():
            for _ in range(2):
                record_event(by=None, verb="try", subject=government, summary="Uji.", government_id=government.pk)

    assert at_once(*[write] * 4) == []
    assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 9))
    assert AuditHead.objects.count() == 1
    assert chain_faults(government.pk) == []


def test_an_action_that_locks_the_government_does_not_deadlock_with_the_log():
    government = people.a_government()
    organiser = people.organiser(government)

    def restructure(number):
        facts = AgencyFacts(f"1.{number}", f"Dinas {number}", "dinas")
        return lambda: open_agency(government, facts, on=date(2024, 1, 1), by=organiser, decree="Perda 1")

    def log():
        for _ in range(20):
            record_event(by=organiser, verb="try", subject=government, summary="Uji.", government_id=government.pk)

    assert at_once(*[restructure(number) for number in range(6)], log, log) == []
    assert Agency.objects.count() == 6
    assert chain_faults(government.pk) == []


def test_two_clicks_at_once_give_one_role():
    government = people.a_government()
    administrator, person = people.administrator(government), people.a_person(government=government)

    def give():
        assign_role(
            person, role=Role.PLANNER, government_id=government.pk, valid_from=date(2024, 1, 1), by=administrator
        )

    assert at_once(give, give, give) == []
    assert RoleAssignment.objects.filter(user=person).count() == 1


def test_two_agencies_do_not_take_one_code():
    government = people.a_government()

    def opening(name):
        return lambda: open_agency(government, AgencyFacts("1.01", name, "dinas"), on=date(2024, 1, 1), by=None)

    errors = at_once(opening("Dinas A"), opening("Dinas B"))
    assert [type(error) for error in errors] == [Refused]
    assert Agency.objects.count() == 1


def test_two_imports_make_one_period():
    government = people.a_government()
    assert at_once(*[lambda: ensure_period(government, 2024, "month", 3)] * 4) == []
    assert Period.objects.count() == 1
