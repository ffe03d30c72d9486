"""A province's comparison of its kabupaten/kota, through HTTP."""

import pytest
from django.urls import reverse

from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, signed_in
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.tests.facts import LOWER, an_indicator, reach, spend
from manfaat.apps.scoring.tests.test_screens import page_of, text_of

pytestmark = pytest.mark.django_db
YEARS = range(2018, 2025)


def a_province(count: int = 6) -> Government:
    """A province whose kabupaten/kota have seven years of a poverty rate; the last one has the definition only."""
    province = a_government("35", name="Jawa Timur")
    for number in range(1, count + 1):
        child = a_government(
            f"35.{number:02d}", name=f"Kabupaten Nomor {number}", parent=province, tile_column=number, tile_row=1
        )
        indicator = an_indicator(child, "P0", name="Penduduk miskin", method=LOWER)
        if number < count:
            wobble = [0.1 * ((year * number) % 3) for year in YEARS]
            values = {(year, "year", 1): 5 + number - add for year, add in zip(YEARS, wobble, strict=True)}
            reach(indicator, values)
            spend(child, ceiling=1000, realised={12: 800 + number})
            compute_run(child, year=2024, month=12, by=None)
    return province


def test_a_province_compares_its_governments_and_names_those_without_data() -> None:
    province = a_province()
    html = page_of(signed_in(people.leader(province)), "compare", "35")
    text = text_of(html)
    assert "Penduduk miskin, 2024" in text
    assert "Tanpa angka untuk tahun ini: Kabupaten Nomor 6." in text
    assert "Ini bukan galat sampling survei" in text
    assert "Kabupaten Nomor 1" in text
    assert html.count("<svg") > 3


def test_the_neediest_stands_first_and_those_without_data_last() -> None:
    province = a_province()
    html = page_of(signed_in(people.leader(province)), "compare", "35")
    table = html[html.index("Semua kabupaten/kota") :]
    places = [table.index(f"Kabupaten Nomor {number}<") for number in (5, 1, 6)]
    assert places == sorted(places)


def test_a_value_leads_to_why_and_a_name_to_its_scorecard() -> None:
    province = a_province(3)
    html = page_of(signed_in(people.leader(province)), "compare", "35", query="?indikator=P0&tahun=2024")
    assert 'class="why" href="/angka/' in html
    assert f'href="{reverse("government", args=["35.01"])}?tahun=2024"' in html


def test_another_year_can_be_chosen_and_an_absurd_one_falls_back() -> None:
    province = a_province(3)
    client = signed_in(people.leader(province))
    assert "Penduduk miskin, 2020" in text_of(page_of(client, "compare", "35", query="?indikator=P0&tahun=2020"))
    assert "Penduduk miskin, 2024" in text_of(page_of(client, "compare", "35", query="?indikator=X&tahun=1800"))


def test_a_kabupaten_has_nothing_to_compare() -> None:
    government = a_government("35.15")
    text = text_of(page_of(signed_in(people.leader(government)), "compare", "35.15"))
    assert "hanya ada di halaman provinsi" in text


def test_a_leader_of_a_kabupaten_does_not_see_the_comparison_of_the_province() -> None:
    province = a_province(3)
    child = Government.objects.get(code="35.01")
    assert signed_in(people.leader(child)).get(reverse("compare", args=[province.code])).status_code == 404


def test_the_province_reads_the_scorecard_of_its_kabupaten() -> None:
    province = a_province(3)
    assert "80,10%" in text_of(page_of(signed_in(people.leader(province)), "government", "35.01"))


def test_a_kabupaten_says_that_only_a_province_compares() -> None:
    province = a_province(2)
    child = Government.objects.get(code="35.01")
    for person in (people.leader(child), people.leader(province)):
        text = text_of(page_of(signed_in(person), "compare", "35.01"))
        assert "Perbandingan kabupaten/kota hanya ada di halaman provinsi." in text
