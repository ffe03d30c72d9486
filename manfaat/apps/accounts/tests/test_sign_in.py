"""Signing in, staying in, being kept out."""

import re

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from manfaat.apps.accounts.actions import create_person
from manfaat.apps.accounts.models import Role
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db
LOGIN = "/akun/masuk/"
LOCKED = "Terlalu banyak percobaan masuk yang gagal"


def sign_in(client, person, password=people.PASSWORD):
    return client.post(LOGIN, {"login": person.username, "password": password})


def test_the_right_password_opens_the_home_page():
    person = people.leader(people.a_government())
    response = sign_in(Client(), person)
    assert (response.status_code, response["Location"]) == (302, "/beranda/")


def test_a_page_asks_for_sign_in_and_leads_back():
    response = Client().get("/pemda/35.15/peran/")
    assert response["Location"] == f"{LOGIN}?next=/pemda/35.15/peran/"


def test_five_wrong_passwords_hold_the_name_for_five_minutes_and_no_longer():
    person = people.leader(people.a_government())
    with time_machine.travel("2024-04-18 09:00", tick=False) as clock:
        for _ in range(5):
            response = sign_in(Client(), person, "salah-sekali")
            assert "Nama masuk atau kata sandi tidak cocok" in response.content.decode()
        assert LOCKED in sign_in(Client(), person).content.decode()
        clock.shift(301)
        assert sign_in(Client(), person).status_code == 302


def test_one_held_name_does_not_hold_another():
    government = people.a_government()
    held, free = people.leader(government), people.leader(government)
    for _ in range(5):
        sign_in(Client(), held, "salah-sekali")
    assert sign_in(Client(), free).status_code == 302


@pytest.mark.parametrize("page", ["signup", "email", "password/reset", "daftar"])
def test_pages_that_do_not_work_here_do_not_exist(page):
    assert Client().get(f"/akun/{page}/").status_code == 404


def test_a_demo_person_is_refused_outside_the_demo_and_so_is_a_running_session(settings):
    government = people.a_government()
    person = people.leader(government)
    person.is_demo = True
    person.save()
    client = Client()
    assert sign_in(client, person).status_code == 302
    assert client.get("/pemda/").status_code == 200
    settings.DEMO = False
    assert client.get("/pemda/")["Location"].startswith(LOGIN)
    late = Client()
    assert sign_in(late, person)["Location"] == "/akun/nonaktif/"
    assert "akun demo" in late.get("/akun/nonaktif/").content.decode()
    assert late.get("/pemda/").status_code == 302


def test_a_one_time_password_opens_only_the_page_that_replaces_it():
    government = people.a_government()
    account = create_person(
        government_id=government.pk, username="baru", full_name="Orang Baru", by=people.administrator(government)
    )
    client = Client()
    sign_in(client, account.person, account.password)
    assert client.get("/pemda/")["Location"] == "/akun/sandi/"
    own = "sawah-hijau-di-kaki-bukit"
    form = {"oldpassword": account.password, "password1": own, "password2": own}
    assert client.post("/akun/sandi/", form)["Location"] == "/beranda/"
    assert client.get("/pemda/").status_code == 200
    account.person.refresh_from_db()
    assert not account.person.must_change_password


def test_a_weak_password_is_refused_where_it_is_chosen():
    client = people.signed_in(people.leader(people.a_government()))
    form = {"oldpassword": people.PASSWORD, "password1": "password1234", "password2": "password1234"}
    response = client.post("/akun/sandi/", form)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()


def test_other_sessions_can_be_ended():
    person = people.leader(people.a_government())
    here, elsewhere = Client(HTTP_USER_AGENT="di sini"), Client(HTTP_USER_AGENT="di sana")
    sign_in(here, person)
    sign_in(elsewhere, person)
    elsewhere.get("/pemda/")
    assert "di sana" in here.get("/akun/sesi/").content.decode()
    here.post("/akun/sesi/")
    assert elsewhere.get("/pemda/").status_code == 302
    assert here.get("/pemda/").status_code == 200


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_two_steps_can_be_switched_on_and_are_then_asked_for():
    person = people.leader(people.a_government())
    client = Client()
    sign_in(client, person)
    asked = client.get("/akun/dua-langkah/aktifkan/")
    assert asked["Location"].startswith("/akun/konfirmasi/")
    page = client.post(asked["Location"], {"password": people.PASSWORD}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    response = client.post("/akun/dua-langkah/aktifkan/", {"code": code_of(secret)})
    assert response["Location"] == "/akun/kode-cadangan/"
    assert client.get("/akun/kode-cadangan/").status_code == 200
    assert get_adapter().is_mfa_enabled(person)
    again = Client()
    assert sign_in(again, person)["Location"] == "/akun/dua-langkah/masuk/"
    assert again.get("/pemda/").status_code == 302
    with time_machine.travel("2034-01-01", tick=False):
        again.get("/akun/dua-langkah/masuk/")
        sign_in(again, person)
        assert again.post("/akun/dua-langkah/masuk/", {"code": code_of(secret)})["Location"] == "/beranda/"


@pytest.mark.parametrize("name", ["account_logout", "mfa_index", "usersessions_list", "account_change_password"])
def test_every_account_page_opens(name):
    client = Client()
    sign_in(client, people.a_person(government=people.a_government(), role=Role.PLANNER))
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


def test_nobody_signs_in_with_an_inactive_account():
    person = people.leader(people.a_government())
    person.is_active = False
    person.save()
    client = Client()
    assert sign_in(client, person)["Location"] == "/akun/nonaktif/"
    assert client.get("/pemda/").status_code == 302
