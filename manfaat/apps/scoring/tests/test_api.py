"""The API: the same rights and the same numbers as the pages, frozen figures for everybody."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from manfaat import engine
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency, signed_in
from manfaat.apps.scoring import published
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.tests.facts import an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR = (2024, "year", 1)
CARD = "/api/v1/governments/35.15/scorecard?year=2024&month=12"
FILE = "/api/v1/published/35.15/2024/12/v1.json"
ROOT = Path(__file__).parents[4]


@pytest.fixture
def government() -> Government:
    """A government with a published run."""
    made = a_government()
    spend(made, an_agency(made), ceiling=1200, realised={12: 1000})
    one = an_indicator(made)
    reach(one, {YEAR: 80})
    promise(one, {YEAR: 90})
    publish_run(compute_run(made, year=2024, month=12, by=None), reason="", by=people.leader(made))
    return made


def test_the_signed_in_see_their_governments_and_scorecards(government: Government) -> None:
    client = signed_in(people.verifier(government))
    assert client.get("/api/v1/governments").json() == [
        {"code": "35.15", "name": "Daerah 35.15", "kind": "kabupaten", "fictitious": False, "periods": ["2024-12"]}
    ]
    card = client.get(CARD).json()
    assert card["stale"] is False
    assert next(one["shown"] for one in card["figures"] if one["key"] == "absorption/12") == "83,33"
    assert card["indicators"][0]["achievement"]["shown"] == "88,89"
    assert card["months"][0] is None


def test_one_number_in_the_database_the_api_the_why_the_csv_and_the_command_line(
    government: Government, tmp_path: Path
) -> None:
    figure = government.runs.get().figures.get(key="absorption/12")
    client = signed_in(people.leader(government))
    answer = client.get(f"/api/v1/figures/{figure.public_id}").json()
    assert answer["explanation"] == engine.explain(figure.record).as_text()
    raw = Client().get(FILE).content
    path = tmp_path / "unduhan.json"
    path.write_bytes(raw)
    shell = subprocess.run(
        [sys.executable, "-m", "manfaat", "explain", str(path), "absorption/12"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    rows = csv.DictReader(
        io.StringIO(published.csv_bytes(published.publication("35.15", 2024, 12)).decode("utf-8-sig"))
    )
    frozen = next(one for one in json.loads(raw)["figures"] if one["key"] == "absorption/12")
    shown = [figure.shown, answer["record"]["shown"], frozen["shown"]]
    shown += [row["shown"] for row in rows if row["key"] == "absorption/12"]
    assert set(shown) == {"83,33"}
    assert shell.returncode == 0, shell.stderr
    assert shell.stdout.strip() == answer["explanation"].strip()


@pytest.mark.parametrize(
    "address", ["/api/v1/governments", CARD, "/api/v1/figures/6f0b1a4e-0000-4000-8000-000000000000"]
)
def test_nobody_signed_in_is_told_to_sign_in(government: Government, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["title"] == "Perlu masuk"


def test_a_stranger_finds_nothing(government: Government) -> None:
    client = signed_in(people.stranger())
    figure = government.runs.get().figures.first()
    for address in (CARD, f"/api/v1/figures/{figure.public_id}"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_request_without_year_says_which_part_is_missing(government: Government) -> None:
    answer = signed_in(people.leader(government)).get("/api/v1/governments/35.15/scorecard")
    assert answer.status_code == 422
    assert "query.year" in answer.json()["detail"]


def test_everybody_may_fetch_the_frozen_file_and_its_tag_saves_a_second_transfer(government: Government) -> None:
    versions = Client().get("/api/v1/published/35.15").json()
    assert (versions[0]["download"], versions[0]["latest"]) == (FILE, True)
    answer = Client().get(FILE)
    assert answer.content == published.json_bytes(published.publication("35.15", 2024, 12))
    assert answer["ETag"] == f'"{versions[0]["digest"]}"'
    again = Client().get(FILE, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/published/35.99", "/api/v1/published/35.15/2024/12/v2.json", "/api/v1/published/35.15/2023/12/v1.json"],
)
def test_what_was_not_published_is_a_problem_404(government: Government, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_it_describes_itself_and_offers_no_way_to_write(government: Government) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert {method for path in document["paths"].values() for method in path} == {"get"}
    assert Client().post(FILE).status_code == 405
