"""Journey 5, publish and prove: computed by one, frozen by another, recomputed by anybody, corrected in the open.

All of it in May and June 2026 of Kabupaten Contoh, months that the demo does not publish.
"""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import PHONE, Enter, Person, manfaat, one_line
from tests.browser.workbooks import upload

pytestmark = pytest.mark.browser
PERIOD = "tahun=2026&bulan=5"
DESK, PUBLIC = f"/pemda/99.01/terbitkan/?{PERIOD}", "/publik/99.01/2026/5"
REASON = "Realisasi Mei Dinas Pendidikan tercatat kurang, dibetulkan menurut SP2D."
MORE_RP = 1_000_000_000


def compute(planner: Person) -> None:
    planner.open("/pemda/99.01/hitung/")
    planner.page.get_by_label("Tahun").fill("2026")
    planner.page.get_by_label("Sampai bulan").select_option(label="Mei")
    planner.press("Hitung", within="main")
    assert "Angka dihitung dari data sekarang." in planner.text()


def freeze(leader: Person, reason: str = "") -> None:
    leader.open(DESK)
    leader.page.get_by_label("Alasan terbit").fill(reason)
    leader.page.get_by_label("Saya sudah memeriksa angka di halaman ini").check()
    leader.press("Terbitkan", within="main form[action*=terbitkan]")


def spent(visitor: Person) -> str:
    """What the public page says of the money."""
    return one_line(visitor.page.locator(".kpis").inner_text())


def download(visitor: Person, folder: Path, kind: str = "JSON") -> Path:
    with visitor.page.expect_download() as waiting:
        visitor.click(visitor.named(kind, within="main"))
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def correct(planner: Person) -> str:
    """Bring the figures of May with one amount raised; returns the address of the import."""
    exported = planner.page.request.get("/pemda/99.01/impor/ekspor/anggaran.xlsx?tahun=2026&bulan=5").body()
    book = openpyxl.load_workbook(io.BytesIO(exported))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Realisasi s.d. Bulan Ini (Rp)")
    amount = sheet.cell(2, column)
    amount.value = int(amount.value) + MORE_RP
    out = io.BytesIO()
    book.save(out)
    planner.open("/pemda/99.01/impor/baru/")
    planner.page.get_by_label("Tahun anggaran").fill("2026")
    planner.page.get_by_label("Posisi sampai bulan").select_option(label="Mei")
    planner.page.locator("input[type=file]").set_input_files(upload("mei-betul.xlsx", out.getvalue()))
    planner.press("Unggah")
    planner.press("Periksa", within="main form[method=post]")
    planner.press("Terapkan semua baris")
    planner.page.locator("h1", has_text="Impor diterapkan").wait_for()
    return planner.page.url


