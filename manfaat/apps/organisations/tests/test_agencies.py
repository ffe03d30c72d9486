"""The structure as it was on a day, and how it changes."""

from datetime import date

import pytest
from django.test import Client

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import RoleAssignment
from manfaat.apps.accounts.queries import may
from manfaat.apps.core.errors import Denied, NotFound, Refused
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.actions import (
    AgencyFacts,
    close_agency,
    merge_agencies,
    move_agency,
    open_agency,
    rename_agency,
    split_agency,
)
from manfaat.apps.organisations.models import Agency, Succession
from manfaat.apps.organisations.queries import (
    agencies_on,
    agency_tree,
    lineage_of,
    origins_of,
    successors_of,
)
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db
NEW_YEAR, LATER = date(2024, 1, 1), date(2025, 1, 1)
DECREE = "Perda 5/2023"


@pytest.fixture
def government():
    return people.a_government()


@pytest.fixture
def by(government):
    return people.organiser(government)


def address(agency, rest=""):
    return f"/pemda/{agency.government.code}/perangkat-daerah/{agency.public_id}/{rest}"


def names_on(government, day):
    return [(placed.agency.name, placed.depth) for placed in agency_tree(government, day)]


def test_an_agency_is_opened_from_the_page_and_recorded(government, by):
    form = {"code": "1.02", "name": "Dinas Kesehatan", "kind": "dinas", "on": "2024-01-01", "decree": DECREE}
    client = people.signed_in(by)
    for _ in range(2):  # a double click
        response = client.post(f"/pemda/{government.code}/perangkat-daerah/baru/", form)
        assert response.status_code == 302
    agency = Agency.objects.get()
    assert (agency.name, agency.valid_from, agency.decree) == ("Dinas Kesehatan", NEW_YEAR, DECREE)
    assert AuditEvent.objects.filter(verb="open_agency").count() == 1


def test_a_code_in_use_at_that_time_is_refused_and_free_again_afterwards(government, by):
    old = people.an_agency(government, "1.01")
    facts = AgencyFacts("1.01", "Dinas Lain", "dinas")
    with pytest.raises(Refused, match=r"Kode 1\.01 dipakai Dinas 1\.01"):
        open_agency(government, facts, on=NEW_YEAR, by=by, decree=DECREE)
    close_agency(old, on=NEW_YEAR, by=by, decree=DECREE)
    assert open_agency(government, facts, on=NEW_YEAR, by=by, decree=DECREE).code == "1.01"


def test_a_rename_keeps_the_old_name_for_the_days_before(government, by):
    old = people.an_agency(government, name="Dinas Lama")
    response = people.signed_in(by).post(
        address(old, "ganti-nama/"),
        {"name": "Dinas Baru", "code": old.code, "kind": old.kind, "on": "2024-01-01", "decree": DECREE},
    )
    assert response["Location"] == address(old)
    assert names_on(government, date(2023, 12, 31)) == [("Dinas Lama", 0)]
    assert names_on(government, NEW_YEAR) == [("Dinas Baru", 0)]
    new = successors_of(old)[0].successor
    assert [step.predecessor for step in origins_of(new)] == [old]
    assert "Dinas Lama" in people.signed_in(by).get(address(new)).content.decode()


def test_the_people_of_a_renamed_agency_keep_their_roles(government, by):
    old = people.an_agency(government)
    officer = people.officer(government, old)
    new = rename_agency(old, name="Dinas Baru", on=NEW_YEAR, by=by, decree=DECREE)
    assert may(officer, Right.MEASURE, government_id=government.pk, agency_id=new.pk)
    assert not may(officer, Right.MEASURE, government_id=government.pk, agency_id=old.pk)
    assert RoleAssignment.objects.get(user=officer, agency=old).valid_to == NEW_YEAR


def test_a_second_click_on_rename_changes_nothing_and_a_stale_form_is_refused(government, by):
    old = people.an_agency(government)
    client = people.signed_in(by)
    form = {"name": "Dinas Baru", "code": old.code, "kind": old.kind, "on": "2024-01-01", "decree": DECREE}
    assert client.post(address(old, "ganti-nama/"), form).status_code == 302
    assert client.post(address(old, "ganti-nama/"), form).status_code == 302
    assert Agency.objects.count() == 2
    stale = client.post(address(old, "ganti-nama/"), form | {"name": "Dinas Lain"})
    assert stale.status_code == 409
    assert "sudah berakhir pada 1 Januari 2024" in stale.content.decode()
    assert AuditEvent.objects.filter(verb="rename_agency").count() == 1


