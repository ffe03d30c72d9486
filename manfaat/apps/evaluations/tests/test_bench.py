"""The bench: a copy that shows what a change would bring and never touches the records."""

import pytest
from django.apps import apps

from manfaat.apps.evaluations.tests import facts
from manfaat.apps.evaluations.tests.test_sheets import text
from manfaat.apps.organisations.tests import people
from manfaat.engine import instruments

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return facts.a_place()


@pytest.fixture
def sheet(place):
    sheet = facts.a_sheet(*place)
    facts.fill(sheet, "mandiri", facts.all_answers("BB") | facts.graded(c2="C", a1="AA"))
    return sheet


@pytest.fixture
def leader(place):
    return people.signed_in(people.leader(place[0]))


def records() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in apps.get_app_config("evaluations").get_models()]


def trial(**boxes: str) -> dict[str, str]:
    codes = [row.code for row in instruments.instrument(facts.SAKIP).leaves]
    sent = {"anggaran": ""} | {f"nilai_{at}": "" for at in range(12)} | {f"usaha_{at}": "" for at in range(12)}
    for key, value in boxes.items():
        at = codes.index(f"{key[1]}.{key[0]}") if key != "anggaran" else None
        sent["anggaran" if at is None else f"usaha_{at}" if key.endswith("_usaha") else f"nilai_{at}"] = value
    return sent


def test_a_change_on_the_copy_shows_the_new_total_and_path_and_writes_nothing(sheet, leader):
    before = records()
    page = text(leader.post(facts.page("sheet_try", sheet, "mandiri"), trial(c2="A", b1="AA")))
    assert "Sekarang 76,70" in page
    assert "Pada salinan 84,50" in page
    assert "1.b Kualitas (Perencanaan kinerja) menjadi 100 (AA): +1,80 poin, menjadi 78,50" in page
    assert "2.c Pemanfaatan (Pengukuran kinerja) menjadi 90 (A): +6,00 poin, menjadi 84,50" in page
    assert records() == before


def test_gaps_are_ranked_and_what_is_at_its_top_is_not_proposed(sheet, leader):
    page = text(leader.get(facts.page("sheet_try", sheet, "mandiri")))
    table = page[page.index("Poin per usaha") : page.index("Anggaran usaha")]
    assert table.index("2.c Pemanfaatan") < table.index("1.c Pemanfaatan") < table.index("3.a Keberadaan")
    assert "1.a Keberadaan (Perencanaan kinerja)" not in table
    assert "50 (C) 100 (AA) +7,50" in table


def test_the_best_set_within_a_budget_of_effort(sheet, leader):
    sent = trial(c2_usaha="10", c1_usaha="4", b1_usaha="4", a2_usaha="3", anggaran="8")
    page = text(leader.post(facts.page("sheet_try", sheet, "mandiri"), sent))
    plan = page[page.index("Gabungan terbaik") : page.index("Celah yang paling")]
    assert "1.c Pemanfaatan" in plan
    assert "1.b Kualitas" in plan
    assert "2.c" not in plan
    assert "Terbukti" in plan
    assert "+4,80 poin dengan usaha 8" in page


def test_an_incomplete_sheet_says_why_and_can_be_completed_on_the_copy(place, leader):
    sheet = facts.a_sheet(*place, 2023)
    facts.fill(sheet, "mandiri", {k: v for k, v in facts.all_answers("BB").items() if k != "4.c"})
    address = facts.page("sheet_try", sheet, "mandiri")
    assert "belum dapat dihitung" in text(leader.get(address))
    page = text(leader.post(address, trial(c4="A")))
    assert "Pada salinan 81,25" in page


def test_what_is_no_answer_or_no_effort_is_refused(sheet, leader):
    response = leader.post(facts.page("sheet_try", sheet, "mandiri"), trial(c2="Z", b1_usaha="-3"))
    assert response.status_code == 422
    assert "Pilihannya: AA" in text(response)
    assert "Usaha harus nol atau lebih" in text(response)


def test_an_empty_column_has_no_bench(sheet, leader):
    assert "belum diisi" in text(leader.get(facts.page("sheet_try", sheet, "internal")))


def test_strangers_find_no_bench(sheet):
    assert people.signed_in(people.stranger()).get(facts.page("sheet_try", sheet, "mandiri")).status_code == 404


def test_two_assessors_side_by_side_with_each_difference_explained(sheet, leader):
    facts.fill(sheet, "internal", facts.all_answers("BB"))
    page = text(leader.get(facts.page("sheet_beside", sheet, "mandiri") + "?dengan=internal"))
    assert "1.a Keberadaan 6,00 4,80 -1,20" in page.replace("−", "-")
    assert "jawaban −1,2" in page


def test_the_same_answers_under_another_version_say_what_is_the_same(place, leader):
    sheet = facts.a_sheet(place[0], name="rb-2023-kabkota")
    facts.fill(sheet, "mandiri", {"A.1": facts.number(80)})
    address = facts.page("sheet_beside", sheet, "mandiri")
    assert "pemerintah kabupaten/kota" in text(leader.get(address))
    page = text(leader.get(address + "?dengan=rb-2024-kabkota"))
    assert "1 dari 1 jawaban juga ditanyakan" in page


def test_what_cannot_be_put_beside_is_not_computed(sheet, leader):
    response = leader.get(facts.page("sheet_beside", sheet, "mandiri") + "?dengan=entah")
    assert response.status_code == 200
    assert "Sebabnya" not in text(response)
