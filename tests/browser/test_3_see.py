"""Journey 3, see: what leader, agency and province read, how soon they get there, and how the missing is said."""

import re

import pytest

from tests.browser.conftest import PHONE, Enter, one_line, overflows

pytestmark = pytest.mark.browser
AGENCIES = 17
KABUPATEN_KOTA = 38


def test_a_leader_on_a_phone_reads_the_scorecard_within_two_clicks(enter: Enter) -> None:
    leader = enter(viewport=PHONE)
    leader.sign_in("contoh-bupati")
    leader.press("Buka rapor")
    assert leader.clicks <= 2
    seen = leader.text()
    assert "membelanjakan 76,74% pagunya" in seen
    assert "Dari 26 indikator hasil, 8 mencapai target dan 12 belum; 6 belum dapat diukur." in seen
    assert "Data sampai Oktober 2026, dihitung" in seen
    for answer in (leader.page.locator("main .lede"), leader.page.locator(".kpi__value").first):
        box = answer.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"]  # without scrolling
    assert not overflows(leader.page)


def test_each_indicator_shows_target_realisation_achievement_trend_and_status_in_words(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/?tahun=2026&bulan=10")
    row = leader.page.get_by_role("row").filter(has_text="Persentase penduduk miskin")
    assert [one_line(cell) for cell in row.locator("td.num").all_inner_texts()] == [
        "Mengapa angka ini: 10,30%",
        "Mengapa angka ini: 10,47%",
        "Mengapa angka ini: 98,35%",
    ]
    said = one_line(row.inner_text())
    assert "makin rendah makin baik" in said
    assert "turun dari 11,38 (2024) ke" in said
    assert "Belum, membaik" in said
    assert row.locator("svg").count() >= 2  # the bullet row and the sparkline


def test_the_quadrant_puts_every_agency_in_exactly_one_list(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.press("Buka rapor")
    leader.press("Manfaat", within=".site-nav")
    assert leader.clicks == 2
    figure = leader.page.locator("figure.chart").first
    assert figure.locator("svg title, svg[aria-label]").count()
    figure.locator("summary").click()
    assert figure.get_by_role("row").filter(has_text="Dinas Sosial").is_visible()
    names = leader.page.locator("main section tbody th[scope=row]").all_inner_texts()
    assert len(names) == len(set(names)) == AGENCIES
    lists = {
        one_line(section.locator("h2").inner_text()): section.locator("tbody th").all_inner_texts()
        for section in leader.page.locator("main section:has(h2)").all()
    }
    assert "Dinas Pendidikan" in lists["Uang terpakai, manfaat belum tercapai (2)"]
    assert "Dinas Kependudukan dan Pencatatan Sipil" in lists["Manfaat tercapai, uang sedikit terpakai (2)"]
    assert "Dinas Pertanian" in lists["Belum ada manfaat terukur (5)"]
    assert "bukan sebab" in leader.text()


def test_an_agency_page_shows_its_results_its_curve_and_its_chain(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/")
    leader.press("Dinas Pendidikan", within="section[aria-labelledby=pd]")
    assert leader.text("h1") == "Dinas Pendidikan"
    assert "Anak umur 13 sampai 15 tahun yang bersekolah" in leader.text("section[aria-labelledby=hasil]")
    assert leader.page.locator("section[aria-labelledby=serapan] figure.chart--s-curve").is_visible()
    assert "Program Pengelolaan Pendidikan" in leader.page.locator("section[aria-labelledby=rantai]").text_content()


def test_an_agency_head_reaches_the_own_agency_in_one_click(enter: Enter) -> None:
    head = enter("toba-kepala", PHONE)
    head.press("Rapor Dinas Perpustakaan dan Kearsipan")
    assert head.text("h1") == "Dinas Perpustakaan dan Kearsipan"
    assert "65,41%" in head.text(".kpis")


def test_the_money_page_compares_plan_and_spending_by_month_and_routine_with_programmes(enter: Enter) -> None:
    leader = enter("contoh-bupati", PHONE)
    leader.open("/pemda/99.01/uang/?tahun=2026&bulan=10")
    leader.page.get_by_text("Tiap bulan dengan asal angkanya").click()
    months = leader.page.get_by_label("Serapan kumulatif per bulan").locator("tbody tr")
    assert months.count() == 12
    assert "76,74%" in months.nth(9).inner_text()
    assert "belum" in months.nth(10).inner_text()  # November has not come
    assert "Rutin terhadap program" in leader.text()
    assert "Uang sampai ke sasaran" in leader.text()
    assert not overflows(leader.page)


@pytest.mark.parametrize(
    ("leader", "period", "agency", "warning"),
    [
        (
            "toba-bupati",
            "/pemda/12.12/?tahun=2022&bulan=3&urut=code",
            "Badan Pengelolaan Keuangan Dan Aset Daerah",
            "Serapan triwulan I 2,04%, 0,96 poin di bawah batas bawah acuan serapan daerah.",
        ),
        (
            "contoh-bupati",
            "/pemda/99.01/?tahun=2026&bulan=3",
            "Dinas Pertanian",
            "Triwulan I baru terserap 8,25%, tertinggal dari rencana kas 11,07%.",
        ),
    ],
    ids=["benchmark", "plan"],
)
def test_a_slow_first_quarter_is_warned_of_beside_its_curve(
    enter: Enter, leader: str, period: str, agency: str, warning: str
) -> None:
    reader = enter(leader)
    reader.open(period)
    reader.press(agency, within="section[aria-labelledby=pd]")
    spending = reader.page.locator("section[aria-labelledby=serapan]")
    assert warning in one_line(spending.locator(".notice--warn").inner_text())
    assert spending.locator("figure.chart--s-curve").is_visible()


def test_a_province_compares_its_kabupaten_and_kota_and_says_how_sure_it_is(enter: Enter) -> None:
    governor = enter("jatim-gubernur", PHONE)
    governor.press("Bandingkan kabupaten/kota")
    assert governor.clicks == 1
    assert governor.page.locator("figure.chart--tile-map").is_visible()
    governor.page.get_by_label("Indikator").select_option(label="Persentase penduduk miskin (Maret)")
    governor.press("Tampilkan")
    seen = governor.text()
    assert "Persentase penduduk miskin (Maret), 2022" in seen
    assert re.search(r"Dari \d+ pasangan, \d+ dapat dibedakan dengan yakin", seen)
    rows = governor.page.locator("section[aria-labelledby=tabel] tbody tr")
    assert rows.count() == KABUPATEN_KOTA
    ranks = rows.locator("td[data-label='Peringkat yang mungkin']").all_inner_texts()
    assert any("–" in rank for rank in ranks)  # a range, where the intervals overlap
    assert "Seberapa yakin perbandingan ini" in seen
    assert "bukan sebab" in seen
    governor.press("Kabupaten Sampang", within="section[aria-labelledby=tabel]")
    assert governor.text("h1") == "Kabupaten Sampang"
    assert governor.clicks <= 4
    assert not overflows(governor.page)


def test_the_missing_is_said_in_words_and_never_shown_as_zero(enter: Enter) -> None:
    leader = enter("toba-bupati")
    leader.open("/pemda/12.12/?tahun=2022&bulan=11")
    seen = leader.text()
    for words in ("rencana kas belum dimuat", "belum dipisah", "belum terukur", "tanpa target", "belum diisi"):
        assert words in seen
    assert "0,00%" not in seen
    cells = [one_line(text) for text in leader.page.locator("main td").all_inner_texts()]
    assert all(cells)


def test_a_true_zero_differs_from_the_unmeasured(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/?tahun=2026&bulan=10")
    agencies = leader.page.locator("section[aria-labelledby=pd]").get_by_role("row")
    assert "0 dari 2" in agencies.filter(has_text="Dinas Sosial").inner_text()
    farming = agencies.filter(has_text="Dinas Pertanian").inner_text()
    assert "0 dari" not in farming
    assert "belum terukur" in farming
