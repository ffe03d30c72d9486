"""Every address times every role: who gets in, who is told that a right is missing, who is told nothing at all."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from manfaat.apps.accounts.models import Role, RoleAssignment, User
from manfaat.apps.core.models import AuditEvent
from manfaat.apps.evaluations.actions import NewAnswer, NewSheet, open_sheet, save_answers, stage_answers
from manfaat.apps.imports.actions import NewUpload, upload_file
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.models import Figure
from manfaat.apps.services.models import ServiceUnit

TABLE = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
ROLES = [role.value for role in Role]
SHUT_OUT = {403, 404}
pytestmark = pytest.mark.django_db


@dataclass
class World:
    """One government with a record behind every address, a person for each role, a stranger and a supervisor."""

    government: Government
    people: dict[str, User]
    arguments: dict[str, dict[str, Any]]

    def address(self, name: str) -> str:
        return reverse(name, kwargs=self.arguments.get(name, self.arguments["*"] if name not in PLAIN else {}))


PLAIN = {
    *(set(TABLE["signed_in"]["get"]) - {"instrument"}), "portal_home", "public_sources", "language", "alive", "ready",
    "gallery", "account_login", "account_inactive", "api:openapi-json", "set_language",
}  # fmt: skip


def names_of(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """The names of all addresses in the URL map, with their namespace."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names_of(pattern.url_patterns, inner)
        else:
            found.add(f"{prefix}{pattern.name}")
    return found


def table_names() -> set[str]:
    parts = [*TABLE["open"].values(), *TABLE["signed_in"].values(), *TABLE["view"].values(), TABLE["roles"]]
    return {name for part in parts for name in part}


def test_every_address_stands_in_the_table_and_nothing_else() -> None:
    assert names_of(get_resolver().url_patterns) == table_names()


@pytest.fixture
def world(db: None) -> World:
    province = people.a_government("35")
    government = people.a_government("35.15", parent=province)
    agency = people.an_agency(government)
    other = people.an_agency(government, "1.02")
    people.a_year(government, 2024)
    members = {
        role: people.a_person(
            government=government, role=role, agency=agency if role in {Role.OPERATOR, Role.HEAD} else None
        )
        for role in ROLES
    }
    members["supervisor"] = people.a_person(government=province, role=Role.LEADER)
    members["stranger"] = people.a_person(government=people.a_government("36.71", kind="kota"), role=Role.ADMINISTRATOR)
    indicator = Indicator.objects.create(
        government=government, agency=agency, code="I-1", name="Uji", unit="%", level="outcome",
        method="achievement.higher_is_better",
    )  # fmt: skip
    year = Period.objects.get(government=government, year=2024, kind="year")
    measurement = Measurement.objects.create(
        indicator=indicator, period=year, value=1, state="sent", entered_by=members["operator"]
    )
    run = compute_run(government, year=2024, month=12, by=None)
    publication = publish_run(run, reason="Terbitan pertama", by=members["leader"])
    content = SimpleUploadedFile("pagu.csv", b"Tahun;Kode Perangkat Daerah;Pagu (Rp)\n2024;1.01;1000\n")
    batch, _new = upload_file(government, NewUpload(content, "budget", 2024, 6), by=members["planner"])
    sheet, _new = open_sheet(government, NewSheet("sakip-2021", 2024, agency), by=members["reform_office"])
    answers = {"1.a": NewAnswer(Decimal(90), "A")}
    save_answers(sheet, "mandiri", answers, version=0, by=members["operator"])
    counter = ServiceUnit.objects.create(government=government, name="Loket uji")
    lke = SimpleUploadedFile("lke.csv", b"Kode;Baris;Jawaban\n1.b;Kualitas;A\n")
    staged = stage_answers(sheet, "mandiri", lke, by=members["operator"])
    figure = Figure.objects.filter(run=run).first()
    assert figure
    code = {"code": government.code}
    month = code | {"year": 2024, "month": 12}
    version = month | {"version": publication.version}
    arguments: dict[str, dict[str, Any]] = {"*": code}
    for name in ["agency", "agency_history", "rename_agency", "split_agency", "move_agency", "close_agency"]:
        arguments[name] = code | {"public_id": agency.public_id}
    for name in ["indicator", "indicator_change", "target_set", "measurement_set"]:
        arguments[name] = code | {"public_id": indicator.public_id}
    for name in ["import_preview", "import_mapping", "import_apply", "import_result", "import_undo"]:
        arguments[name] = code | {"public_id": batch.public_id}
    for name in ["public_publication", "public_json", "public_csv", "api:download"]:
        arguments[name] = version
    for name in ["close_period", "reopen_period"]:
        arguments[name] = code | {"pk": year.pk}
    for name in ["import_template", "import_export"]:
        arguments[name] = code | {"kind": "anggaran", "form": "csv"}
    for name in ["instrument", "sheet_new", "weights", "weights_import"]:
        arguments[name] = ({} if name == "instrument" else code) | {"name": "sakip-2021"}
    column = code | {"public_id": sheet.public_id, "assessor": "mandiri"}
    for name in ["staged", "staged_columns", "staged_apply"]:
        arguments[name] = code | {"public_id": staged.public_id}
    arguments["sheet"] = code | {"public_id": sheet.public_id}
    for name in [
        "sheet_result",
        "sheet_fill",
        "sheet_compute",
        "sheet_try",
        "sheet_export",
        "sheet_import",
        "sheet_beside",
    ]:
        arguments[name] = column
    arguments["sheet_why"] = column | {"row": "1.a"}
    for name in ["service_unit", "served_set", "service_why"]:
        arguments[name] = code | {"public_id": counter.public_id}
    arguments["service_why"] |= {"key": "ikm/total"}
    for name in ["why", "api:figure"]:
        arguments[name] = {"public_id": figure.public_id}
    arguments |= {
        "public_figure": version | {"key": figure.key},
        "freeze": month,
        "measurement_verify": code | {"public_id": measurement.public_id},
        "audit_event": code | {"sequence": AuditEvent.objects.filter(government=government).latest("id").sequence},
        "end_role": code | {"public_id": RoleAssignment.objects.get(user=members["planner"]).public_id},
        "renew_password": code | {"public_id": RoleAssignment.objects.get(user=members["planner"]).public_id},
    }
    assert other
    return World(government, members, arguments)


