"""What a role allows, where, and until when."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from manfaat.apps.accounts.access import RIGHTS_OF_ROLE, Right
from manfaat.apps.accounts.models import Role
from manfaat.apps.accounts.queries import assignments_of, check_may, government_ids_of, may
from manfaat.apps.core.errors import Denied, NotFound
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return people.a_government()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OPERATOR, Role.HEAD}])
def test_each_role_carries_its_rights_and_no_other(government, role):
    person = people.a_person(government=government, role=role)
    held = {right for right in Right if may(person, right, government_id=government.pk)}
    assert held == RIGHTS_OF_ROLE[role]


def test_no_role_both_enters_and_verifies_nor_publishes_and_assigns():
    for rights in RIGHTS_OF_ROLE.values():
        assert not {Right.VERIFY, Right.MEASURE} <= rights
        assert not {Right.VERIFY, Right.IMPORT_DATA} <= rights
        assert not {Right.PUBLISH, Right.ASSIGN_ROLES} <= rights


def test_a_role_in_one_agency_counts_for_that_agency_alone(government):
    own, other = people.an_agency(government, "1.01"), people.an_agency(government, "1.02")
    person = people.officer(government, own)
    assert may(person, Right.MEASURE, government_id=government.pk, agency_id=own.pk)
    assert not may(person, Right.MEASURE, government_id=government.pk, agency_id=other.pk)
    assert not may(person, Right.MEASURE, government_id=government.pk)
    assert may(person, Right.VIEW, government_id=government.pk)


def test_a_missing_right_is_denied_and_a_stranger_finds_nothing(government):
    with pytest.raises(Denied, match="memberi dan mencabut peran"):
        check_may(people.leader(government), Right.ASSIGN_ROLES, government_id=government.pk)
    for nobody in (people.stranger(), AnonymousUser()):
        with pytest.raises(NotFound):
            check_may(nobody, Right.VIEW, government_id=government.pk)


def test_an_acting_role_ends_on_its_date(government):
    with time_machine.travel("2024-03-01"):
        person = people.a_person(
            government=government,
            role=Role.LEADER,
            capacity="plt",
            decree="SK 12/2024",
            valid_from=date(2024, 3, 1),
            valid_to=date(2024, 4, 1),
        )
    with time_machine.travel("2024-02-28 12:00"):
        assert not may(person, Right.PUBLISH, government_id=government.pk)
    with time_machine.travel("2024-03-31 16:59+00:00"):  # 23.59 WIB on the last day
        assert may(person, Right.PUBLISH, government_id=government.pk)
    with time_machine.travel("2024-03-31 17:00+00:00"):  # midnight in Jakarta
        assert not may(person, Right.PUBLISH, government_id=government.pk)
        assert government_ids_of(person) == set()
    assert assignments_of(person, date(2024, 3, 15)).count() == 1


def test_the_page_of_an_acting_leader_closes_on_the_same_day(government):
    person = people.a_person(
        government=government,
        role=Role.ADMINISTRATOR,
        capacity="plh",
        decree="SK 1",
        valid_from=date(2024, 3, 1),
        valid_to=date(2024, 4, 1),
    )
    address = f"/pemda/{government.code}/peran/"
    with time_machine.travel("2024-03-31 10:00"):
        client = people.signed_in(person)
        assert client.get(address).status_code == 200
    with time_machine.travel("2024-04-01 10:00"):
        client = people.signed_in(person)
        assert client.get(address).status_code == 404


def test_roles_are_read_once_in_a_request_however_often_they_are_asked(
    government, django_assert_num_queries, django_assert_max_num_queries
):
    person = people.leader(government)
    person.keeps_roles = True
    with django_assert_num_queries(1):
        for right in Right:
            may(person, right, government_id=government.pk)
        government_ids_of(person)
    with time_machine.travel("2034-01-01"), django_assert_num_queries(1):
        may(person, Right.VIEW, government_id=government.pk)


def test_outside_a_request_a_new_role_counts_at_once(government):
    person = people.a_person(government=government)
    assert not may(person, Right.PUBLISH, government_id=government.pk)
    people.assign_role(person, role=Role.LEADER, government_id=government.pk, valid_from=people.LONG_AGO, by=None)
    assert may(person, Right.PUBLISH, government_id=government.pk)
