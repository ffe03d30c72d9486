"""A stranger of another government who has got hold of real identifiers learns nothing, not even that they exist."""

import re
from uuid import uuid4

import pytest

from tests.browser.conftest import Enter, Person
from tests.browser.workbooks import LINES, recap, upload

pytestmark = pytest.mark.browser
FOUND: list[str] = []


def first_address(person: Person, page: str, links: str) -> str:
    person.open(page)
    return str(person.page.locator(links).first.evaluate("link => link.pathname"))


@pytest.fixture
def addresses(enter: Enter) -> list[str]:
    """Addresses of real records of Kabupaten Contoh, as its own people see them; looked up once."""
    if FOUND:
        return FOUND
    planner, inspector = enter("contoh-perencana"), enter("contoh-inspektorat")
    planner.open("/pemda/99.01/impor/baru/")
    planner.page.get_by_label("Tahun anggaran").fill("2024")
    planner.page.locator("input[type=file]").set_input_files(upload("rahasia.xlsx", recap(LINES, titles=["RAHASIA"])))
    planner.press("Unggah")
    batch = planner.page.url.removeprefix(planner.home).removesuffix("kolom/")
    figure = first_address(planner, "/pemda/99.01/", "main a.why[href^='/angka/']")
    FOUND[:] = [
        "/pemda/99.01/",
        "/pemda/99.01/uang/",
        "/pemda/99.01/impor/",
        "/pemda/99.01/impor/ekspor/anggaran.csv?tahun=2026&bulan=10",
        first_address(planner, "/pemda/99.01/", "section[aria-labelledby=pd] tbody a"),
        first_address(planner, "/pemda/99.01/indikator/", "main tbody a[href*=indikator]"),
        first_address(inspector, "/pemda/99.01/audit/", "main tbody a"),
        figure,
        figure.replace("/angka/", "/api/v1/figures/").rstrip("/"),
        "/api/v1/governments/99.01/scorecard?year=2026&month=10",
        batch,
        f"{batch}kolom/",
        f"{batch}hasil/",
    ]
    return FOUND


def test_a_stranger_gets_404_for_every_real_identifier(enter: Enter, addresses: list[str]) -> None:
    for stranger in (enter("toba-perencana"), enter("jatim-admin")):
        for address in addresses:
            answer = stranger.page.request.get(address)
            assert answer.status == 404, address
            assert "Contoh" not in answer.text(), address


def test_a_stranger_changes_nothing_with_a_real_identifier(enter: Enter, addresses: list[str]) -> None:
    stranger = enter("toba-perencana")
    token = next(cookie["value"] for cookie in stranger.page.context.cookies() if cookie["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": stranger.home}
    batch = next(address for address in addresses if re.fullmatch(r"/pemda/99\.01/impor/[0-9a-f-]{36}/", address))
    for path in (f"{batch}terapkan/", f"{batch}batalkan/", f"{batch}kolom/", "/pemda/99.01/hitung/"):
        answer = stranger.page.request.post(path, form={"version": "0", "year": "2026", "month": "10"}, headers=headers)
        assert answer.status == 404, path
    planner = enter("contoh-perencana")
    planner.open(batch)
    assert planner.text("h1") == "Cocokkan kolom"  # still where its owner left it


def test_a_real_identifier_and_an_invented_one_are_answered_alike(enter: Enter, addresses: list[str]) -> None:
    stranger = enter("toba-perencana")
    for address in addresses:
        invented = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), address).replace("99.01", "99.02")
        real, unreal = (stranger.page.request.get(one) for one in (address, invented))
        assert (real.status, one_page(real.text())) == (unreal.status, one_page(unreal.text())), address


def one_page(text: str) -> str:
    """The text without what differs from request to request."""
    return re.sub(r'value="[^"]*"|"instance":"[^"]*"|99\.0[12]', "", text)


def test_nobody_is_let_in_without_signing_in(enter: Enter, addresses: list[str]) -> None:
    visitor = enter()
    for address in addresses:
        answer = visitor.page.request.get(address)
        assert answer.status == 401 if "/api/" in address else "/akun/masuk/?next=" in answer.url, address
        assert "Dinas" not in answer.text()