def answer(world: World, name: str, person: User | None) -> int:
    """The status that `person` gets at the address: asked for, or, where asking is not allowed, sent empty."""
    client = Client()
    if person is not None:
        client.force_login(person)
    address = world.address(name) + ("?year=2024&month=12" if name == "api:scorecard" else "")
    status = client.get(address).status_code
    return client.post(address).status_code if status == 405 else status


def test_open_addresses_answer_everybody_without_a_session(world: World) -> None:
    for name in TABLE["open"]["get"]:
        response = Client().get(world.address(name))
        assert response.status_code == 200, name
        assert "sessionid" not in response.cookies, name


def test_addresses_for_the_signed_in_lead_the_anonymous_to_the_sign_in(world: World) -> None:
    for name in TABLE["signed_in"]["get"]:
        assert answer(world, name, None) in {302, 401}, name
        assert answer(world, name, world.people["stranger"]) in {200, 302}, name


def test_addresses_of_a_government_are_read_by_its_people_and_its_province(world: World) -> None:
    for name in TABLE["view"]["get"]:
        for person, user in world.people.items():
            expected = 404 if person == "stranger" else 200
            assert answer(world, name, user) == expected, f"{name} for {person}"
        assert answer(world, name, None) in {302, 401}, name


@pytest.mark.parametrize("name", TABLE["roles"])
def test_addresses_with_a_right_open_to_its_roles_alone(world: World, name: str) -> None:
    for person, user in world.people.items():
        status = answer(world, name, user)
        if person == "stranger":
            assert status == 404, f"{name} for a stranger: {status}"
        elif person in TABLE["roles"][name]:
            assert status not in SHUT_OUT, f"{name} for {person}: {status}"
            assert status < 500, f"{name} for {person}: {status}"
        else:
            assert status in SHUT_OUT, f"{name} for {person}: {status}"
    assert answer(world, name, None) == 302, name


def test_an_ended_role_opens_nothing(world: World) -> None:
    planner = world.people["planner"]
    RoleAssignment.objects.filter(user=planner).update(valid_to=date(2020, 1, 1))
    assert answer(world, "imports", planner) == 404
    assert answer(world, "government", planner) == 404


def test_an_operator_of_another_agency_cannot_fill_this_ones_figure(world: World) -> None:
    elsewhere = people.an_agency(world.government, "1.09")
    neighbour = people.a_person(government=world.government, role=Role.OPERATOR, agency=elsewhere)
    assert answer(world, "measurement_set", neighbour) == 403
