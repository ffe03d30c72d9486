"""Opening and closing the periods in which figures are reported."""

import pytest

from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.actions import close_period, ensure_period, open_periods
from manfaat.apps.organisations.models import Period
from manfaat.apps.organisations.queries import check_period_open, period_for, periods_of
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return people.a_government()


@pytest.fixture
def client(government):
    return people.signed_in(people.organiser(government))


def address(government, rest=""):
    return f"/pemda/{government.code}/periode/{rest}"


def open_ones(government):
    return {(one.kind, one.number) for one in Period.objects.filter(government=government, state="open")}


def test_a_year_is_opened_once_with_its_quarters_and_months(government, client):
    for _ in range(2):
        assert client.post(address(government, "buka/"), {"year": "2024"}).status_code == 302
    assert Period.objects.filter(government=government, year=2024).count() == 17
    assert AuditEvent.objects.filter(verb="open_periods").count() == 1
    page = client.get(address(government)).content.decode()
    assert page.index("Tahun 2024") < page.index("Triwulan I 2024") < page.index("Januari 2024")
    assert page.index("Maret 2024") < page.index("Triwulan II 2024") < page.index("April 2024")


def test_a_quarter_closes_with_its_months_and_refuses_writing(government, client):
    people.a_year(government, 2024)
    quarter = period_for(government, 2024, "quarter", 2)
    for _ in range(2):
        assert client.post(address(government, f"{quarter.pk}/tutup/")).status_code == 302
    closed = Period.objects.filter(state="closed").values_list("kind", "number")
    assert set(closed) == {("quarter", 2), ("month", 4), ("month", 5), ("month", 6)}
    assert AuditEvent.objects.filter(verb="close_period").count() == 1
    with pytest.raises(Refused, match="Mei 2024 sudah ditutup"):
        check_period_open(period_for(government, 2024, "month", 5))
    check_period_open(period_for(government, 2024, "month", 7))


def test_a_stale_copy_of_an_open_period_is_refused_too(government):
    people.a_year(government, 2024)
    stale = period_for(government, 2024, "month", 1)
    close_period(period_for(government, 2024, "year"), by=None)
    with pytest.raises(Refused):
        check_period_open(stale)


def test_a_year_closes_with_everything_and_later_months_are_born_closed(government):
    year = ensure_period(government, 2024, "year")
    close_period(year, by=None)
    assert ensure_period(government, 2024, "month", 3).state == "closed"
    assert ensure_period(government, 2025, "month", 3).state == "open"


def test_reopening_needs_a_reason_and_opens_that_period_alone(government, client):
    people.a_year(government, 2024)
    close_period(period_for(government, 2024, "year"), by=None)
    month = period_for(government, 2024, "month", 3)
    page = address(government, f"{month.pk}/buka-kembali/")
    assert client.post(page, {"reason": ""}).status_code == 422
    for _ in range(2):
        assert client.post(page, {"reason": "Salah ketik di Dinas Kesehatan"}).status_code == 302
    assert open_ones(government) == {("month", 3)}
    event = AuditEvent.objects.get(verb="reopen_period")
    assert event.summary == "Membuka kembali Maret 2024: Salah ketik di Dinas Kesehatan"


@pytest.mark.parametrize(("year", "kind", "number"), [(1999, "year", 1), (2024, "month", 13), (2024, "week", 1)])
def test_a_period_that_cannot_be_is_refused(government, year, kind, number):
    with pytest.raises(Refused):
        ensure_period(government, year, kind, number)


def test_ensuring_twice_gives_the_same_period(government):
    assert ensure_period(government, 2024, "month", 3) == ensure_period(government, 2024, "month", 3)


def test_strangers_find_nothing_and_readers_only_read(government):
    people.a_year(government, 2024)
    month = period_for(government, 2024, "month", 3)
    stranger, leader = people.signed_in(people.stranger()), people.signed_in(people.leader(government))
    assert stranger.get(address(government)).status_code == 404
    assert leader.get(address(government)).status_code == 200
    assert "Tutup" not in leader.get(address(government)).content.decode()
    for rest in ("buka/", f"{month.pk}/tutup/", f"{month.pk}/buka-kembali/"):
        assert stranger.post(address(government, rest)).status_code == 404
        assert leader.post(address(government, rest)).status_code == 403


def test_a_period_of_another_government_is_not_found(government, client):
    foreign = people.a_year(people.a_government("35.16"), 2024)[0]
    assert client.post(address(government, f"{foreign.pk}/tutup/")).status_code == 404


def test_closing_is_never_a_link(government, client):
    people.a_year(government, 2024)
    month = period_for(government, 2024, "month", 3)
    assert client.get(address(government, f"{month.pk}/tutup/")).status_code == 405


def test_years_come_latest_first(government):
    for year in (2023, 2025, 2024):
        open_periods(government, year, by=None)
    assert list(periods_of(government)) == [2025, 2024, 2023]
