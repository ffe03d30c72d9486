"""The goal tree with the money beneath it, through HTTP, and the money queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manfaat.apps.budgets.actions import NewEntry, record_entries, retract_entries
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.budgets.queries import cash_plan_of, ceilings_of, goal_money_for, latest_ceilings, realisation_of
from manfaat.apps.core.errors import Denied, Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.actions import NewNode, add_goal_node, change_goal_node, open_plan, record_goal_nodes
from manfaat.apps.plans.models import GoalNode

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    return people.a_government(CODE)


@pytest.fixture
def agency(government: Government) -> Agency:
    return people.an_agency(government)


def a_file(government: Government, name: str = "a.xlsx") -> SourceFile:
    return SourceFile.objects.create(government=government, name=name, sha256="0" * 64)


def money(agency: Agency, code: str, ceiling: int, realised: int) -> list[NewEntry]:
    place = {"programme_code": code, "account_code": "5.1"}
    return [
        NewEntry(agency.pk, 2024, "ceiling", ceiling, "murni", None, **place),
        NewEntry(agency.pk, 2024, "realisation", realised, "", 6, **place),
    ]


@pytest.mark.parametrize("year", ["²", "9" * 5_000, "-1", "٢٠٢٤"])
def test_a_year_that_is_none_falls_back_to_the_latest(government: Government, agency: Agency, year: str) -> None:
    record_entries(a_file(government), money(agency, "1.02.02", 100, 40), by=None)
    page = people.signed_in(people.planner(government)).get(f"/pemda/{CODE}/pohon-kinerja/", {"tahun": year})
    assert page.status_code == 200
    assert page.context["money"].year == 2024


def a_tree(government: Government) -> None:
    plan = open_plan(government, kind="rpjmd", title="RPJMD", years=(2021, 2026), by=None)
    nodes = [
        NewNode("goal", "T1", "Warga sehat"),
        NewNode("objective", "S1", "Ibu selamat", "T1"),
        NewNode("programme", "1.02.02", "Pemenuhan upaya kesehatan", "S1"),
        NewNode("programme", "1.02.03", "Sumber daya kesehatan", "S1"),
    ]
    assert record_goal_nodes(plan, nodes, by=None) == 4
    assert record_goal_nodes(plan, nodes, by=None) == 0


def test_the_page_adds_the_money_of_programmes_up_to_the_goal(government: Government, agency: Agency) -> None:
    a_tree(government)
    entries = money(agency, "1.02.02", 3_000_000_000, 1_000_000_000) + money(agency, "1.02.03", 2_000_000_000, 0)
    record_entries(a_file(government), [*entries, *money(agency, "9.99.01", 7_000_000_000, 5)], by=None)
    reader = people.leader(government)
    page = people.signed_in(reader).get(f"/pemda/{CODE}/pohon-kinerja/").content.decode().replace("\xa0", " ")
    assert "pagu Rp 5,0 miliar, realisasi Rp 1,0 miliar" in page
    assert "Rp 7,0 miliar pagu program belum tergantung" in page
    root = goal_money_for(reader, government).trees[0].roots[0]
    assert (root.ceiling_rp, root.realised_rp) == (5_000_000_000, 1_000_000_000)


def test_a_box_without_recorded_money_shows_none_not_zero(government: Government) -> None:
    a_tree(government)
    root = goal_money_for(people.leader(government), government).trees[0].roots[0]
    assert root.ceiling_rp is None
    page = people.signed_in(people.leader(government)).get(f"/pemda/{CODE}/pohon-kinerja/").content.decode()
    assert "Belum ada anggaran tercatat" in page
    assert "Rp 0" not in page


def test_the_page_takes_the_same_queries_for_a_small_and_a_large_tree(government: Government, agency: Agency) -> None:
    a_tree(government)
    record_entries(a_file(government), money(agency, "1.02.02", 3, 1), by=None)
    client = people.signed_in(people.leader(government))
    url = f"/pemda/{CODE}/pohon-kinerja/"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    plan = GoalNode.objects.get(code="S1").plan
    nodes = [NewNode("programme", f"1.02.{n:02d}", f"P {n}", "S1", agency.pk) for n in range(10, 40)]
    record_goal_nodes(plan, nodes, by=None)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)


def test_a_stranger_finds_no_tree(government: Government) -> None:
    a_tree(government)
    assert people.signed_in(people.stranger()).get(f"/pemda/{CODE}/pohon-kinerja/").status_code == 404


def test_a_parent_of_the_same_level_or_another_document_is_refused(government: Government) -> None:
    a_tree(government)
    plan = GoalNode.objects.get(code="S1").plan
    other = open_plan(government, kind="rkpd", title="RKPD", years=(2024, 2024), by=None)
    planner = people.planner(government)
    with pytest.raises(Refused, match="tingkatnya"):
        add_goal_node(plan, NewNode("goal", "T2", "x"), parent=GoalNode.objects.get(code="S1"), by=planner)
    with pytest.raises(Refused, match="dokumen lain"):
        add_goal_node(other, NewNode("objective", "S1", "x"), parent=GoalNode.objects.get(code="T1"), by=planner)
    with pytest.raises(Refused, match="sudah dipakai"):
        add_goal_node(plan, NewNode("goal", "T1", "x"), by=planner)
    with pytest.raises(Refused, match="tidak ada dalam daftar"):
        record_goal_nodes(plan, [NewNode("programme", "1.1.1", "x", "S9")], by=planner)
    with pytest.raises(Denied):
        add_goal_node(plan, NewNode("goal", "T3", "x"), by=people.leader(government))
    moved = change_goal_node(GoalNode.objects.get(code="1.02.03"), title="Tenaga", parent=None, by=planner)
    assert (moved.title, moved.parent) == ("Tenaga", None)


def test_the_latest_stage_of_each_agency_is_the_ceiling_in_force(government: Government, agency: Agency) -> None:
    other = people.an_agency(government, "1.02")
    entries = [
        NewEntry(agency.pk, 2024, "ceiling", 10, "murni", None, account_code="5.1"),
        NewEntry(agency.pk, 2024, "ceiling", 12, "perubahan", None, account_code="5.1"),
        NewEntry(other.pk, 2024, "ceiling", 7, "pergeseran", None, account_code="5.1"),
        NewEntry(None, 2024, "realisation", 5, "", 3, account_code="5"),
        NewEntry(agency.pk, 2024, "cash_plan", 2, "", 3, account_code="5.1"),
    ]
    record_entries(a_file(government), entries, by=None)
    rows = ceilings_of(government, 2024)
    assert len(rows) == 3
    assert {(row.agency_id, row.amount_rp) for row in latest_ceilings(rows)} == {(agency.pk, 12), (other.pk, 7)}
    assert [(row.agency_id, row.month) for row in realisation_of(government, 2024, 3)] == [(None, 3)]
    assert realisation_of(government, 2024, 4) == []
    assert [row.amount_rp for row in cash_plan_of(government, 2024)] == [2]


def test_a_file_is_recorded_once_and_retracted_exactly(government: Government, agency: Agency) -> None:
    first, second = a_file(government), a_file(government, "b.xlsx")
    planner = people.planner(government)
    record_entries(first, money(agency, "1.02.02", 3, 1), by=planner)
    before = list(BudgetEntry.objects.order_by("pk").values())
    with pytest.raises(Refused, match="sudah pernah"):
        record_entries(first, money(agency, "1.02.02", 3, 1), by=planner)
    assert record_entries(second, money(agency, "1.02.02", 3, 2), by=planner).superseded == 2
    with pytest.raises(Refused, match=r"b\.xlsx"):
        retract_entries(first, by=planner)
    retract_entries(second, by=planner)
    assert list(BudgetEntry.objects.order_by("pk").values()) == before
    with pytest.raises(Denied):
        retract_entries(first, by=people.leader(government))
