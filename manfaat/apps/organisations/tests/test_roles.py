"""Giving and ending roles, making accounts."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from manfaat.apps.accounts.models import Role, RoleAssignment, User
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return people.a_government()


@pytest.fixture
def admin(government):
    return people.administrator(government)


def address(government, rest=""):
    return f"/pemda/{government.code}/peran/{rest}"


def role_form(person, **changes):
    form = {"username": person.username, "role": "planner", "capacity": "definitive", "decree": "SK 1/2024"}
    return form | {"valid_from": "2024-04-18", "last_day": ""} | changes


def test_an_administrator_gives_a_role_and_the_log_keeps_it(government, admin):
    person = people.a_person(government=government)
    response = people.signed_in(admin).post(address(government, "beri/"), role_form(person))
    assert (response.status_code, response["Location"]) == (302, address(government))
    assert RoleAssignment.objects.get(user=person).role == Role.PLANNER
    event = AuditEvent.objects.get(verb="assign_role", actor=admin)
    assert event.summary == f"Memberi peran Perencana kepada akun nomor {person.pk}."
    assert event.detail["decree"] == "SK 1/2024"


def test_a_double_click_gives_the_role_once(government, admin):
    person, client = people.a_person(government=government), people.signed_in(admin)
    for _ in range(2):
        assert client.post(address(government, "beri/"), role_form(person)).status_code == 302
    assert RoleAssignment.objects.filter(user=person).count() == 1
    assert AuditEvent.objects.filter(verb="assign_role", actor=admin).count() == 1


def test_nobody_gives_or_ends_a_role_of_their_own(government, admin):
    client = people.signed_in(admin)
    response = client.post(address(government, "beri/"), role_form(admin))
    assert response.status_code == 409
    assert "kepada dirinya sendiri" in response.content.decode()
    own = RoleAssignment.objects.get(user=admin)
    response = client.post(address(government, f"{own.public_id}/akhiri/"), {"on": "2044-01-01"})
    assert response.status_code == 409
    own.refresh_from_db()
    assert own.valid_to is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"capacity": "plt"}, "harus menyebut surat keputusan"),
        ({"capacity": "pj", "decree": "", "last_day": "2024-06-30"}, "harus menyebut surat keputusan"),
        ({"last_day": "2024-04-01"}, "berakhir sesudah mulai"),
        ({"role": "operator"}, "Pilih perangkat daerahnya"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_a_sentence_and_the_form_kept(government, admin, changes, sentence):
    person = people.a_person(government=government)
    response = people.signed_in(admin).post(address(government, "beri/"), role_form(person, **changes))
    text = response.content.decode()
    assert response.status_code == 409
    assert sentence in text
    assert f'value="{person.username}"' in text
    assert not RoleAssignment.objects.filter(user=person).exists()


def test_the_same_role_twice_at_one_time_is_refused(government, admin):
    person = people.planner(government)
    response = people.signed_in(admin).post(address(government, "beri/"), role_form(person))
    assert response.status_code == 409
    assert "sudah memegang peran" in response.content.decode()


def test_the_same_role_again_after_it_ended_is_given(government, admin):
    person = people.a_person(government=government, role=Role.PLANNER, valid_to=date(2024, 4, 18))
    response = people.signed_in(admin).post(address(government, "beri/"), role_form(person))
    assert response.status_code == 302


def test_a_role_outlives_no_agency_and_enters_no_foreign_one(government, admin):
    person = people.a_person(government=government)
    foreign = people.an_agency(people.a_government("35.16"))
    form = role_form(person, role="operator", agency=foreign.pk)
    assert people.signed_in(admin).post(address(government, "beri/"), form).status_code == 422


def test_an_unknown_name_is_a_wrong_form(government, admin):
    response = people.signed_in(admin).post(address(government, "beri/"), role_form(User(username="tidak-ada")))
    assert response.status_code == 422
    assert "Tidak ada akun aktif" in response.content.decode()


def test_a_role_ends_at_once_and_a_stale_form_is_refused(government, admin):
    person = people.planner(government)
    role = RoleAssignment.objects.get(user=person)
    end = address(government, f"{role.public_id}/akhiri/")
    with time_machine.travel("2024-04-18 10:00"):
        client = people.signed_in(admin)
        assert client.post(end, {"on": "2024-04-18"}).status_code == 302
        role.refresh_from_db()
        assert role.valid_to == date(2024, 4, 18)
        assert client.post(end, {"on": "2024-04-18"}).status_code == 302
        stale = client.post(end, {"on": "2024-05-01"})
    assert stale.status_code == 409
    assert "sudah berakhir pada 18 April 2024" in stale.content.decode()
    assert AuditEvent.objects.filter(verb="end_role").count() == 1


def test_what_has_happened_is_not_ended_backwards(government, admin):
    role = RoleAssignment.objects.get(user=people.planner(government))
    with time_machine.travel("2024-04-18 10:00"):
        response = people.signed_in(admin).post(address(government, f"{role.public_id}/akhiri/"), {"on": "2024-01-01"})
    assert response.status_code == 409


def test_a_role_that_has_not_begun_is_taken_back_whole(government, admin):
    person = people.a_person(government=government, role=Role.PLANNER, valid_from=date(2034, 1, 1))
    role = RoleAssignment.objects.get(user=person)
    response = people.signed_in(admin).post(address(government, f"{role.public_id}/akhiri/"), {"on": "2034-01-01"})
    assert response.status_code == 302
    assert not RoleAssignment.objects.filter(user=person).exists()


def test_the_list_parts_today_from_earlier_and_later(government, admin):
    people.a_person(government=government, full_name="Dulu", role=Role.PLANNER, valid_to=date(2016, 1, 1))
    people.a_person(government=government, full_name="Nanti", role=Role.PLANNER, valid_from=date(2090, 1, 1))
    page = people.signed_in(admin).get(address(government)).content.decode()
    assert page.index("Berlaku hari ini") < page.index("Akan berlaku") < page.index("Nanti") < page.index("Dulu")


def test_the_list_costs_the_same_queries_for_many_people(government, admin):
    client = people.signed_in(admin)
    few = people.queries_of(client, address(government))
    for _ in range(8):
        people.planner(government)
    assert people.queries_of(client, address(government)) == few


def test_strangers_find_nothing_and_others_are_denied(government, admin):
    role = RoleAssignment.objects.get(user=admin)
    pages = ["", "beri/", "akun-baru/", f"{role.public_id}/akhiri/", f"{role.public_id}/sandi-baru/"]
    stranger, leader = people.signed_in(people.stranger()), people.signed_in(people.leader(government))
    for page in pages:
        assert stranger.get(address(government, page)).status_code == 404
        assert leader.get(address(government, page)).status_code == 403
        assert Client().get(address(government, page)).status_code == 302


def test_a_role_of_another_government_cannot_be_ended_from_here(government, admin):
    foreign = RoleAssignment.objects.get(user=people.stranger())
    response = people.signed_in(admin).post(address(government, f"{foreign.public_id}/akhiri/"), {"on": "2044-01-01"})
    assert response.status_code == 404


def test_an_account_is_made_with_a_password_shown_once(government, admin):
    client = people.signed_in(admin)
    form = {"full_name": "Siti Aminah", "username": "siti"}
    response = client.post(address(government, "akun-baru/"), form)
    page = response.content.decode()
    word = re.search(r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>", page)[1]
    assert User.objects.get(username="siti").check_password(word)
    assert "no-store" in response["Cache-Control"]
    assert client.post(address(government, "akun-baru/"), form).status_code == 409
    assert client.post(address(government, "akun-baru/"), form | {"username": "dua kata"}).status_code == 409
    assert User.objects.filter(username__in=["siti", "dua kata"]).count() == 1
    assert word not in str(list(AuditEvent.objects.values_list("summary", "detail")))


def test_a_new_password_ends_the_old_one_and_its_sessions(government, admin):
    person = people.planner(government)
    role = RoleAssignment.objects.get(user=person)
    theirs = people.signed_in(person)
    assert theirs.get("/pemda/").status_code == 200
    response = people.signed_in(admin).post(address(government, f"{role.public_id}/sandi-baru/"))
    word = re.search(r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>", response.content.decode())[1]
    person.refresh_from_db()
    assert person.check_password(word)
    assert person.must_change_password
    assert theirs.get("/pemda/").status_code == 302


def test_the_password_of_somebody_with_a_role_elsewhere_is_out_of_reach(government, admin):
    person = people.planner(government)
    people.assign_role(
        person,
        role=Role.LEADER,
        government_id=people.a_government("35").pk,
        valid_from=people.LONG_AGO,
        by=None,
    )
    role = RoleAssignment.objects.get(user=person, role=Role.PLANNER)
    response = people.signed_in(admin).post(address(government, f"{role.public_id}/sandi-baru/"))
    assert response.status_code == 409
    assert person.check_password(people.PASSWORD)
