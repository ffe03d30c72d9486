"""The people of the demo: named by what they do, refused outside the demo, all with one printed password."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from manfaat.apps.accounts.actions import assign_role, create_person
from manfaat.apps.accounts.models import Role, User
from manfaat.apps.organisations.models import Agency, Government

PASSWORD = os.environ.get("MANFAAT_DEMO_PASSWORD", "manfaat-demo")
SINCE = date(2022, 1, 1)


@dataclass(frozen=True)
class DemoPerson:
    """A person to sign in as; `agency_code` names the agency where the role is held."""

    username: str
    full_name: str
    role: str
    government_code: str
    agency_code: str = ""


PEOPLE = (
    DemoPerson("jatim-gubernur", "Gubernur (demo)", Role.LEADER, "35"),
    DemoPerson("jatim-organisasi", "Biro Organisasi (demo)", Role.REFORM_OFFICE, "35"),
    DemoPerson("jatim-perencana", "Perencana Bappeda (demo)", Role.PLANNER, "35"),
    DemoPerson("jatim-inspektorat", "Inspektorat (demo)", Role.INSPECTOR, "35"),
    DemoPerson("jatim-admin", "Administrator (demo)", Role.ADMINISTRATOR, "35"),
    DemoPerson("toba-bupati", "Bupati (demo)", Role.LEADER, "12.12"),
    DemoPerson("toba-perencana", "Perencana Bappeda (demo)", Role.PLANNER, "12.12"),
    DemoPerson("toba-inspektorat", "Inspektorat (demo)", Role.INSPECTOR, "12.12"),
    DemoPerson("toba-admin", "Administrator (demo)", Role.ADMINISTRATOR, "12.12"),
    DemoPerson("toba-kepala", "Kepala Dinas Perpustakaan (demo)", Role.HEAD, "12.12", "2.17.1.1"),
    DemoPerson("toba-operator", "Operator Dinas Perpustakaan (demo)", Role.OPERATOR, "12.12", "2.17.1.1"),
    DemoPerson("contoh-bupati", "Bupati Contoh (rekaan)", Role.LEADER, "99.01"),
    DemoPerson("contoh-organisasi", "Bagian Organisasi (rekaan)", Role.REFORM_OFFICE, "99.01"),
    DemoPerson("contoh-perencana", "Perencana Bappeda (rekaan)", Role.PLANNER, "99.01"),
    DemoPerson("contoh-inspektorat", "Inspektorat (rekaan)", Role.INSPECTOR, "99.01"),
    DemoPerson("contoh-admin", "Administrator (rekaan)", Role.ADMINISTRATOR, "99.01"),
    DemoPerson("contoh-direktur", "Direktur RSUD Contoh (rekaan)", Role.HEAD, "99.01", "1.02.0.00.0.00.02.0001"),
    DemoPerson("contoh-operator", "Operator RSUD Contoh (rekaan)", Role.OPERATOR, "99.01", "1.02.0.00.0.00.02.0001"),
)


def open_people() -> int:
    """Open the accounts that are not yet there and give each its role; returns how many were opened."""
    governments = {one.code: one.pk for one in Government.objects.all()}
    there = set(User.objects.values_list("username", flat=True))
    opened = 0
    for one in PEOPLE:
        if one.username in there:
            continue
        government_id = governments[one.government_code]
        account = create_person(
            government_id=government_id,
            username=one.username,
            full_name=one.full_name,
            by=None,
            password=PASSWORD,
            is_demo=True,
        )
        agency = Agency.objects.filter(government_id=government_id, code=one.agency_code, valid_to=None).first()
        assign_role(
            account.person,
            role=one.role,
            government_id=government_id,
            agency_id=agency.pk if agency else None,
            by=None,
            valid_from=SINCE,
        )
        opened += 1
    return opened


def sign_in_lines(base_url: str = "http://127.0.0.1:8000") -> Iterator[str]:
    """The sign-ins as a plain table: who, where, which name."""
    names = dict(Government.objects.values_list("code", "name"))
    yield f"Masuk di {base_url}/akun/masuk/ dengan kata sandi: {PASSWORD}"
    yield f"{'Nama masuk':<20} {'Peran':<28} Pemerintah daerah"
    for one in PEOPLE:
        yield f"{one.username:<20} {Role(one.role).label:<28} {names.get(one.government_code, one.government_code)}"
