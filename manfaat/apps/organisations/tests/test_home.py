"""Where a person lands, and which governments they may choose."""

import pytest

from manfaat.apps.accounts.models import Role
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db


def home_of(person, rest=""):
    return people.signed_in(person).get(f"/beranda/{rest}").content.decode()


def test_a_leader_is_one_tap_from_the_scorecard():
    government = people.a_government(name="Kabupaten Sidoarjo")
    page = home_of(people.leader(government))
    assert f'class="button" href="/pemda/{government.code}/"' in page
    assert "Terbitkan angka" in page
    assert "Muat anggaran dan realisasi" not in page


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [
        (Role.PLANNER, "Muat anggaran dan realisasi", "Atur peran"),
        (Role.INSPECTOR, "Periksa realisasi", "Terbitkan angka"),
        (Role.REFORM_OFFICE, "Rawat susunan perangkat daerah", "Atur peran"),
        (Role.ADMINISTRATOR, "Atur peran", "Terbitkan angka"),
    ],
)
def test_the_cards_follow_the_rights(role, sees, misses):
    page = home_of(people.a_person(government=people.a_government(), role=role))
    assert sees in page
    assert misses not in page


def test_an_officer_goes_straight_to_the_own_agency():
    government = people.a_government()
    agency = people.an_agency(government, name="Dinas Kesehatan")
    page = home_of(people.officer(government, agency))
    assert f"/pemda/{government.code}/pd/{agency.public_id}/" in page
    assert "Rapor Dinas Kesehatan" in page
    assert "Isi realisasi indikator" in page


def test_a_person_with_two_governments_can_switch():
    one, two = people.a_government("35.15"), people.a_government("35.16")
    person = people.leader(one)
    people.assign_role(person, role=Role.ADMINISTRATOR, government_id=two.pk, valid_from=people.LONG_AGO, by=None)
    assert "Atur peran" not in home_of(person)
    assert "Atur peran" in home_of(person, "?pemda=35.16")
    assert "Atur peran" not in home_of(person, "?pemda=99.99")


def test_an_account_without_a_role_is_told_whom_to_ask():
    person = people.a_person(government=people.a_government())
    assert "Minta administrator daerah memberi peran" in home_of(person)
    assert "belum memegang peran" in people.signed_in(person).get("/pemda/").content.decode()


def test_a_province_sees_its_kabupaten_and_a_kabupaten_only_itself():
    province = people.a_government("35", name="Jawa Timur")
    own = people.a_government("35.15", name="Sidoarjo", parent=province)
    people.a_government("35.16", name="Mojokerto", parent=province)
    people.a_government("36.01", name="Pandeglang")
    page = people.signed_in(people.leader(province)).get("/pemda/").content.decode()
    assert "Sidoarjo" in page
    assert "Mojokerto" in page
    assert "Pandeglang" not in page
    page = people.signed_in(people.leader(own)).get("/pemda/").content.decode()
    assert "Sidoarjo" in page
    assert "Mojokerto" not in page


def test_roles_that_end_soon_are_announced():
    government = people.a_government()
    people.a_person(
        government=government, role=Role.PLANNER, valid_to=people.days_from_today(10), decree="SK", capacity="plt"
    )
    assert "1 peran berakhir dalam 30 hari" in home_of(people.administrator(government))


def test_the_menu_hides_what_may_not_be_done():
    government = people.a_government()
    leader = people.signed_in(people.leader(government)).get(f"/pemda/{government.code}/perangkat-daerah/")
    assert f'href="/pemda/{government.code}/audit/"' in leader.content.decode()
    assert f'href="/pemda/{government.code}/peran/"' not in leader.content.decode()
