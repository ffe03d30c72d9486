"""The page on which every piece and picture can be looked at."""

import re

import pytest


@pytest.fixture
def page(client, settings):
    settings.DEMO = True
    return client.get("/galeri/").content.decode()


def test_the_gallery_shows_every_picture(page):
    kinds = {"s-curve", "quadrant", "tile-map", "stacked", "ranking", "heat"}
    assert kinds <= set(re.findall(r'class="chart chart--([\w-]+)"', page))
    assert page.count('class="bullet"') == page.count('class="sparkline"') == 6


def test_the_gallery_says_that_its_numbers_are_invented(page):
    assert "Data rekaan untuk latihan" in page


def test_no_id_stands_twice_and_every_reference_leads_somewhere(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'(?:aria-labelledby|aria-describedby)="([^"]+)"', page):
        assert set(names.split()) <= set(ids)


def test_the_gallery_exists_only_in_a_demo(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/galeri/").status_code == 404


def test_the_gallery_asks_the_database_nothing(client, settings):
    settings.DEMO = True
    assert (
        client.get("/galeri/").status_code == 200
    )  # pytest-django refuses the database to a test that did not ask for it
