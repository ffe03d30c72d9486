"""For whoever has no mouse, no script, a slow line or a thin data plan."""

import pytest

from tests.browser.conftest import PASSWORD, PHONE, Enter, Person, one_line
from tests.browser.workbooks import LINES, recap, upload

pytestmark = pytest.mark.browser
PUBLIC = ("/", "/publik/35/", "/publik/12.12/", "/publik/99.01/", "/sumber-data/", "/pilih-bahasa/")
MOST_BYTES = 100_000
TABS = 60


def focused(person: Person) -> str:
    """The text or label of what has the keyboard, as a screen reader names it."""
    name = "(e => (e.labels && e.labels[0] || e).innerText || e.getAttribute('aria-label') || '')"
    return one_line(person.page.evaluate(f"{name}(document.activeElement)"))


def tab_to(person: Person, name: str) -> None:
    """Press Tab until the thing of that name has the keyboard, and see that it shows."""
    for _ in range(TABS):
        person.page.keyboard.press("Tab")
        if focused(person).startswith(name):
            outline = person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = person.page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", f"{name} has the keyboard but does not show it"
            return
    pytest.fail(f"the keyboard does not reach “{name}”")


def enter_key(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def test_the_keyboard_alone_signs_in_skips_to_the_content_and_uploads_a_file(enter: Enter) -> None:
    planner = enter()
    planner.open("/akun/masuk/")
    planner.page.keyboard.press("Tab")
    assert focused(planner) == "Langsung ke isi"
    planner.page.keyboard.press("Enter")
    assert planner.page.evaluate("document.activeElement.id") == "isi"
    tab_to(planner, "Nama")
    planner.page.keyboard.type("contoh-perencana")
    tab_to(planner, "Kata sandi")
    planner.page.keyboard.type(PASSWORD)
    enter_key(planner)
    assert planner.text("h1") == "Yang harus saya lakukan"

    tab_to(planner, "Impor berkas")
    enter_key(planner)
    tab_to(planner, "Impor berkas")
    enter_key(planner)
    tab_to(planner, "Anggaran dan realisasi")
    tab_to(planner, "Tahun anggaran")
    planner.page.keyboard.press("Control+A")
    planner.page.keyboard.type("2024")
    tab_to(planner, "Posisi sampai bulan")
    planner.page.keyboard.type("Mei")
    tab_to(planner, "Berkas")
    with planner.page.expect_file_chooser() as chooser:
        planner.page.keyboard.press("Space")
    chooser.value.set_files(upload("papan-ketik.xlsx", recap(LINES, titles=["MEI"])))
    tab_to(planner, "Unggah")
    enter_key(planner)
    assert planner.text("h1") == "Cocokkan kolom"
    tab_to(planner, "Periksa")
    enter_key(planner)
    assert "Semua 4 baris cocok dan siap diterapkan." in planner.text()


def test_everything_public_works_with_scripts_off(enter: Enter) -> None:
    visitor = enter(viewport=PHONE, scripts=False)
    visitor.open("/")
    visitor.page.get_by_label("Cari nama daerah").fill("toba")
    visitor.press("Cari", within="main")
    visitor.press("Kabupaten Toba")
    assert "Dari setiap Rp100 yang dianggarkan" in visitor.text()
    visitor.press("Berikutnya")
    assert "Halaman 2 dari 2" in visitor.text()
    with visitor.page.expect_navigation():
        visitor.click(visitor.page.locator(".kpi a.why").filter(has_text="%").first)
    assert "Dengan angkanya" in visitor.text()
    visitor.press("Semua daerah")
    visitor.press("Sumber data")
    assert "Badan Pusat Statistik" in visitor.text()
    for script in visitor.page.locator("script").all():
        pytest.fail(f"a public page loads {script.get_attribute('src')}")


def test_signing_in_reading_and_importing_work_with_scripts_off(enter: Enter) -> None:
    planner = enter(scripts=False)
    planner.sign_in("contoh-perencana")
    planner.press("Buka rapor")
    assert "76,74%" in planner.text(".kpis")
    planner.press("Manfaat", within=".site-nav")
    planner.press("Dinas Sosial")
    planner.open("/pemda/99.01/impor/baru/")
    planner.page.get_by_label("Tahun anggaran").fill("2024")
    planner.page.get_by_label("Posisi sampai bulan").select_option(label="Juli")
    planner.page.locator("input[type=file]").set_input_files(upload("tanpa-skrip.xlsx", recap(LINES, titles=["JULI"])))
    planner.press("Unggah")
    planner.press("Periksa", within="main form[method=post]")
    planner.press("Terapkan semua baris")
    assert planner.text("h1") == "Impor diterapkan"
    planner.press("Batalkan impor ini")
    assert planner.text("h1") == "Impor dibatalkan"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_costs_less_than_a_hundred_kilobytes(enter: Enter, address: str) -> None:
    visitor = enter(viewport=PHONE)
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: list[float] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    assert visitor.open(address).status == 200
    visitor.page.wait_for_load_state("networkidle")
    assert len(received) >= 2  # the page and its style sheet
    assert sum(received) < MOST_BYTES


def test_a_public_page_reads_well_on_a_slow_line(enter: Enter) -> None:
    visitor = enter(viewport=PHONE)
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
    wire.send("Network.emulateNetworkConditions", slow)
    visitor.open("/publik/99.01/")
    painted = visitor.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 5_000  # milliseconds