def test_a_merge_moves_units_ends_roles_and_links_all(government, by):
    one, two = people.an_agency(government, "1.01"), people.an_agency(government, "1.02")
    unit = people.an_agency(government, "1.01.01", parent=one, kind="lainnya")
    officer = people.officer(government, one)
    form = {"agencies": [one.pk, two.pk], "code": "1.01", "name": "Dinas Gabungan", "kind": "dinas"}
    client = people.signed_in(by)
    for _ in range(2):
        response = client.post(
            f"/pemda/{government.code}/perangkat-daerah/gabung/", form | {"on": "2024-01-01", "decree": DECREE}
        )
        assert response.status_code == 302
    merged = Agency.objects.get(name="Dinas Gabungan")
    assert Agency.objects.count() == 4
    assert {step.predecessor for step in origins_of(merged)} == {one, two}
    assert names_on(government, NEW_YEAR) == [("Dinas Gabungan", 0), (unit.name, 1)]
    assert names_on(government, date(2023, 12, 31)) == [(one.name, 0), (unit.name, 1), (two.name, 0)]
    assert not may(officer, Right.VIEW, government_id=government.pk)


def test_a_split_opens_its_parts_and_gives_the_units_to_the_first(government, by):
    old = people.an_agency(government, "1.01")
    unit = people.an_agency(government, "1.01.01", parent=old)
    form = {"on": "2024-01-01", "decree": DECREE, "kind_3": "dinas", "kind_4": "dinas"}
    for number, name in [(1, "Dinas Satu"), (2, "Dinas Dua")]:
        form |= {f"code_{number}": f"1.0{number}", f"name_{number}": name, f"kind_{number}": "dinas"}
    response = people.signed_in(by).post(address(old, "pecah/"), form)
    assert response.status_code == 302
    assert names_on(government, NEW_YEAR) == [("Dinas Satu", 0), (unit.name, 1), ("Dinas Dua", 0)]
    assert {step.kind for step in successors_of(old)} == {"split"}


def test_half_a_part_is_a_wrong_form(government, by):
    old = people.an_agency(government)
    form = {"on": "2024-01-01", "decree": DECREE, "code_1": "1", "name_1": "A", "code_2": "2", "name_2": "B"}
    form |= {f"kind_{number}": "dinas" for number in range(1, 5)} | {"code_3": "3"}
    assert people.signed_in(by).post(address(old, "pecah/"), form).status_code == 422


def test_the_history_tells_every_generation(government, by):
    one, two = people.an_agency(government, "1.01"), people.an_agency(government, "1.02")
    renamed = rename_agency(one, name="Dinas Baru", on=NEW_YEAR, by=by, decree=DECREE)
    merged = merge_agencies([renamed, two], AgencyFacts("1.09", "Gabung", "dinas"), on=LATER, by=by, decree=DECREE)
    parts = split_agency(
        merged,
        [AgencyFacts("2.01", "Bagian A", "dinas"), AgencyFacts("2.02", "Bagian B", "dinas")],
        on=date(2026, 1, 1),
        by=by,
        decree=DECREE,
    )
    assert len(lineage_of(one)) == 4  # its rename, its merge, two parts of the split
    assert len(lineage_of(parts[0])) == 4  # rename, both sides of the merge, its own split
    page = people.signed_in(by).get(address(parts[0])).content.decode().split('id="riwayat"')[1]
    assert page.index("Dinas Baru") < page.index("Gabung") < page.index("Bagian A")


def test_nobody_stands_under_their_own_unit(government, by):
    top = people.an_agency(government, "1")
    middle = people.an_agency(government, "1.1", parent=top)
    low = people.an_agency(government, "1.1.1", parent=middle)
    for under in (top, middle, low):
        with pytest.raises(Refused, match="di bawah unitnya sendiri"):
            move_agency(top, under, on=NEW_YEAR, by=by, decree=DECREE)


def test_a_move_is_seen_from_its_day_on(government, by):
    one, two = people.an_agency(government, "1"), people.an_agency(government, "2")
    unit = people.an_agency(government, "1.1", parent=one)
    form = {"parent": two.pk, "on": "2024-01-01", "decree": DECREE}
    client = people.signed_in(by)
    for _ in range(2):
        assert client.post(address(unit, "pindah/"), form).status_code == 302
    assert names_on(government, date(2023, 6, 1)) == [(one.name, 0), (unit.name, 1), (two.name, 0)]
    assert names_on(government, date(2024, 6, 1)) == [(one.name, 0), (two.name, 0), (unit.name, 1)]
    assert AuditEvent.objects.filter(verb="move_agency").count() == 1


def test_an_agency_with_units_is_not_closed(government, by):
    top = people.an_agency(government, "1")
    people.an_agency(government, "1.1", parent=top)
    response = people.signed_in(by).post(address(top, "tutup/"), {"on": "2024-01-01", "decree": DECREE})
    assert response.status_code == 409
    assert "1 unit masih berada di bawah" in response.content.decode()


