"""Journey 4, ask why: every figure leads to its formula, its rule and its rows; the same words in API and shell."""

from pathlib import Path

import pytest

from tests.browser.conftest import Enter, Person, manfaat, one_line

pytestmark = pytest.mark.browser
SCORECARD = "/pemda/99.01/?tahun=2026&bulan=9"  # published by the demo as version 1
BUNDLE = "/publik/99.01/2026/9/v1.json"
PRINTED = (
    "Rumus dalam kata",
    "Rumus",
    "Langkah hitung",
    "Metode dan peraturan",
    "Yang belum ada dan mengapa",
    "Pembulatan",
)


def figures_on(person: Person, address: str) -> list[str]:
    """The identifiers of the figures that a page shows."""
    person.open(address)
    hrefs = person.page.locator("main a.why[href^='/angka/']").evaluate_all("links => links.map(link => link.pathname)")
    return sorted({href.strip("/").rpartition("/")[2] for href in hrefs})


def explanation_of(person: Person, figure: str) -> tuple[str, str]:
    """Key and explanation, as the API gives them."""
    found = person.page.request.get(f"/api/v1/figures/{figure}").json()
    return found["record"]["key"], found["explanation"]


def sections_of(explanation: str) -> dict[str, list[str]]:
    """Title -> lines of an explanation in plain text."""
    blocks = [block.splitlines() for block in explanation.strip().split("\n\n")[1:]]
    return {title: [line.strip() for line in lines] for title, *lines in blocks}


@pytest.fixture
def bundle(enter: Enter, tmp_path: Path) -> Path:
    path = tmp_path / "manfaat-99.01-2026-09-v1.json"
    path.write_bytes(enter().page.request.get(BUNDLE).body())
    return path


def test_every_figure_on_the_scorecard_is_explained_alike_in_the_api_and_in_the_shell(
    enter: Enter, bundle: Path
) -> None:
    leader = enter("contoh-bupati")
    figures = figures_on(leader, SCORECARD)
    assert len(figures) > 100
    printed = manfaat("explain", bundle.name, folder=bundle.parent)
    assert printed.returncode == 0
    for figure in figures:
        key, explanation = explanation_of(leader, figure)
        assert explanation in printed.stdout, key


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Persentase penduduk miskin", "Capaian"),
        ("Realisasi investasi", "Realisasi"),
        ("Indeks pembangunan manusia", "Realisasi"),  # not due: the missing has its page too
    ],
)
def test_the_page_prints_what_the_api_and_the_shell_say(enter: Enter, bundle: Path, row: str, what: str) -> None:
    leader = enter("contoh-bupati")
    leader.open(SCORECARD)
    leader.clicks = 0
    cell = leader.page.get_by_role("row").filter(has_text=row).locator(f"td[data-label='{what}'] a.why")
    with leader.page.expect_navigation():
        leader.click(cell)
    assert leader.clicks == 1
    key, explanation = explanation_of(leader, leader.page.url.strip("/").rpartition("/")[2])
    alone = manfaat("explain", bundle.name, key, folder=bundle.parent)
    assert alone.stdout == explanation

    seen = leader.text()
    sections = sections_of(explanation)
    for title in PRINTED:
        for line in sections[title]:
            for part in line.split(": ", 1) if title == "Metode dan peraturan" else [line]:
                assert one_line(part) in seen


def test_a_figure_leads_to_the_file_and_the_row_in_which_it_stands(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open(SCORECARD)
    leader.press("Dinas Kesehatan", within="section[aria-labelledby=pd]")
    leader.clicks = 0
    with leader.page.expect_navigation():
        leader.click(leader.page.locator(".kpi", has_text="Serapan anggaran").locator("a.why").first)
    assert "S = realisasi ÷ pagu × 100" in leader.text()
    assert "PMK 214/PMK.02/2017" in leader.text()
    leader.press("Realisasi", within="main table")
    assert "berkas contoh/money.csv, baris" in leader.text()
    assert leader.clicks == 2


def test_an_outcome_names_its_verifier_and_the_scale_of_evidence_behind_its_rule(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open(SCORECARD)
    row = leader.page.get_by_role("row").filter(has_text="Persentase penduduk miskin")
    with leader.page.expect_navigation():
        leader.click(row.locator("td[data-label='Realisasi'] a.why"))
    seen = leader.text()
    assert "berkas contoh/values.csv, baris" in seen
    assert "Inspektorat (rekaan)" in seen
    assert "derajat bukti" in seen


def test_the_public_page_of_a_figure_says_the_same(enter: Enter, bundle: Path) -> None:
    visitor = enter()
    visitor.open("/publik/99.01/2026/9/v1/")
    with visitor.page.expect_navigation():
        visitor.click(visitor.page.locator(".kpi a.why").filter(has_text="%").first)
    key = visitor.page.url.partition("/angka/")[2].strip("/")
    alone = manfaat("explain", bundle.name, key, folder=bundle.parent)
    for line in sections_of(alone.stdout)["Langkah hitung"]:
        assert one_line(line) in visitor.text()
    assert f"manfaat explain {bundle.name} {key}" in visitor.text()
