"""Journey 2, load: a planner brings a file as offices make them, mends it, applies it, sees it, and takes it back.

All of it in 2024 of Kabupaten Contoh, a year without money in the demo; each test leaves the records as they were.
"""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.browser.conftest import Enter, Person, one_line
from tests.browser.workbooks import CEILING_RP, LINES, REALISED_RP, SHEET, cells, recap, upload, workbook

pytestmark = pytest.mark.browser
IMPORTS, SCORECARD = "/pemda/99.01/impor/", "/pemda/99.01/?tahun=2024&bulan=3"
MARCH = ("PEMERINTAH KABUPATEN CONTOH", "REKAP REALISASI BELANJA", "S.D. 31 MARET 2024")
WRONG = (
    replace(LINES[0], programme_code=1.1),
    LINES[1],
    LINES[2],
    replace(LINES[3], agency_code="1.02.0.00.0.00.02.9"),
)
NEWER = (replace(LINES[0], realised_rp=110_000_000), *LINES[1:])
CLICKS = 5
BIG = 30_000


@pytest.fixture
def planner(enter: Enter) -> Person:
    return enter("contoh-perencana")


def choose(
    planner: Person, name: str, content: bytes, *, kind: str = "Anggaran dan realisasi", month: str = "Maret"
) -> None:
    """Fill in the form of step 1 for 2024."""
    page = planner.page
    page.get_by_label(kind).check()
    page.get_by_label("Tahun anggaran").fill("2024")
    page.get_by_label("Posisi sampai bulan").select_option(label=month)
    page.locator("input[type=file]").set_input_files(upload(name, content))


def bring(planner: Person, name: str, content: bytes, **fields: str) -> None:
    """Upload a file and ask for a check, columns as guessed."""
    planner.open(f"{IMPORTS}baru/")
    choose(planner, name, content, **fields)
    planner.press("Unggah")
    if planner.page.locator("h1", has_text="Cocokkan kolom").count():
        planner.press("Periksa", within="main form[method=post]")


def map_realisation(planner: Person, title: str) -> None:
    """Choose the column with that title for the realisation."""
    box = planner.page.get_by_label("Realisasi s.d. Bulan Ini (Rp)")
    letter = box.locator("option", has_text=f"· {title}").get_attribute("value")
    box.select_option(letter)


def apply(planner: Person) -> None:
    planner.press("Terapkan semua baris")
    planner.page.locator("h1", has_text="Impor diterapkan").wait_for()


def undo(planner: Person) -> None:
    planner.press("Batalkan impor ini")
    planner.page.locator("h1", has_text="Impor dibatalkan").wait_for()


def compute(planner: Person, month: str = "Maret") -> None:
    """Compute 2024 up to a month and open the scorecard."""
    planner.open("/pemda/99.01/hitung/")
    planner.page.get_by_label("Tahun").fill("2024")
    planner.page.get_by_label("Sampai bulan").select_option(label=month)
    planner.press("Hitung", within="main")
    planner.press("Kabupaten Contoh (data rekaan)", within=".crumbs")


def records(planner: Person, month: int = 3) -> str:
    """The current money of 2024 up to a month, as the export gives it."""
    return planner.page.request.get(f"{IMPORTS}ekspor/anggaran.csv?tahun=2024&bulan={month}").text()


def test_a_planner_mends_a_messy_file_applies_it_sees_it_and_takes_it_back(planner: Person) -> None:
    compute(planner)
    before, figures = records(planner), planner.text(".kpis")
    assert "belum" in figures

    planner.open("/beranda/")
    planner.press("Impor berkas")
    planner.press("Impor berkas")
    choose(planner, "rekap-maret.xlsx", recap(WRONG, titles=MARCH, realised="Terserap"))
    planner.press("Unggah")
    assert "judul kolom di baris 5" in planner.text()
    guessed = planner.page.get_by_label("Pagu (Rp)", exact=False).first
    assert "Anggaran" in guessed.evaluate("box => box.selectedOptions[0].text")
    map_realisation(planner, "Terserap")
    planner.press("Periksa", within="main form[method=post]")

    seen = planner.text()
    assert "2 dari 4 baris cocok; ada 2 kesalahan" in seen
    assert f"{SHEET}, baris 6, kolom D (Kode Program)" in seen
    assert "sudah diubah Excel menjadi angka" in seen
    assert f"{SHEET}, baris 9, kolom B (Kode SKPD)" in seen
    assert "Mungkin maksudnya 1.02.0.00.0.00.02.0000 (Dinas Kesehatan)" in seen
    assert planner.page.get_by_role("button", name="Terapkan semua baris").count() == 0
    assert records(planner) == before

    planner.press("Unggah berkas yang sudah diperbaiki")
    choose(planner, "rekap-maret-betul.xlsx", recap(LINES, titles=MARCH, realised="Terserap"))
    planner.press("Unggah")
    remembered = planner.page.get_by_label("Realisasi s.d. Bulan Ini (Rp)")
    assert "Terserap" in remembered.evaluate("box => box.selectedOptions[0].text")
    planner.press("Periksa", within="main form[method=post]")
    seen = planner.text().replace(" ", "")
    assert "Semua4bariscocokdansiapditerapkan." in seen
    assert "Rp1.000.000.000" in seen
    assert "Rp200.500.000" in seen

    apply(planner)
    compute(planner)
    assert REALISED_RP / CEILING_RP == 0.2005
    assert "20,05%" in planner.text(".kpis")
    planner.press("Dinas Pendidikan", within="section[aria-labelledby=pd]")
    with planner.page.expect_navigation():
        planner.click(planner.page.locator(".kpi", has_text="Serapan anggaran").locator("a.why").first)
    planner.press("Realisasi", within="main table")
    assert f"berkas rekap-maret-betul.xlsx, lembar {SHEET}, baris 6" in planner.text()

    planner.open(IMPORTS)
    planner.press("rekap-maret-betul.xlsx")
    undo(planner)
    assert records(planner) == before
    compute(planner)
    assert planner.text(".kpis") == figures