def test_closing_twice_is_closing_once_and_ends_the_roles(government, by):
    agency = people.an_agency(government)
    officer = people.officer(government, agency)
    client = people.signed_in(by)
    for _ in range(2):
        assert client.post(address(agency, "tutup/"), {"on": "2024-01-01", "decree": DECREE}).status_code == 302
    assert AuditEvent.objects.filter(verb="close_agency").count() == 1
    assert RoleAssignment.objects.get(user=officer).valid_to == NEW_YEAR


@pytest.mark.parametrize("day", [people.LONG_AGO, date(2014, 1, 1)])
def test_nothing_ends_before_it_began(government, by, day):
    with pytest.raises(Refused, match="baru ada sejak 1 Januari 2015"):
        close_agency(people.an_agency(government), on=day, by=by, decree=DECREE)


def test_what_cannot_be_is_refused(government, by):
    one, two = people.an_agency(government, "1"), people.an_agency(government, "2")
    foreign = people.an_agency(people.a_government("35.16"), "1")
    more = {"on": NEW_YEAR, "by": by, "decree": DECREE}
    with pytest.raises(Refused, match="Tidak ada yang diganti"):
        rename_agency(one, name=one.name, **more)
    with pytest.raises(Refused, match="sedikitnya dua"):
        merge_agencies([one, one], AgencyFacts("3", "C", "dinas"), **more)
    with pytest.raises(Refused, match="satu pemerintah daerah"):
        merge_agencies([one, foreign], AgencyFacts("3", "C", "dinas"), **more)
    with pytest.raises(Refused, match="tidak dapat menjadi induk"):
        merge_agencies([one, two], AgencyFacts("3", "C", "dinas", parent=one), **more)
    with pytest.raises(Refused, match="kode yang berbeda"):
        split_agency(one, [AgencyFacts("3", "C", "dinas"), AgencyFacts("3", "D", "dinas")], **more)
    with pytest.raises(NotFound):
        open_agency(government, AgencyFacts("3", "C", "dinas", parent=foreign), **more)
    with pytest.raises(Refused, match="surat keputusan"):
        close_agency(one, on=NEW_YEAR, by=by, decree=" ")
    assert Agency.objects.filter(government=government, valid_to=None).count() == 2
    assert not Succession.objects.exists()


def test_only_the_right_changes_the_structure(government):
    agency = people.an_agency(government)
    with pytest.raises(Denied):
        close_agency(agency, on=NEW_YEAR, by=people.leader(government), decree=DECREE)
    with pytest.raises(NotFound):
        close_agency(agency, on=NEW_YEAR, by=people.stranger(), decree=DECREE)


def test_strangers_find_nothing_and_readers_only_read(government):
    agency = people.an_agency(government)
    forms = [address(agency, rest) for rest in ("ganti-nama/", "pecah/", "pindah/", "tutup/")]
    forms += [f"/pemda/{government.code}/perangkat-daerah/{rest}" for rest in ("baru/", "gabung/")]
    reading = [address(agency), f"/pemda/{government.code}/perangkat-daerah/"]
    stranger, leader = people.signed_in(people.stranger()), people.signed_in(people.leader(government))
    for page in forms + reading:
        assert stranger.get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert {leader.get(page).status_code for page in forms} == {403}
    assert {leader.get(page).status_code for page in reading} == {200}


def test_a_province_reads_its_kabupaten_but_changes_nothing_there():
    province = people.a_government("35")
    agency = people.an_agency(people.a_government("35.15", parent=province))
    client = people.signed_in(people.organiser(province))
    assert client.get(address(agency)).status_code == 200
    assert client.get(address(agency, "tutup/")).status_code == 404


def test_an_agency_is_not_found_under_another_government(government, by):
    foreign = people.an_agency(people.a_government("35.16"))
    page = f"/pemda/{government.code}/perangkat-daerah/{foreign.public_id}/"
    assert people.signed_in(by).get(page).status_code == 404


def test_the_page_shows_the_chosen_day_and_costs_the_same_for_many(government, by):
    old = people.an_agency(government, name="Dinas Lama")
    rename_agency(old, name="Dinas Baru", on=NEW_YEAR, by=by, decree=DECREE)
    client, page = people.signed_in(by), f"/pemda/{government.code}/perangkat-daerah/?tanggal=2023-06-01"
    text = client.get(page).content.decode()
    assert "berlaku pada 1 Juni 2023" in text
    assert text.index("Dinas Lama") < text.index("Yang akan berlaku") < text.index("Dinas Baru")
    few = people.queries_of(client, page)
    for number in range(10, 20):
        people.an_agency(government, f"9.{number}")
    assert people.queries_of(client, page) == few


def test_agencies_on_a_day_are_those_that_exist_then(government, by):
    agency = people.an_agency(government)
    close_agency(agency, on=NEW_YEAR, by=by, decree=DECREE)
    assert list(agencies_on(government, date(2023, 12, 31))) == [agency]
    assert not agencies_on(government, NEW_YEAR).exists()
    assert not agencies_on(government, date(2014, 12, 31)).exists()
