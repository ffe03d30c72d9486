"""Standing governments, agencies and people for every test, made by the real actions.

`officer` fills, `colleague` fills too, `verifier` checks, `planner` imports and plans, `organiser` keeps structure and
periods, `leader` publishes, `administrator` assigns roles; a `stranger` has a role in another government only.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from manfaat.apps.accounts.actions import assign_role, create_person
from manfaat.apps.accounts.models import Role, User
from manfaat.apps.organisations.actions import AgencyFacts, open_agency, open_government, open_periods
from manfaat.apps.organisations.models import Agency, Government, Period

LONG_AGO = date(2015, 1, 1)
PASSWORD = "pintu-kayu-jati-2020"
_numbers = count(1)


def a_government(code: str = "35.15", *, name: str = "", kind: str = "", **more: Any) -> Government:
    """A government; a code of two figures is a province, one with a point a kabupaten unless `kind` says otherwise."""
    default = Government.Kind.REGENCY if "." in code else Government.Kind.PROVINCE
    return open_government(code=code, name=name or f"Daerah {code}", kind=kind or default, **more)


def an_agency(
    government: Government, code: str = "1.01", *, name: str = "", kind: str = "dinas", parent: Agency | None = None,
    on: date = LONG_AGO,
) -> Agency:  # fmt: skip
    """An agency of the government since long ago."""
    return open_agency(government, AgencyFacts(code, name or f"Dinas {code}", kind, parent), on=on, by=None)


def a_year(government: Government, year: int = 2024) -> list[Period]:
    """The open periods of a year."""
    return open_periods(government, year, by=None)


def a_person(
    *,
    government: Government,
    role: str | None = None,
    agency: Agency | None = None,
    username: str = "",
    full_name: str = "",
    valid_from: date = LONG_AGO,
    **more: Any,
) -> User:
    """An account that has chosen its password, with one role in the government when `role` is given."""
    name = username or f"orang{next(_numbers)}"
    account = create_person(
        government_id=government.pk, username=name, full_name=full_name or f"Orang {name}", by=None, password=PASSWORD
    )
    if role is not None:
        assign_role(
            account.person,
            role=role,
            government_id=government.pk,
            agency_id=agency.pk if agency else None,
            by=None,
            valid_from=valid_from,
            **more,
        )
    return account.person


def officer(government: Government, agency: Agency) -> User:
    return a_person(government=government, role=Role.OPERATOR, agency=agency)


def colleague(government: Government, agency: Agency) -> User:
    return a_person(government=government, role=Role.HEAD, agency=agency)


def verifier(government: Government) -> User:
    return a_person(government=government, role=Role.INSPECTOR)


def planner(government: Government) -> User:
    return a_person(government=government, role=Role.PLANNER)


def organiser(government: Government) -> User:
    return a_person(government=government, role=Role.REFORM_OFFICE)


def leader(government: Government) -> User:
    return a_person(government=government, role=Role.LEADER)


def administrator(government: Government) -> User:
    return a_person(government=government, role=Role.ADMINISTRATOR)


def stranger() -> User:
    """A leader, but of another government."""
    return a_person(government=a_government(f"99.{next(_numbers) % 100:02d}"), role=Role.LEADER)


def signed_in(person: User) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def queries_of(client: Client, address: str) -> int:
    """How many queries one view of a page costs, once the session is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def days_from_today(days: int) -> date:
    """The date so many days from today."""
    return timezone.localdate() + timedelta(days=days)
