"""The library of instruments, and the weights that an office enters itself."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from manfaat.apps.core.models import AuditEvent
from manfaat.apps.evaluations.actions import NewAnswer
from manfaat.apps.evaluations.models import EnteredWeight, Result, RowFigure
from manfaat.apps.evaluations.tests import facts
from manfaat.apps.evaluations.tests.test_sheets import text
from manfaat.apps.organisations.tests import people
from manfaat.engine import instruments

pytestmark = pytest.mark.django_db
OPEN = "pemdi-2026"


@pytest.fixture
def government():
    return people.a_government()


@pytest.fixture
def organiser(government):
    return people.signed_in(people.organiser(government))


def weights_form(**boxes: str) -> dict[str, str]:
    sent = {f"bobot_{at}": "" for at in range(7)} | {"source": "Lampiran I halaman 12"}
    return sent | boxes


def even(text: str = "1/7") -> dict[str, str]:
    return weights_form(**{f"bobot_{at}": text for at in range(7)})


def test_the_library_lists_every_instrument_with_its_examples_passing(government, organiser):
    response = organiser.get(reverse("instruments"))
    page = text(response)
    for one in instruments.instruments():
        assert one.title in page
    assert "Bobot belum ditetapkan: 1, 2, 3, 4, 5, 6, 7" in page
    assert not re.search(r"tag--bad", response.content.decode())


def test_every_instrument_has_a_page_with_its_rows_and_places(organiser):
    for one in instruments.instruments():
        response = organiser.get(reverse("instrument", args=[one.id]))
        assert response.status_code == 200, one.id
        page = text(response)
        for row in one.leaves:
            assert f"{row.code} {row.name}" in page, (one.id, row.code)
    sakip = text(organiser.get(reverse("instrument", args=["sakip-2021"])))
    assert "lebih dari 70 sampai 80" in sakip
    assert "AA = 100" in sakip
    assert organiser.get(reverse("instrument", args=["tidak-ada"])).status_code == 404


def test_a_total_is_refused_by_name_until_the_weights_are_entered_and_says_who_entered_them(government, organiser):
    sheet = facts.a_sheet(government, name=OPEN)
    rows = instruments.instrument(OPEN).leaves
    facts.fill(sheet, "mandiri", {row.code: NewAnswer(Decimal(3)) for row in rows})
    address = facts.page("sheet_result", sheet, "mandiri")
    page = text(organiser.get(address))
    assert "bobot baris ini belum ditetapkan: 1, 2, 3, 4, 5, 6, 7" in page
    assert Result.objects.get().total is None
    weights = reverse("weights", args=[government.code, OPEN])
    assert organiser.post(weights, even()).status_code == 302
    assert Result.objects.get().total == pytest.approx(3)
    assert "Lampiran I halaman 12" in text(organiser.get(weights))
    why = text(organiser.get(facts.page("sheet_why", sheet, "mandiri", "1")))
    assert "Lampiran I halaman 12; dientri Orang" in why
    assert AuditEvent.objects.get(verb="set_weights").detail["changes"]["1"] == ["", "1/7"]
    assert RowFigure.objects.filter(code="total").exists()


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"bobot_0": "nol"}, "lebih dari nol"),
        ({"bobot_0": "-1"}, "lebih dari nol"),
        ({"bobot_0": "0"}, "lebih dari nol"),
        ({"bobot_0": "2"}, "melebihi"),
        ({"bobot_0": "0,5", "source": ""}, "dari mana bobot dibaca"),
    ],
)
def test_wrong_weights_are_refused_and_nothing_is_kept(government, organiser, boxes, said):
    response = organiser.post(reverse("weights", args=[government.code, OPEN]), weights_form(**boxes))
    assert response.status_code == 422
    assert said in text(response)
    assert not EnteredWeight.objects.exists()


def test_a_replaced_weight_is_kept_and_a_double_click_writes_nothing(government, organiser):
    address = reverse("weights", args=[government.code, OPEN])
    for weight in ("0,2", "0,2", "0,1"):
        organiser.post(address, weights_form(bobot_0=weight))
    assert list(EnteredWeight.objects.values_list("weight", "is_current")) == [("0.2", False), ("0.1", True)]
    assert AuditEvent.objects.filter(verb="set_weights").count() == 2


def test_weights_are_entered_by_the_reform_office_and_of_each_government_alone(government, organiser):
    organiser.post(reverse("weights", args=[government.code, OPEN]), even())
    planner = people.signed_in(people.planner(government))
    assert planner.post(reverse("weights", args=[government.code, OPEN]), even("0,1")).status_code == 403
    other = people.a_government("35.16")
    sheet = facts.a_sheet(other, name=OPEN)
    facts.fill(sheet, "mandiri", {row.code: NewAnswer(Decimal(3)) for row in instruments.instrument(OPEN).leaves})
    assert Result.objects.get().total is None