def test_a_clean_file_takes_at_most_five_clicks_and_the_same_file_again_doubles_nothing(planner: Person) -> None:
    before, content = records(planner), recap(LINES, titles=MARCH[:2])
    planner.open("/beranda/")
    planner.clicks = 0
    planner.press("Impor berkas")
    planner.press("Impor berkas")
    choose(planner, "realisasi.xlsx", content)
    planner.press("Unggah")
    planner.press("Periksa", within="main form[method=post]")
    apply(planner)
    assert planner.clicks <= CLICKS
    applied, address = records(planner), planner.page.url

    bring(planner, "realisasi-lagi.xlsx", content)
    assert "Berkas yang sama sudah diunggah" in planner.text()
    assert planner.page.url == address
    assert records(planner) == applied

    bring(planner, "realisasi-baru.xlsx", recap(NEWER, titles=MARCH[:2]))
    assert "Angka ini menggantikan yang berlaku sekarang; yang lama tetap disimpan: realisasi.xlsx" in planner.text()
    apply(planner)
    assert records(planner).count("\n") == applied.count("\n")
    assert "110000000" in records(planner)
    undo(planner)
    assert records(planner) == applied
    planner.open(address)
    undo(planner)
    assert records(planner) == before


def test_a_double_click_on_apply_applies_once(planner: Person, enter: Enter) -> None:
    def applications() -> int:
        log.open("/pemda/99.01/audit/?verb=apply_batch")
        return log.page.locator("main tbody tr").count()

    log = enter("contoh-inspektorat")
    earlier = applications()
    bring(planner, "dua-klik.xlsx", recap(LINES, titles=("REKAP",)))
    planner.page.get_by_role("button", name="Terapkan semua baris").dblclick()
    planner.page.locator("h1", has_text="Impor diterapkan").wait_for()
    assert applications() == earlier + 1
    undo(planner)


def test_a_page_left_open_cannot_apply_what_was_changed_since(planner: Person) -> None:
    bring(planner, "usang.xlsx", recap(LINES, titles=("REKAP USANG",)))
    address, other = planner.page.url, planner.page.context.new_page()
    other.goto(f"{address}kolom/")
    other.locator("main form[method=post]").get_by_role("button", name="Periksa").click()
    other.close()
    planner.press("Terapkan semua baris")
    assert "Halaman ini sudah usang" in planner.text()
    planner.open(address)
    assert "siap diterapkan" in planner.text()


def with_macro() -> bytes:
    """A workbook that carries a macro, named as if it did not."""
    out = io.BytesIO(recap(LINES, titles=MARCH))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("makro.xlsx", with_macro(), "makro"),
        ("surat.xlsx", b"Yth. Kepala Bappeda, terlampir rekap bulan Maret.\n" * 20, "berkas teks"),
        ("kosong.xlsx", b"", "kosong"),
        ("gambar.png", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "XLSX"),
    ],
    ids=["macro", "text", "empty", "picture"],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    planner: Person, name: str, content: bytes, said: str
) -> None:
    planner.open(IMPORTS)
    imports = planner.page.locator("main tbody tr").count()
    bring(planner, name, content)
    sentence = one_line(planner.page.get_by_role("alert").inner_text())
    assert said.casefold() in sentence.casefold()
    assert len(sentence.split()) > 8  # what is wrong and what to do, not a code
    planner.open(IMPORTS)
    assert planner.page.locator("main tbody tr").count() == imports


