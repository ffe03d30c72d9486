"""Indicators and targets, through HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manfaat.apps.accounts.models import Role
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.actions import close_period
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.actions import Definition, add_indicator, change_indicator, set_target
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.plans.queries import METHODS

pytestmark = pytest.mark.django_db
CODE = "35.15"
SHEET = {
    "code": "IKU-1", "name": "Angka kemiskinan", "level": "outcome", "unit": "%", "decimals": "2",
    "method": "achievement.lower_is_better_difference", "cap": "120", "zero_target": "not_measurable",
    "accumulation": "last", "benefit": "Lebih sedikit keluarga yang hidup dalam kemiskinan.",
}  # fmt: skip


@pytest.fixture
def government() -> Government:
    government = people.a_government(CODE)
    people.a_year(government, 2024)
    return government


@pytest.fixture
def client(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def an_indicator(government: Government, code: str = "IKU-1", **more: Any) -> Indicator:
    sheet = Definition(code, f"Indikator {code}", "%", "outcome", "achievement.higher_is_better", **more)
    return add_indicator(government, sheet, by=None)


def year_of(government: Government) -> Period:
    return Period.objects.get(government=government, year=2024, kind="year")


def test_a_planner_adds_an_indicator_and_sees_its_definition_sheet(client: Client, government: Government) -> None:
    answer = client.post(f"/pemda/{CODE}/indikator/baru/", SHEET)
    assert answer.status_code == 302, answer.content.decode()
    indicator = Indicator.objects.get(government=government)
    assert (indicator.lower_is_better, indicator.method_options["cap"]) == (True, 120.0)
    page = client.get(answer.url).content.decode()
    for part in ("Lebih sedikit keluarga", "(2T − R) ÷ T × 100", "Batas atas capaian", "Dasar", "belum diisi"):
        assert part in page, part
    assert AuditEvent.objects.get(verb="add_indicator").detail["code"] == "IKU-1"


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_of_the_engine_can_be_chosen(client: Client, method: str) -> None:
    sent = {**SHEET, "method": method, "scale": "opini-bpk" if method == "achievement.scale_mapping" else ""}
    page = client.get(f"/pemda/{CODE}/indikator/baru/").context["form"]
    scales = [value for value, _title in page.fields["scale"].choices if value]
    if sent["scale"]:
        sent["scale"] = scales[0]
    answer = client.post(f"/pemda/{CODE}/indikator/baru/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert client.get(answer.url).status_code == 200


def test_a_code_in_use_and_a_wrong_option_are_refused_in_the_form(client: Client, government: Government) -> None:
    an_indicator(government)
    answer = client.post(f"/pemda/{CODE}/indikator/baru/", SHEET)
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.content.decode()
    answer = client.post(f"/pemda/{CODE}/indikator/baru/", {**SHEET, "code": "X", "cap": "50"})
    assert answer.status_code == 422
    with pytest.raises(Refused, match="cap"):
        an_indicator(government, "IKU-2", method_options={"cap": 50.0})


def test_changing_a_sheet_is_recorded_field_by_field(client: Client, government: Government) -> None:
    indicator = an_indicator(government)
    url = f"/pemda/{CODE}/indikator/{indicator.public_id}/ubah/"
    form = client.get(url).context["form"]
    assert form["code"].value() == "IKU-1"
    assert client.post(url, SHEET).status_code == 302
    detail = AuditEvent.objects.get(verb="change_indicator").detail
    assert detail["name"] == {"before": "Indikator IKU-1", "after": "Angka kemiskinan"}
    indicator.refresh_from_db()
    client.post(url, SHEET)
    assert AuditEvent.objects.filter(verb="change_indicator").count() == 1


def test_the_list_shows_and_filters_what_is_missing(client: Client, government: Government) -> None:
    with_target = an_indicator(government, "A", benefit="Ada.")
    an_indicator(government, "B")
    set_target(with_target, year_of(government), value=1, by=None)
    url = f"/pemda/{CODE}/indikator/"
    assert "2 indikator" in client.get(url).content.decode()
    for gap in ("target", "benefit"):
        page = client.get(url, {"gap": gap}).content.decode()
        assert "Indikator B" in page
        assert "Indikator A" not in page
    assert "Tidak ada indikator" in client.get(url, {"level": "impact"}).content.decode()


def test_the_list_takes_the_same_queries_for_few_and_many(client: Client, government: Government) -> None:
    agency = people.an_agency(government)
    an_indicator(government, "A", agency_id=agency.pk)
    url = f"/pemda/{CODE}/indikator/"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(12):
        an_indicator(government, f"B{number}", agency_id=agency.pk)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)


def test_a_target_is_typed_the_indonesian_way_and_the_old_one_is_kept(client: Client, government: Government) -> None:
    indicator = an_indicator(government)
    url = f"/pemda/{CODE}/indikator/{indicator.public_id}/target/"
    for typed in ("9,5", "9,50", "8,75"):
        assert client.post(url, {"period": year_of(government).pk, "value": typed}).status_code == 302
    assert [str(target.value.normalize()) for target in Target.objects.filter(is_current=True)] == ["8.75"]
    assert Target.objects.count() == 2
    assert client.post(url, {"period": year_of(government).pk}).status_code == 422
    upside_down = client.post(url, {"period": year_of(government).pk, "value": "9", "value_high": "8"})
    assert "batas bawahnya" in upside_down.content.decode()


def test_a_target_with_more_decimals_than_are_kept_is_the_same_again(government: Government) -> None:
    indicator, year = an_indicator(government), year_of(government)
    for _ in range(2):
        set_target(indicator, year, value=Decimal("0.3333335"), value_high=Decimal("0.66666666"), by=None)
    assert [(str(one.value), str(one.value_high)) for one in Target.objects.all()] == [("0.333334", "0.666667")]


def test_a_closed_period_takes_no_target(client: Client, government: Government) -> None:
    indicator, year = an_indicator(government), year_of(government)
    close_period(year, by=None)
    answer = client.post(f"/pemda/{CODE}/indikator/{indicator.public_id}/target/", {"period": year.pk, "value": "1"})
    assert answer.status_code == 422
    with pytest.raises(Refused, match="ditutup"):
        set_target(indicator, year, value=1, by=None)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.INSPECTOR, Role.LEADER])
def test_who_may_not_plan_may_read_but_not_change(government: Government, role: str) -> None:
    agency = people.an_agency(government)
    indicator = an_indicator(government, agency_id=agency.pk)
    reader = people.signed_in(
        people.a_person(government=government, role=role, agency=agency if role == Role.OPERATOR else None)
    )
    one = f"/pemda/{CODE}/indikator/{indicator.public_id}/"
    assert reader.get(one).status_code == 200
    assert "Tambah indikator" not in reader.get(f"/pemda/{CODE}/indikator/").content.decode()
    for url in (f"/pemda/{CODE}/indikator/baru/", f"{one}ubah/", f"{one}target/"):
        assert reader.get(url).status_code == 403, url


def test_a_stranger_finds_neither_the_list_nor_an_indicator(government: Government) -> None:
    indicator = an_indicator(government)
    other = people.signed_in(people.planner(people.a_government("35.01")))
    assert other.get(f"/pemda/{CODE}/indikator/").status_code == 404
    for code in (CODE, "35.01"):
        assert other.get(f"/pemda/{code}/indikator/{indicator.public_id}/").status_code == 404


def test_an_agency_or_goal_of_another_government_is_refused(government: Government) -> None:
    elsewhere = people.an_agency(people.a_government("35.01"))
    with pytest.raises(Refused, match="bukan milik"):
        an_indicator(government, agency_id=elsewhere.pk)
    indicator = an_indicator(government)
    sheet = Definition("IKU-1", "N", "%", "outcome", "achievement.higher_is_better", agency_id=elsewhere.pk)
    with pytest.raises(Refused, match="bukan milik"):
        change_indicator(indicator, sheet, by=people.planner(government))
