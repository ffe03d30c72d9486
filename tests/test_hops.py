"""How many files of ours a request passes through, beyond the frame that every page has."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from manfaat.apps.accounts.models import Role
from manfaat.apps.organisations.tests import people
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.tests import facts

PACKAGE = Path(__file__).resolve().parents[1] / "manfaat"
FRAME = {
    *("accounts/backends.py", "accounts/context.py", "accounts/middleware.py", "accounts/models.py"),
    *("accounts/queries.py", "core/context.py", "core/middleware.py", "core/formats.py"),
    *("core/templatetags/manfaat.py", "organisations/queries.py"),
}
PAGE, WRITE, SCORECARD = 10, 12, 24
pytestmark = pytest.mark.django_db


def files_of(work: Callable[[], Any]) -> set[str]:
    """The project files in which Python ran during `work`, frame and tests left out."""
    seen: set[str] = set()

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    ours = {Path(name) for name in seen if name.startswith(str(PACKAGE))}
    short = {str(path.relative_to(PACKAGE)).removeprefix("apps/") for path in ours if "tests" not in path.parts}
    return short - FRAME


@pytest.fixture
def government() -> Any:
    government = people.a_government("35.15")
    agency = people.an_agency(government)
    facts.spend(government, agency, ceiling=1000, realised={6: 400})
    indicator = facts.an_indicator(government, agency=agency)
    facts.promise(indicator, {(2024, "year", 1): 80})
    compute_run(government, year=2024, month=12, by=None)
    return government


@pytest.mark.parametrize(
    ("name", "budget"),
    [("agencies", PAGE), ("indicators", PAGE), ("periods", PAGE), ("goals", PAGE), ("government", SCORECARD)],
)
def test_a_page_passes_few_files(government: Any, name: str, budget: int) -> None:
    client = Client()
    client.force_login(people.a_person(government=government, role=Role.REFORM_OFFICE))
    address = reverse(name, args=[government.code])
    client.get(address)
    files = files_of(lambda: client.get(address))
    assert len(files) <= budget, sorted(files)


def test_a_write_passes_few_files(government: Any) -> None:
    client = Client()
    client.force_login(people.a_person(government=government, role=Role.REFORM_OFFICE))
    form = {"code": "1.09", "name": "Dinas Uji", "kind": "dinas", "on": date(2024, 1, 1), "decree": "Perda 1/2024"}
    address = reverse("open_agency", args=[government.code])
    client.get(address)
    files = files_of(lambda: client.post(address, form))
    assert government.agencies.filter(code="1.09").exists()
    assert len(files) <= WRITE, sorted(files)