def test_the_templates_open_and_can_be_filled_and_imported(planner: Person) -> None:
    for kind, choice in (("Anggaran dan realisasi", "anggaran"), ("Indikator", "indikator")):
        planner.open(IMPORTS)
        with planner.page.expect_download() as waiting:
            planner.click(planner.named("XLSX", within=f"main li:has-text('{kind}')"))
        content = waiting.value.path().read_bytes()
        header, example = cells(content)[:2]
        assert "Kode Perangkat Daerah" in header
        assert "CONTOH" in str(example)
        csv = planner.page.request.get(f"{IMPORTS}templat/{choice}.csv").text()
        assert csv.lstrip("\ufeff").splitlines()[0].split(";") == list(header)

        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[0]
        sheet.delete_rows(2)
        ours = {
            "Tahun": 2024, "Bulan": 3, "Kode Perangkat Daerah": LINES[0].agency_code, "Kode Program": "1.01.02",
            "Kode Rekening": "5.1.02", "Pagu (Rp)": 1_000_000, "Realisasi s.d. Bulan Ini (Rp)": 0,
            "Kode Indikator": "CTH-11", "Indikator": "Anak umur 13 sampai 15 tahun yang bersekolah", "Target": 95,
        }  # fmt: skip
        sheet.append([ours.get(title, "") for title in header])
        out = io.BytesIO()
        book.save(out)
        bring(planner, f"templat-{choice}.xlsx", out.getvalue(), kind=kind)
        assert "Semua 1 baris cocok dan siap diterapkan." in planner.text()


def test_what_is_exported_can_be_imported_unchanged(planner: Person) -> None:
    planner.open(IMPORTS)
    planner.page.get_by_label("Tahun").fill("2026")
    planner.page.get_by_label("Bulan (1–12)").fill("10")
    with planner.page.expect_download() as waiting:
        planner.click(planner.named("Anggaran XLSX"))
    planner.open(f"{IMPORTS}baru/")
    choose(planner, "ekspor.xlsx", waiting.value.path().read_bytes(), month="Oktober")
    planner.page.get_by_label("Tahun anggaran").fill("2026")
    planner.press("Unggah")
    planner.press("Periksa", within="main form[method=post]")
    assert re.search(r"Semua \d+ baris cocok dan siap diterapkan\.", planner.text())


def test_an_indicator_file_sets_targets_and_can_be_taken_back(planner: Person) -> None:
    compute(planner, "Desember")
    before = planner.text("section[aria-labelledby=hasil]")
    rows = [
        ("Kode Indikator", "Indikator", "Satuan", "Periode", "Target", "Realisasi"),
        ("CTH-01", "Indeks pembangunan manusia", "indeks", "2024", "70,00", "69,30"),
    ]
    bring(planner, "iku-2024.xlsx", workbook("IKU", rows), kind="Indikator")
    assert "Semua 1 baris cocok dan siap diterapkan." in planner.text()
    apply(planner)
    address = planner.page.url
    compute(planner, "Desember")
    line = one_line(planner.page.get_by_role("row", name="Indeks pembangunan manusia").first.inner_text())
    assert "70,00 indeks" in line
    assert "99,00%" in line  # 69,30 of 70,00
    planner.open(address)
    undo(planner)
    compute(planner, "Desember")
    assert planner.text("section[aria-labelledby=hasil]") == before


def big_workbook() -> bytes:
    """30,000 rows: every account of every sub-activity of two agencies."""
    header = ("Kode SKPD", "Kode Program", "Kode Sub Kegiatan", "Kode Rekening", "Pagu", "Realisasi")
    rows = (
        (
            LINES[at % 2 * 2].agency_code,
            "1.01.02",
            f"1.01.02.2.01.{at // 60:04}",
            f"5.1.02.01.01.{at % 60:04}",
            2_000_000,
            500_000,
        )
        for at in range(BIG)
    )
    return workbook("Rinci", [header, *rows])


def test_thirty_thousand_rows_show_progress_and_are_applied_by_the_worker(planner: Person) -> None:
    before = records(planner, 6)
    bring(planner, "rinci.xlsx", big_workbook(), month="Juni")
    assert planner.page.get_by_role("progressbar").is_visible()
    assert "Anda boleh menutup halaman ini" in planner.text()
    ready = planner.page.get_by_text("Semua 30.000 baris cocok dan siap diterapkan.")
    ready.wait_for(timeout=60_000)  # the page moves on by itself
    planner.press("Terapkan semua baris")
    assert planner.page.get_by_role("progressbar").is_visible()
    planner.page.locator("h1", has_text="Impor diterapkan").wait_for(timeout=60_000)
    assert "30.000 baris dari “rinci.xlsx” kini berlaku." in planner.text()
    undo(planner)
    assert records(planner, 6) == before
