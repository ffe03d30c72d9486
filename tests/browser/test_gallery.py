"""Every piece and picture in a real browser: axe finds nothing, in light and dark, on a desk and on a phone."""

import pytest

from tests.browser.conftest import PHONE, WIDE, Enter, overflows, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_violation_and_does_not_overflow(enter: Enter, scheme: str) -> None:
    page = enter(color_scheme=scheme).page
    page.goto("/galeri/")
    assert page.locator("figure.chart").count() == 6
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        assert violations(page) == []
        assert not overflows(page)


def test_each_picture_shows_the_one_of_its_two_drawings_that_fits(enter: Enter) -> None:
    page = enter().page
    page.goto("/galeri/")
    first = page.locator("figure.chart--s-curve").first
    for viewport, shown, hidden in ((WIDE, "wide", "narrow"), (PHONE, "narrow", "wide")):
        page.set_viewport_size(viewport)
        assert first.locator(f".chart__{shown}").is_visible()
        assert not first.locator(f".chart__{hidden}").is_visible()


def test_a_refusal_fetched_by_htmx_is_swapped_in_as_one_notice(enter: Enter) -> None:
    page = enter().page
    page.goto("/galeri/")
    page.wait_for_function("window.htmx !== undefined")
    page.evaluate("htmx.ajax('GET', '/tidak-ada/', {target: 'main h1', swap: 'outerHTML'})")
    page.locator("main > .notice--bad[role=alert]").wait_for()
    assert page.locator(".site-head").count() == 1
