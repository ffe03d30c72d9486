"""Working sheets as workbooks: out and in again, all kinds of bad ones, and weights from an official workbook."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from manfaat.apps.core.models import AuditEvent, SourceFile
from manfaat.apps.evaluations.actions import NewAnswer
from manfaat.apps.evaluations.models import Answer, EnteredWeight, Result, StagedFile
from manfaat.apps.evaluations.tests import facts
from manfaat.apps.evaluations.tests.test_sheets import text
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db
OPEN = "pemdi-2026"


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
def organiser(place):
    return people.signed_in(people.organiser(place[0]))


def exported(browser, sheet, query: str = "", assessor: str = "mandiri"):
    response = browser.get(facts.page("sheet_export", sheet, assessor) + query)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(browser, sheet, content: bytes, name: str = "lke.xlsx", assessor: str = "mandiri"):
    return browser.post(facts.page("sheet_import", sheet, assessor), {"file": SimpleUploadedFile(name, content)})


def put(book, code: str, answer: object, evidence: str = "") -> None:
    for row in book["LKE"].iter_rows(min_row=2):
        if row[0].value == code:
            row[4].value, row[5].value = answer, evidence or row[5].value
            return
    raise KeyError(code)


def apply(browser, staged):
    return browser.post(reverse("staged_apply", args=[staged.government.code, staged.public_id]))


def test_a_filled_sheet_comes_back_the_same(place, sheet, officer, organiser):
    answers = facts.graded(a1="BB", b1="E") | {"1.c": NewAnswer(None, "", "not_measurable", "=HYPERLINK(1)")}
    facts.fill(sheet, "mandiri", answers)
    content = saved(exported(officer, sheet))
    other = facts.a_sheet(place[0], place[1], 2023)
    response = upload(organiser, other, content)
    assert response.status_code == 302
    assert not Answer.objects.filter(assessment__sheet=other).exists()
    page = text(organiser.get(response.url))
    assert "3 baris siap ditulis" in page
    assert "9 baris kosong di berkas dibiarkan" in page
    assert apply(organiser, StagedFile.objects.get()).status_code == 302
    fields = ("code", "value", "label", "status", "evidence")
    mine, theirs = (list(Answer.objects.filter(assessment__sheet=s).values_list(*fields)) for s in (sheet, other))
    assert sorted(mine) == sorted(theirs)
    assert len(set(Result.objects.values_list("worst", "best"))) == 1


def test_an_empty_sheet_has_boxes_and_no_answers_and_no_formula(sheet, officer):
    facts.fill(sheet, "mandiri", facts.graded(a1="BB") | {"1.b": NewAnswer(None, "", "missing", "=1+1")})
    empty, filled = exported(officer, sheet, "?kosong"), exported(officer, sheet)
    assert not any(row[4].value for row in empty["LKE"].iter_rows(min_row=2))
    cells = {row[0].value: row for row in filled["LKE"].iter_rows(min_row=2)}
    assert (cells["1.a"][4].value, cells["1.b"][5].value, cells["1.b"][5].data_type) == ("BB", "'=1+1", "s")
    assert cells["1.a"][6].value == pytest.approx(4.8)


def test_a_sheet_with_errors_names_each_place_and_nothing_can_be_applied(sheet, officer):
    book = exported(officer, sheet, "?kosong")
    put(book, "1.a", "baik")
    put(book, "1.b", 180)
    put(book, "1.c", "A")
    put(book, "1", 30)
    book["LKE"].append(["9.z", "Entah", "", "", "A"])
    book["LKE"].append(["1.c", "Dobel", "", "", "B"])
    response = upload(officer, sheet, saved(book))
    page = text(officer.get(response.url))
    for said in (
        "LKE, baris 3, kolom E (Jawaban)", "Pilihannya: AA", "180 di luar rentang", "dihitung dari baris di bawahnya",
        "9.z", "Kode ini sudah ada di baris 5", "tidak ada yang dapat diterapkan",
    ):  # fmt: skip
        assert said in page, said
    assert apply(officer, StagedFile.objects.get()).status_code == 409
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lke.xlsx", b"PK\x03\x04 rusak", "rusak"),
        ("lke.xlsx", b"", "0 byte"),
        ("lke.pdf", b"%PDF-1.4", "XLSX"),
        ("lke.xlsx", b"<html><table></table></html>", "HTML"),
    ],
)
def test_what_is_no_workbook_is_refused_and_leaves_nothing_behind(sheet, officer, settings, name, content, said):
    response = upload(officer, sheet, content, name)
    assert response.status_code == 422
    assert said in text(response)
    assert not SourceFile.objects.exists()
    assert not StagedFile.objects.exists()


def test_a_workbook_without_its_columns_or_of_another_instrument_is_refused_by_name(place, sheet, officer, organiser):
    response = upload(officer, sheet, b"Nama;Alamat\nA;B\n", "lain.csv")
    assert "Kolom “Kode” belum ditemukan" in text(officer.get(response.url))
    other = facts.a_sheet(place[0], name="strategi-rubric-2024")
    response = upload(organiser, other, saved(exported(officer, sheet)))
    assert "Berkas ini untuk instrumen lain" in text(organiser.get(response.url))


def test_answers_changed_since_the_check_are_not_overwritten(sheet, officer):
    book = exported(officer, sheet, "?kosong")
    put(book, "1.a", "AA")
    upload(officer, sheet, saved(book))
    officer.post(facts.page("sheet_fill", sheet, "mandiri"), facts.form_of(sheet, 0, a1="C"))
    assert apply(officer, StagedFile.objects.get()).status_code == 409
    assert Answer.objects.get().label == "C"


def test_a_double_click_applies_once_and_blank_rows_keep_what_was_answered(sheet, officer):
    officer.post(facts.page("sheet_fill", sheet, "mandiri"), facts.form_of(sheet, 0, a1="C", a1_bukti="Renstra"))
    book = exported(officer, sheet, "?kosong")
    put(book, "1.b", 78.5, "Notulen")
    upload(officer, sheet, saved(book))
    staged = StagedFile.objects.get()
    for _ in range(2):
        assert apply(officer, staged).status_code == 302
    assert dict(Answer.objects.values_list("code", "evidence")) == {"1.a": "Renstra", "1.b": "Notulen"}
    assert AuditEvent.objects.filter(verb="apply_staged").count() == 1


def test_the_other_side_of_the_check_can_neither_stage_nor_apply(place, sheet, officer):
    inspector = people.signed_in(people.verifier(place[0]))
    book = exported(inspector, sheet, "?kosong")
    put(book, "1.a", "AA")
    assert upload(inspector, sheet, saved(book)).status_code == 403
    upload(officer, sheet, saved(book))
    staged = StagedFile.objects.get()
    assert apply(inspector, staged).status_code == 403
    stranger = people.signed_in(people.stranger())
    assert stranger.get(reverse("staged", args=[place[0].code, staged.public_id])).status_code == 404


def official(rows, titles=("No", "Indikator Penilaian", "Bobot (%)", "Skala")) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "LKE resmi"
    book.active.append(["LEMBAR KERJA EVALUASI"])
    book.active.append(list(titles))
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def stage_weights(browser, government, content: bytes) -> StagedFile:
    address = reverse("weights_import", args=[government.code, OPEN])
    response = browser.post(address, {"file": SimpleUploadedFile("resmi.xlsx", content)})
    assert response.status_code == 302, text(response)
    return StagedFile.objects.latest("pk")


def mapped(browser, government, staged, **columns: str):
    sent = {"lembar": "LKE resmi", "source": "Lampiran PermenPANRB 8/2026"} | {"kolom_code": "0", "kolom_name": "1"}
    sent |= {"kolom_weight": "2", "kolom_range": "3"} | columns
    return browser.post(reverse("staged_columns", args=[government.code, staged.public_id]), sent)


def test_an_unknown_official_workbook_fills_the_missing_weights_after_its_columns_are_matched(place, organiser):
    government = place[0]
    rows = [(number, f"Aspek {number}", 0.1 if number < 7 else 0.4, "1-5") for number in range(1, 8)]
    staged = stage_weights(organiser, government, official([*rows, ("8", "Catatan", "", "")]))
    page = text(organiser.get(reverse("staged_columns", args=[government.code, staged.public_id])))
    assert "judul kolom di baris 2" in page
    assert mapped(organiser, government, staged).status_code == 302
    assert not EnteredWeight.objects.exists()
    assert "7 baris siap ditulis" in text(organiser.get(reverse("staged", args=[government.code, staged.public_id])))
    assert apply(organiser, staged).status_code == 302
    kept = EnteredWeight.objects.get(code="7")
    assert (kept.weight, kept.source) == ("0.4", "Lampiran PermenPANRB 8/2026 (berkas resmi.xlsx)")


def test_wrong_weights_in_an_official_workbook_are_named_and_none_is_written(place, organiser):
    government = place[0]
    rows = [(1, "Aspek", "banyak", "1-5"), (2, "Aspek", 0.2, "0-100"), (2, "Aspek", 0.3, "1-5")]
    staged = stage_weights(organiser, government, official(rows))
    mapped(organiser, government, staged)
    page = text(organiser.get(reverse("staged", args=[government.code, staged.public_id])))
    assert "LKE resmi, baris 3, kolom C" in page
    assert "lebih dari nol" in page
    assert "sudah mendapat bobot dari baris 4" in page
    assert "Rentang di berkas tidak menyebut 1 sampai 5" in page
    assert apply(organiser, staged).status_code == 409
    assert not EnteredWeight.objects.exists()


def test_weights_that_do_not_add_up_are_refused_when_applied(place, organiser):
    government = place[0]
    staged = stage_weights(organiser, government, official([(n, "Aspek", 0.5, "1-5") for n in range(1, 8)]))
    mapped(organiser, government, staged)
    response = apply(organiser, staged)
    assert response.status_code == 409
    assert not EnteredWeight.objects.exists()
    assert StagedFile.objects.get().state == "checked"


def test_only_the_reform_office_brings_weights(place):
    planner = people.signed_in(people.planner(place[0]))
    address = reverse("weights_import", args=[place[0].code, OPEN])
    assert planner.get(address).status_code == 403
