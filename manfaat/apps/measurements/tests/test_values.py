"""Values entered by hand and checked by a second person, through HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manfaat.apps.core.errors import Denied, Refused
from manfaat.apps.measurements.actions import NewMeasurement, set_measurement, verify_measurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.actions import close_period
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.actions import Definition, add_indicator
from manfaat.apps.plans.models import Indicator

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    government = people.a_government(CODE)
    people.a_year(government, 2024)
    return government


@pytest.fixture
def agency(government: Government) -> Agency:
    return people.an_agency(government)


@pytest.fixture
def indicator(government: Government, agency: Agency) -> Indicator:
    sheet = Definition("IKU-1", "Cakupan layanan", "%", "outcome", "achievement.higher_is_better", agency_id=agency.pk)
    return add_indicator(government, sheet, by=None)


@pytest.fixture
def quarter(government: Government) -> Period:
    return Period.objects.get(government=government, year=2024, kind="quarter", number=2)


def send(client: Client, indicator: Indicator, quarter: Period, **typed: Any) -> Any:
    data = {"period": quarter.pk, "status": "known", **typed}
    return client.post(f"/pemda/{CODE}/indikator/{indicator.public_id}/realisasi/", data)


def test_an_officer_enters_a_value_and_an_inspector_verifies_it(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    officer = people.signed_in(people.officer(government, agency))
    assert send(officer, indicator, quarter, value="1.234,5").status_code == 302
    value = Measurement.objects.get()
    assert (str(value.value.normalize()), value.state) == ("1234.5", "sent")
    page = f"/pemda/{CODE}/indikator/{indicator.public_id}/"
    inspector = people.signed_in(people.verifier(government))
    assert "Menunggu verifikasi" in inspector.get(page).content.decode()
    verify = f"/pemda/{CODE}/realisasi/{value.public_id}/verifikasi/"
    assert officer.post(verify).status_code == 403
    assert inspector.post(verify).status_code == 302
    assert inspector.post(verify).status_code == 302, "twice is as good as once"
    value.refresh_from_db()
    assert value.state == "approved"
    assert "Diverifikasi" in officer.get(page).content.decode()


def test_the_maker_is_never_the_checker(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    both = people.a_person(government=government, role="operator", agency=agency)
    people.assign_role(
        both, role="inspector", government_id=government.pk, agency_id=None, by=None, valid_from=people.LONG_AGO
    )
    client = people.signed_in(both)
    send(client, indicator, quarter, value="1")
    value = Measurement.objects.get()
    refused = client.post(f"/pemda/{CODE}/realisasi/{value.public_id}/verifikasi/")
    assert refused.status_code == 409
    assert "orang lain" in refused.content.decode()


def test_a_correction_keeps_the_old_value_and_loses_its_verification(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    officer = people.signed_in(people.officer(government, agency))
    send(officer, indicator, quarter, value="80")
    verify_measurement(Measurement.objects.get(), by=people.verifier(government))
    send(officer, indicator, quarter, value="80,0")
    assert Measurement.objects.count() == 1, "the same value again changes nothing"
    send(officer, indicator, quarter, value="81")
    assert Measurement.objects.get(is_current=True).verified_by is None
    assert Measurement.objects.get(is_current=False).verified_by is not None


def test_a_value_with_more_decimals_than_are_kept_is_the_same_again(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    officer = people.officer(government, agency)
    entry = NewMeasurement(indicator.pk, quarter.pk, Decimal("0.33333350"))
    for _ in range(2):
        set_measurement(indicator, quarter, entry=entry, by=officer)
    assert [str(value) for value in Measurement.objects.values_list("value", flat=True)] == ["0.333334"]


def test_zero_blank_and_not_due_are_three_things(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    officer = people.signed_in(people.officer(government, agency))
    assert send(officer, indicator, quarter).status_code == 422
    assert send(officer, indicator, quarter, status="not_due").status_code == 422
    assert send(officer, indicator, quarter, status="not_due", value="3", reason="x").status_code == 422
    assert send(officer, indicator, quarter, status="not_due", reason="survei bulan November").status_code == 302
    page = officer.get(f"/pemda/{CODE}/indikator/{indicator.public_id}/").content.decode()
    assert "belum jatuh tempo: survei bulan November" in page
    assert send(officer, indicator, quarter, value="0").status_code == 302
    assert Measurement.objects.get(is_current=True).value == 0


def test_an_officer_writes_for_the_own_agency_only(
    government: Government, indicator: Indicator, quarter: Period
) -> None:
    other = people.an_agency(government, "1.02")
    client = people.signed_in(people.officer(government, other))
    assert send(client, indicator, quarter, value="1").status_code == 403
    with pytest.raises(Denied):
        set_measurement(
            indicator, quarter, entry=NewMeasurement(indicator.pk, quarter.pk, 1), by=people.officer(government, other)
        )


def test_a_closed_period_takes_no_value(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    officer = people.officer(government, agency)
    close_period(quarter, by=None)
    assert send(people.signed_in(officer), indicator, quarter, value="1").status_code == 422
    with pytest.raises(Refused, match="ditutup"):
        set_measurement(indicator, quarter, entry=NewMeasurement(indicator.pk, quarter.pk, 1), by=officer)


def test_a_stranger_verifies_nothing(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    send(people.signed_in(people.officer(government, agency)), indicator, quarter, value="1")
    value = Measurement.objects.get()
    elsewhere = people.a_government("35.01")
    inspector = people.signed_in(people.verifier(elsewhere))
    for code in (CODE, "35.01"):
        assert inspector.post(f"/pemda/{code}/realisasi/{value.public_id}/verifikasi/").status_code == 404


def test_the_sheet_takes_the_same_queries_for_few_and_many_periods(
    government: Government, agency: Agency, indicator: Indicator, quarter: Period
) -> None:
    client = people.signed_in(people.officer(government, agency))
    url = f"/pemda/{CODE}/indikator/{indicator.public_id}/"
    send(client, indicator, quarter, value="1")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for period in Period.objects.filter(government=government, kind="month"):
        send(client, indicator, period, value="2")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
