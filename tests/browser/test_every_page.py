"""Every page that anybody is led to: no dead link, no violation, no sideways scrolling, on a desk and on a phone."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.browser.conftest import PHONE, WIDE, Enter, Person, overflows, violations
from tests.browser.workbooks import LINES, recap, upload

pytestmark = pytest.mark.browser
WALKERS = (
    "contoh-bupati", "contoh-organisasi", "contoh-perencana", "contoh-inspektorat", "contoh-admin", "contoh-direktur",
    "contoh-operator", "jatim-gubernur", "toba-kepala", "",
)  # fmt: skip
STARTS = {"jatim-gubernur": ["/beranda/", "/pemda/35/banding/"], "": ["/", "/akun/masuk/", "/publik/35/"]}
OWN = {"home"}
"""Pages that differ from role to role."""
RICH = {"government", "agency", "money", "benefit", "public_publication"}
"""Pages that differ from government to government: what one has, another misses."""
FILES = (".csv", ".xlsx", ".json", ".jsonl")
EXAMINED: set[tuple[str, str]] = set()


def leads_somewhere(address: str) -> bool:
    return address.startswith("/") and not address.endswith((*FILES, "/keluar/")) and not address.startswith("/api/")


def links_in(html: str, base: str) -> Iterator[str]:
    """The addresses of this site that a page leads to, without downloads and the way out."""
    for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html):
        address = urlsplit(urljoin(base, unescape(href)))._replace(fragment="").geturl()
        path = urlsplit(address).path
        if not href.startswith(("#", "http", "mailto")) and leads_somewhere(path):
            yield address


def walk(walker: Person, starts: list[str]) -> Iterator[tuple[str, str, str, int]]:
    """One address of each route that can be reached by links: route, address, the page that leads there, status."""
    waiting = [(start, "") for start in starts]
    routes: set[str] = set()
    while waiting:
        address, via = waiting.pop(0)
        route = resolve(urlsplit(address).path).view_name
        if route in routes:
            continue
        routes.add(route)
        answer = walker.page.request.get(address)
        yield route, address, via, answer.status
        waiting += [(href, address) for href in links_in(answer.text(), address)]


def examine(person: Person) -> list[str]:
    """What is wrong with the page at both widths; colours do not change with the width."""
    page, wrong = person.page, []
    for viewport, left_out in ((WIDE, []), (PHONE, ["color-contrast"])):
        page.set_viewport_size(viewport)
        wrong += [f"{page.url} at {viewport['width']}: {found}" for found in violations(page, left_out)]
        if overflows(page):
            wrong.append(f"{page.url} at {viewport['width']}: scrolls sideways")
    return wrong


@pytest.mark.parametrize("username", WALKERS, ids=lambda name: name or "visitor")
def test_every_page_that_a_role_is_led_to_opens_and_is_sound(enter: Enter, username: str) -> None:
    """No link leads into a refusal. Each page is examined once, those that differ once for each role or government."""
    walker = enter(username)
    wrong = []
    for route, address, via, status in walk(walker, STARTS.get(username, ["/beranda/"])):
        if status != 200:
            wrong.append(f"{address}: {status}, led to by {via}")
            continue
        whose = username if route in OWN else username.partition("-")[0] if route in RICH else ""
        if (route, whose) not in EXAMINED:
            EXAMINED.add((route, whose))
            walker.open(address)
            wrong += examine(walker)
    assert not wrong, "\n".join(wrong)


def test_the_steps_of_an_import_and_the_refusals_are_sound(enter: Enter) -> None:
    planner = enter("contoh-perencana")
    wrong = []
    planner.open("/pemda/99.01/impor/baru/")
    planner.page.get_by_label("Tahun anggaran").fill("1900")
    planner.press("Unggah")
    assert planner.page.get_by_role("alert").is_visible()
    wrong += examine(planner)
    planner.page.get_by_label("Tahun anggaran").fill("2024")
    planner.page.get_by_label("Posisi sampai bulan").select_option(label="April")
    lines = [LINES[0], LINES[1].__class__(*[*LINES[1].__dict__.values()][:2], 1.1, "5.1.02", 1, 2)]
    planner.page.locator("input[type=file]").set_input_files(upload("april.xlsx", recap(lines, titles=["APRIL"])))
    planner.press("Unggah")
    wrong += examine(planner)
    planner.press("Periksa", within="main form[method=post]")
    assert "kesalahan" in planner.text()
    wrong += examine(planner)
    for address, status in (("/pemda/99.01/audit/", 403), ("/pemda/99.01/tidak-ada/", 404), ("/pemda/12.12/", 404)):
        assert planner.open(address).status == status
        wrong += examine(planner)
    assert not wrong, "\n".join(wrong)


def test_paper_carries_the_figures_and_not_the_navigation(enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/?tahun=2026&bulan=10")
    leader.page.emulate_media(media="print")
    for hidden in (".site-nav", ".site-head__who a", ".crumbs", "form.filters"):
        assert not leader.page.locator(hidden).first.is_visible()
    assert leader.page.locator("h1").is_visible()
    assert leader.page.locator(".kpis").is_visible()
    assert leader.page.locator("section[aria-labelledby=pd] table").is_visible()
    assert leader.page.locator("svg").first.is_visible()
    assert leader.page.get_by_text("Data rekaan untuk latihan.").is_visible()  # an invented figure says so on paper too
