"""Sheets through their pages: who answers, what is read, what is refused, what comes out."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from manfaat.apps.core.models import AuditEvent
from manfaat.apps.evaluations.models import Answer, Assessment, Result, RowFigure, Sheet
from manfaat.apps.evaluations.tests import facts
from manfaat.apps.organisations.tests import people
from manfaat.engine import instruments

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return facts.a_place()


@pytest.fixture
def sheet(place):
    return facts.a_sheet(*place)


@pytest.fixture
def officer(place):
    return people.signed_in(people.officer(*place))


@pytest.fixture
def inspector(place):
    return people.signed_in(people.verifier(place[0]))


@pytest.fixture
def organiser(place):
    return people.signed_in(people.organiser(place[0]))


def text(response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def test_the_reform_office_opens_one_sheet_for_one_subject_a_year(place, organiser):
    government, agency = place
    address = reverse("sheet_new", args=[government.code, facts.SAKIP])
    for _ in range(2):
        response = organiser.post(address, {"agency": agency.pk, "year": "2024"})
        assert response.status_code == 302
    assert Sheet.objects.count() == 1
    assert AuditEvent.objects.filter(verb="open_sheet").count() == 1
    organiser.post(address, {"agency": "", "year": "2024"})
    assert Sheet.objects.filter(agency=None).count() == 1


def test_an_instrument_of_another_kind_of_government_is_refused(place, organiser):
    address = reverse("sheet_new", args=[place[0].code, "rb-2024-provinsi"])
    response = organiser.post(address, {"agency": "", "year": "2024"})
    assert response.status_code == 422
    assert "tidak dipakai untuk Kabupaten" in text(response)
    assert not Sheet.objects.exists()


def test_an_agency_fills_its_own_column_and_sees_the_result(sheet, officer):
    address = facts.page("sheet_fill", sheet, "mandiri")
    response = officer.post(address, facts.form_of(sheet, 0, a1="BB", a1_bukti="Renstra, halaman 4", b1="78,5"))
    assert response.status_code == 302
    kept = {answer.code: answer for answer in Answer.objects.all()}
    assert {code: (one.value, one.label) for code, one in kept.items()} == {
        "1.a": (Decimal(80), "BB"),
        "1.b": (Decimal("78.5"), ""),
    }
    assert kept["1.a"].evidence == "Renstra, halaman 4"
    result = Result.objects.get()
    assert result.total is None
    assert round(result.worst, 3) == 4.8 + 7.065
    assert round(result.best, 3) == 4.8 + 7.065 + 85
    event = AuditEvent.objects.get(verb="save_answers")
    assert event.detail["changes"]["1.a"] == ["missing", "BB; bukti: Renstra, halaman 4"]
    page = text(officer.get(address))
    assert "terbaca 80 (BB)" in page
    assert "terbaca 78,5" in page


def test_a_complete_sheet_has_a_total_with_its_predicate_and_the_rows_that_lose_points(sheet, officer):
    facts.fill(sheet, "mandiri", facts.all_answers("BB") | facts.graded(c2="C"))
    page = text(officer.get(facts.page("sheet_result", sheet, "mandiri")))
    assert "75,50" in page
    assert "BB (Sangat Baik)" in page
    assert page.index("2.c Pemanfaatan (Pengukuran kinerja) : 7,50 dari 15,00 poin") < page.index(
        "3,00 dari 15,00 poin"
    )
    assert "24,50 poin hilang dari 100" in page


def test_missing_is_never_zero(sheet, officer):
    facts.fill(sheet, "mandiri", facts.graded(a1="E"))
    result = Result.objects.get()
    assert (result.total, result.worst, result.best) == (None, 0.0, 94.0)
    assert len(result.missing) == 11
    page = text(officer.get(facts.page("sheet_result", sheet, "mandiri")))
    assert "belum lengkap" in page
    assert "Paling tinggi 94,00" in page
    figure = RowFigure.objects.get(code="1.b")
    assert (figure.value, figure.status) == (None, "missing")
    assert RowFigure.objects.get(code="1.a").value == 0.0


def test_what_is_no_answer_is_refused_with_the_choices_and_nothing_is_kept(sheet, officer):
    address = facts.page("sheet_fill", sheet, "mandiri")
    response = officer.post(address, facts.form_of(sheet, 0, a1="baik sekali", b1="180", c1="BB"))
    assert response.status_code == 422
    page = text(response)
    assert "Pilihannya: AA, A, BB, B, CC, C, D, E" in page
    assert "180 di luar rentang 0 sampai 100" in page
    assert 'value="baik sekali"' in response.content.decode()
    assert not Answer.objects.exists()


def test_words_for_absence_are_kept_apart_from_a_blank(sheet, officer):
    sent = facts.form_of(sheet, 0, a1="tidak dapat diukur", b1="belum jatuh tempo", c1="belum ada data")
    officer.post(facts.page("sheet_fill", sheet, "mandiri"), sent)
    assert dict(Answer.objects.values_list("code", "status")) == {"1.a": "not_measurable", "1.b": "not_due"}
    assert dict(RowFigure.objects.filter(code__in=["1.a", "1.b", "1.c"]).values_list("code", "status")) == {
        "1.a": "not_measurable",
        "1.b": "not_due",
        "1.c": "missing",
    }


def test_a_stale_form_is_refused_and_keeps_what_was_typed(place, sheet, officer):
    address = facts.page("sheet_fill", sheet, "mandiri")
    other = people.signed_in(people.colleague(*place))
    other.post(address, facts.form_of(sheet, 0, a1="A"))
    response = officer.post(address, facts.form_of(sheet, 0, a1="B"))
    assert response.status_code == 422
    assert "sudah diubah orang lain" in text(response)
    assert 'value="B"' in response.content.decode()
    assert Answer.objects.get().label == "A"


def test_a_double_click_changes_and_records_nothing_more(sheet, officer):
    address = facts.page("sheet_fill", sheet, "mandiri")
    for _ in range(2):
        assert officer.post(address, facts.form_of(sheet, 0, a1="A")).status_code == 302
    assert AuditEvent.objects.filter(verb="save_answers").count() == 1
    assert Assessment.objects.get().version == 1


def test_an_answer_can_be_taken_back(sheet, officer):
    address = facts.page("sheet_fill", sheet, "mandiri")
    officer.post(address, facts.form_of(sheet, 0, a1="A", b1="B"))
    officer.post(address, facts.form_of(sheet, 1, b1="B"))
    assert [answer.code for answer in Answer.objects.all()] == ["1.b"]
    assert Result.objects.get().missing[0] == "1.a"


def test_who_filled_self_cannot_fill_internal_nor_the_other_way_round(place, sheet):
    person = people.organiser(place[0])
    facts.fill(sheet, "mandiri", facts.graded(a1="A"), by=person)
    people.assign_role(person, role="inspector", government_id=place[0].pk, by=None, valid_from=people.LONG_AGO)
    browser = people.signed_in(person)
    address = facts.page("sheet_fill", sheet, "internal")
    assert browser.get(address).status_code == 409
    response = browser.post(address, facts.form_of(sheet, 0, a1="AA"))
    assert response.status_code == 409
    assert "tidak boleh mengisi penilaian internal" in text(response)
    assert not Answer.objects.filter(assessment__assessor="internal").exists()
    facts.fill(sheet, "internal", facts.graded(a1="B"), by=people.verifier(place[0]))
    other = Sheet.objects.get()
    both = Assessment.objects.get(assessor="internal").filled_by.get()
    people.assign_role(both, role="reform_office", government_id=place[0].pk, by=None, valid_from=people.LONG_AGO)
    assert people.signed_in(both).get(facts.page("sheet_fill", other, "mandiri")).status_code == 409


def test_each_column_opens_to_its_own_assessor(place, sheet, officer, inspector, organiser):
    neighbour = people.signed_in(people.officer(place[0], people.an_agency(place[0], "1.02")))
    allowed = {"mandiri": [officer, organiser], "internal": [inspector], "eksternal": [organiser]}
    for assessor, browsers in allowed.items():
        for browser in (officer, inspector, organiser, neighbour):
            status = browser.get(facts.page("sheet_fill", sheet, assessor)).status_code
            assert status == (200 if browser in browsers else 403), assessor


def test_a_stranger_finds_nothing_and_another_governments_sheet_is_not_there(place, sheet):
    stranger = people.signed_in(people.stranger())
    for name, more in (("sheet", []), ("sheet_result", ["mandiri"]), ("sheet_fill", ["mandiri"])):
        assert stranger.get(facts.page(name, sheet, *more)).status_code == 404
    other = people.a_government("35.16")
    visitor = people.signed_in(people.organiser(other))
    assert visitor.get(reverse("sheet", args=["35.16", sheet.public_id])).status_code == 404
    assert people.signed_in(people.leader(place[0])).get(facts.page("sheet", sheet)).status_code == 200


def test_an_unknown_assessor_or_row_is_not_found(sheet, officer):
    assert officer.get(facts.page("sheet_result", sheet, "tetangga")).status_code == 404
    assert officer.get(facts.page("sheet_why", sheet, "mandiri", "9.z")).status_code == 404


def test_three_assessors_stand_side_by_side(sheet, officer):
    facts.fill(sheet, "mandiri", facts.all_answers("A"))
    facts.fill(sheet, "internal", facts.all_answers("B"))
    page = text(officer.get(facts.page("sheet", sheet)))
    assert "90,00" in page
    assert "70,00" in page
    assert "5,40 poin" in page
    assert "4,20 poin" in page
    assert text(officer.get(reverse("sheets", args=[sheet.government.code]))).count("belum diisi") >= 1


def test_every_row_says_why_down_to_who_answered_with_which_evidence(sheet, officer):
    officer.post(
        facts.page("sheet_fill", sheet, "mandiri"), facts.form_of(sheet, 0, a1="BB", a1_bukti="Renstra halaman 4")
    )
    page = officer.get(facts.page("sheet_why", sheet, "mandiri", "1.a"))
    assert "80 ÷ 100 × 6 = 4,8" in text(page)
    assert "Renstra halaman 4" in text(page)
    group = officer.get(facts.page("sheet_why", sheet, "mandiri", "1"))
    assert facts.page("sheet_why", sheet, "mandiri", "1.a") in group.content.decode()
    assert "1.b" in text(group)


def test_a_result_is_stale_when_its_answers_changed_behind_it_and_is_computed_anew(sheet, officer):
    facts.fill(sheet, "mandiri", facts.all_answers("A"))
    address = facts.page("sheet_result", sheet, "mandiri")
    assert "berubah sejak hasil ini dihitung" not in text(officer.get(address))
    Answer.objects.filter(code="1.a").update(value=30, label="D")
    assert "berubah sejak hasil ini dihitung" in text(officer.get(address))
    assert officer.get(facts.page("sheet_compute", sheet, "mandiri")).status_code == 405
    assert officer.post(facts.page("sheet_compute", sheet, "mandiri")).status_code == 302
    assert "berubah sejak hasil ini dihitung" not in text(officer.get(address))
    assert round(Result.objects.get().total, 2) == 86.4
    assert AuditEvent.objects.get(verb="compute_result").detail["before"] == 90


def test_the_same_answers_give_the_same_digest(place):
    digests = set()
    for year in (2023, 2024):
        facts.fill(facts.a_sheet(*place, year), "mandiri", facts.all_answers("A"))
    for result in Result.objects.all():
        digests.add(result.inputs_digest)
    assert len(digests) == 1


def test_the_pages_cost_the_same_queries_with_one_answer_and_with_all(place, officer):
    government, agency = place
    small, large = facts.a_sheet(government, agency, 2023), facts.a_sheet(government, agency, 2024)
    facts.fill(small, "mandiri", facts.graded(a1="A"))
    for assessor in ("mandiri", "internal", "eksternal"):
        facts.fill(large, assessor, facts.all_answers("A"))
    for name, more in (("sheet", []), ("sheet_result", ["mandiri"]), ("sheet_fill", ["mandiri"])):
        few, many = (people.queries_of(officer, facts.page(name, one, *more)) for one in (small, large))
        assert many <= few <= 20, name
    before = people.queries_of(officer, reverse("sheets", args=[government.code]))
    for year in range(2015, 2022):
        facts.fill(facts.a_sheet(government, agency, year), "mandiri", facts.graded(a1="A"))
    assert people.queries_of(officer, reverse("sheets", args=[government.code])) == before


def test_an_evaluator_outside_may_give_the_points_of_components_alone(sheet, officer, organiser):
    address = facts.page("sheet_fill", sheet, "eksternal")
    codes = [row.code for row in instruments.instrument(facts.SAKIP).rows if not row.is_leaf and row.code != "total"]
    sent = facts.form_of(sheet, 0)
    sent |= {f"nilai_{12 + at}": "" for at in range(len(codes))} | {f"bukti_{12 + at}": "" for at in range(len(codes))}
    points = dict(zip(codes, ("30", "25,93", "14,46", "19,09"), strict=True))
    over = sent | {f"nilai_{12 + at}": "31" for at in range(1)}
    assert "31 di luar rentang 0 sampai 30" in text(organiser.post(address, over))
    for code, said in points.items():
        sent[f"nilai_{12 + codes.index(code)}"] = said
    assert organiser.post(address, sent).status_code == 302
    result = Result.objects.get()
    assert (round(result.total, 2), result.missing) == (89.48, [])
    page = text(officer.get(facts.page("sheet_result", sheet, "eksternal")))
    assert "A (Memuaskan)" in page
    assert "diberikan Mengapa: 25,93 poin" in page
    assert "Nilai yang diberikan" in text(officer.get(facts.page("sheet_why", sheet, "eksternal", "2")))
