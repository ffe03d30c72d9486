"""Every piece and picture in a real browser: axe finds nothing, in light and dark, on a desk and on a phone."""

import pytest

from tests.browser.conftest import PHONE, WIDE, open_page, overflows, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_violation_and_does_not_overflow(chromium, product, viewport, scheme):
    page = open_page(chromium, product, viewport, color_scheme=scheme)
    page.goto("/galeri/")
    assert page.locator("figure.chart").count() == 6
    assert violations(page) == []
    assert not overflows(page)
    assert not page.faults
    page.context.close()


def test_each_picture_shows_the_one_of_its_two_drawings_that_fits(chromium, product):
    for viewport, shown, hidden in ((WIDE, "wide", "narrow"), (PHONE, "narrow", "wide")):
        page = open_page(chromium, product, viewport)
        page.goto("/galeri/")
        first = page.locator("figure.chart--s-curve").first
        assert first.locator(f".chart__{shown}").is_visible()
        assert not first.locator(f".chart__{hidden}").is_visible()
        page.context.close()


def test_the_keyboard_reaches_the_skip_link_first(chromium, product):
    page = open_page(chromium, product, WIDE)
    page.goto("/galeri/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.context.close()


def test_a_refusal_fetched_by_htmx_is_swapped_in_as_one_notice(chromium, product):
    page = open_page(chromium, product, WIDE)
    page.goto("/galeri/")
    page.wait_for_function("window.htmx !== undefined")
    page.evaluate("htmx.ajax('GET', '/tidak-ada/', {target: 'main h1', swap: 'outerHTML'})")
    notice = page.locator("main > .notice--bad[role=alert]")
    notice.wait_for()
    assert page.locator("header.site-head").count() == 1
    page.context.close()
