"""The real answers of the Mal Pelayanan Publik of Jepara, through the whole way, against a count by hand."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manfaat.apps.imports.actions import NewUpload
from manfaat.apps.imports.tests.files import lead
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.services.boards import unit_lines
from manfaat.apps.services.index import indices, pooled
from manfaat.apps.services.models import ELEMENTS, Response, Tally
from manfaat.apps.services.periods import Span
from manfaat.apps.services.queries import counted_units
from manfaat.engine import round_half_up

FILE = Path(__file__).resolve().parents[5] / "shared/data/skm_responses_mpp_jepara.csv"
NO_UNIT = "Tidak menyebut unit"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.skipif(not FILE.is_file(), reason="../shared/data/skm_responses_mpp_jepara.csv is not here"),
]


def lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def by_hand(rows: list[dict[str, str]]) -> Fraction:
    """Mean of each element over those who answered it, their mean, times 25; exact."""
    total = Fraction(0)
    for name in ELEMENTS:
        given = [int(row[name]) for row in rows if row[name]]
        total += Fraction(sum(given), len(given))
    return total / 9 * 25


@pytest.fixture
def jepara() -> Government:
    government = people.a_government("33.20")
    sent = SimpleUploadedFile(FILE.name, FILE.read_bytes())
    batch = lead(government, people.planner(government), NewUpload(sent, "survey", 2021), unit=NO_UNIT, replaces=True)
    assert batch.state == "applied"
    return government


def test_the_whole_file_gives_the_index_counted_by_hand(jepara: Government) -> None:
    rows = lines()
    pool = pooled(Tally.objects.filter(unit__government=jepara))
    assert (Response.objects.count(), pool.responses, pool.complete) == (2399, 2399, 2317)
    assert round_half_up(pool.complete_only or 0, 2) == round_half_up(float(by_hand(
        [row for row in rows if all(row[name] for name in ELEMENTS)]
    )), 2)  # fmt: skip
    assert f"{pool.complete_only:.2f}" == "96.35"
    made = indices([pool])
    assert made.value(0) == float(round_half_up(float(by_hand(rows)), 2)) == 96.18
    assert made.category(0) == "A (Sangat baik)"


def test_every_counter_and_month_agrees_with_the_count_by_hand(jepara: Government) -> None:
    groups: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in lines():
        groups[row["counter_name"] or NO_UNIT, row["survey_month"]].append(row)
    counted = {one.unit.name: one for one in counted_units(jepara)}
    assert len(counted) == 22  # 21 counters, and the answers that name none
    checked = 0
    for (unit, month), rows in groups.items():
        pool = counted[unit].pool(Span(int(month[:4]), "month", int(month[5:])))
        assert pool.responses == len(rows)
        if all(any(row[name] for row in rows) for name in ELEMENTS):
            assert indices([pool]).value(0) == float(round_half_up(float(by_hand(rows)), 2)), (unit, month)
            checked += 1
    assert checked > 100


def test_the_year_of_every_counter_agrees_with_the_count_by_hand(jepara: Government) -> None:
    rows = [row for row in lines() if row["survey_month"].startswith("2021")]
    for line in unit_lines(counted_units(jepara), Span(2021), {}):
        own = [row for row in rows if (row["counter_name"] or NO_UNIT) == line.unit.name]
        assert line.standing.value == float(round_half_up(float(by_hand(own)), 2)), line.unit.name