def test_a_period_is_published_proved_corrected_and_both_versions_stay_readable(enter: Enter, tmp_path: Path) -> None:
    planner, leader, visitor = enter("contoh-perencana"), enter("contoh-bupati"), enter(viewport=PHONE)
    assert visitor.open(f"{PUBLIC}/v1/").status == 404
    compute(planner)
    assert planner.named("Terbitkan", within="main").count() == 0
    assert "Yang dapat menerbitkan: pimpinan daerah." in planner.text()

    leader.press("Buka rapor")
    leader.press("Terbitkan", within=".site-nav")
    leader.page.get_by_label("Sampai bulan").select_option(label="Mei")
    leader.press("Tampilkan")
    leader.press("Terbitkan", within="main form[action*=terbitkan]")
    assert "Periksa angkanya dulu" in leader.text()  # the box was not ticked
    freeze(leader)
    assert "Terbit sebagai versi 1." in leader.text()
    share = leader.page.locator(".kpi", has_text="Serapan anggaran").locator("a.why").first.inner_text().split()[-1]

    answer = visitor.open(f"{PUBLIC}/v1/")
    assert answer.status == 200
    assert "set-cookie" not in answer.all_headers()
    assert visitor.page.context.cookies() == []
    assert share in spent(visitor)
    assert "Angka sampai Mei 2026, dibekukan" in visitor.text()
    first, first_words = download(visitor, tmp_path), spent(visitor)
    assert first.name == "manfaat-99.01-2026-05-v1.json"
    proof = manfaat("verify", first.name, folder=tmp_path)
    assert proof.returncode == 0
    assert "COCOK" in proof.stdout
    assert json.loads(first.read_text())["digest"] == visitor.page.locator(".digest").inner_text()

    address = correct(planner)
    leader.open(DESK)
    assert "Data berubah sejak hitungan ini" in leader.text()
    assert leader.page.locator("main form[action*=terbitkan] button").is_disabled()
    visitor.page.reload()
    assert spent(visitor) == first_words  # what was frozen does not move
    compute(planner)
    freeze(leader)
    assert "Tulis alasan pembetulannya" in leader.text()
    freeze(leader, REASON)
    assert "Terbit sebagai versi 2." in leader.text()

    visitor.page.reload()
    assert "Ini versi lama. Versi yang lebih baru sudah terbit." in visitor.text()
    assert REASON in visitor.text("section[aria-labelledby=versi]")
    assert spent(visitor) == first_words
    assert download(visitor, tmp_path).read_bytes() == first.read_bytes()
    visitor.press("Buka versi 2")
    assert visitor.page.url.endswith(f"{PUBLIC}/v2/")
    assert spent(visitor) != first_words
    second = download(visitor, tmp_path)
    assert manfaat("verify", second.name, folder=tmp_path).returncode == 0
    assert realised(second) - realised(first) == MORE_RP
    visitor.open("/publik/99.01/")
    assert "Periode lain:" in visitor.text()

    planner.open(address)
    planner.press("Batalkan impor ini")


def realised(bundle: Path) -> int:
    figures = json.loads(bundle.read_text())["figures"]
    return int(next(figure["value"] for figure in figures if figure["key"] == "realised/05"))


def test_a_single_changed_byte_is_refused(enter: Enter, tmp_path: Path) -> None:
    visitor = enter()
    visitor.open("/publik/99.01/2026/9/v1/")
    bundle = download(visitor, tmp_path)
    content = bundle.read_bytes()
    assert manfaat("verify", bundle.name, folder=tmp_path).returncode == 0
    places = [content.index(b"68,29"), content.rindex(b"2026"), len(content) // 2]
    for place in places:
        changed = bytearray(content)
        changed[place] = ord("7") if changed[place] != ord("7") else ord("8")
        bundle.write_bytes(changed)
        proof = manfaat("verify", bundle.name, folder=tmp_path)
        assert proof.returncode in (1, 2), content[place - 20 : place + 20]
        assert "COCOK: " not in proof.stdout.replace("TIDAK COCOK: ", "")
    bundle.write_bytes(content[:-100])
    assert manfaat("verify", bundle.name, folder=tmp_path).returncode == 2


def test_the_table_beside_it_holds_the_same_figures(enter: Enter, tmp_path: Path) -> None:
    visitor = enter()
    visitor.open("/publik/99.01/2026/9/v1/")
    table = download(visitor, tmp_path, "CSV").read_text(encoding="utf-8-sig").splitlines()
    figures = json.loads(download(visitor, tmp_path).read_text())["figures"]
    assert len(table) > len(figures)
    assert all(any(figure["key"] in line for line in table) for figure in figures[:20])


def test_a_double_click_publishes_once(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/terbitkan/?tahun=2026&bulan=6")
    leader.page.get_by_label("Saya sudah memeriksa angka di halaman ini").check()
    button = leader.named("Terbitkan", within="main form[action*=terbitkan]")
    button.dblclick()
    leader.page.get_by_text("Terbit sebagai versi 1.").wait_for()
    versions = leader.page.locator("section[aria-labelledby=versi] li")
    assert versions.count() == 1
