"""The screens of computed figures, through HTTP."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manfaat.apps.core.formats import quantity_id
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency, signed_in
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.tests.facts import LOWER, an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR = (2024, "year", 1)
PLAN = {1: 300, **dict.fromkeys(range(2, 12), 0), 12: 650}
PAGES = ("government", "money", "benefit")


def a_government_with_figures(code: str = "35.15") -> tuple[Government, Agency]:
    """One agency that spent 900 of 1.000 against a plan of 950, and one indicator that met its target."""
    government = a_government(code, name=f"Kabupaten {code}")
    agency = an_agency(government, name="Dinas Kesehatan")
    spend(government, agency, ceiling=1000, realised={3: 100, 12: 900}, planned=PLAN)
    indicator = an_indicator(government, "IKU-1", method=LOWER, name="Angka kematian ibu")
    reach(indicator, {(2023, "year", 1): 90, YEAR: 80})
    promise(indicator, {YEAR: 100})
    compute_run(government, year=2024, month=12, by=None)
    return government, agency


def text_of(html: str) -> str:
    """What a reader reads: tags gone, blanks of any kind one blank."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " "))


def page_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", [*PAGES, "publish", "compute"])
def test_a_stranger_is_told_that_there_is_no_such_page(name: str) -> None:
    government, _agency = a_government_with_figures()
    assert signed_in(people.stranger()).get(reverse(name, args=[government.code])).status_code == 404


def test_a_stranger_finds_neither_the_agency_nor_the_figure() -> None:
    government, agency = a_government_with_figures()
    stranger = signed_in(people.stranger())
    figure = Figure.objects.filter(run__government=government)[0]
    assert stranger.get(reverse("agency", args=[government.code, agency.public_id])).status_code == 404
    assert stranger.get(reverse("why", args=[figure.public_id])).status_code == 404
    assert stranger.get(reverse("why", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "compare", "publish", "compute"])
def test_a_visitor_is_asked_to_sign_in(name: str) -> None:
    response = Client().get(reverse(name, args=["35.15"]))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_an_agency_of_another_government_is_not_found_here() -> None:
    government, _agency = a_government_with_figures()
    other = an_agency(a_government("35.16"))
    client = signed_in(people.planner(government))
    assert client.get(reverse("agency", args=[government.code, other.public_id])).status_code == 404


def test_the_scorecard_begins_with_what_was_found() -> None:
    government, _agency = a_government_with_figures()
    text = text_of(page_of(signed_in(people.leader(government)), "government", government.code))
    assert "membelanjakan 90,00% pagunya" in text
    assert "5,00 poin di bawah rencana kas" in text
    assert "Dari 1 indikator hasil, 1 mencapai target dan 0 belum." in text
    assert "Tanpa manfaat terukur 1 dari 1 perangkat daerah" in text
    assert "Triwulan I baru terserap 10,00%, tertinggal dari rencana kas 30,00%." in text


def test_every_number_on_the_pages_is_the_number_of_its_record() -> None:
    government, agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    pages = [page_of(client, name, government.code) for name in PAGES]
    pages.append(page_of(client, "agency", government.code, agency.public_id))
    shown = 0
    for html in pages:
        for public_id, inner in re.findall(r'<a class="why" href="/angka/([0-9a-f-]{36})/">(.*?)</a>', html):
            figure = Figure.objects.get(public_id=public_id)
            if figure.value is None or figure.unit == "Rp":
                continue
            record = figure.record
            expected = quantity_id(record["value"], record["unit"], record["decimals"])
            assert text_of(inner).removeprefix(" Mengapa angka ini:").strip() == text_of(expected)
            assert record["shown"].replace("-", "\u2212") in expected
            shown += 1
    assert shown > 20


def test_what_is_missing_is_said_and_never_shown_as_zero() -> None:
    government = a_government()
    an_agency(government, name="Dinas Sosial")
    an_indicator(government, "IKU-1", name="Indeks tanpa data")
    compute_run(government, year=2024, month=6, by=None)
    text = text_of(page_of(signed_in(people.leader(government)), "government", government.code))
    assert "Serapan anggaran Daerah 35.15 sampai Juni 2024 belum dapat dihitung" in text
    assert "Tanpa realisasi: Indeks tanpa data." in text
    assert "Tanpa target: Indeks tanpa data." in text
    assert "Rencana kas (RAK) belum dimuat" in text
    assert "0,00" not in text
    assert "Rp 0" not in text


def test_a_quarter_that_has_not_ended_is_not_due_rather_than_empty() -> None:
    government = a_government()
    agency = an_agency(government)
    spend(government, agency, ceiling=1000, realised={3: 100, 6: 300})
    compute_run(government, year=2024, month=6, by=None)
    html = page_of(signed_in(people.leader(government)), "government", government.code)
    quarters = text_of(html[html.index("Serapan kumulatif tiap triwulan") :])
    assert "Triwulan II belum dimuat Mengapa angka ini: 30,00%" in quarters
    assert "Triwulan III belum dimuat belum jatuh tempo" in quarters


def test_a_government_without_figures_says_what_to_do() -> None:
    government = a_government()
    text = text_of(page_of(signed_in(people.leader(government)), "government", government.code))
    assert "Belum ada angka yang dihitung" in text
    assert "Muat berkas anggaran dan realisasi" in text


def test_an_absent_period_is_named_and_the_nearest_one_shown() -> None:
    government, _agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    text = text_of(page_of(client, "government", government.code, query="?tahun=2024&bulan=5"))
    assert "Belum ada hitungan untuk bulan yang diminta. Yang tampil: Desember 2024." in text
    assert "Dari 1 indikator" in text_of(page_of(client, "government", government.code, query="?tahun=x&bulan='"))


def test_stale_figures_are_marked() -> None:
    government, agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    assert "Data berubah sejak hitungan ini" not in page_of(client, "government", government.code)
    spend(government, agency, realised={12: 950})
    assert "Data berubah sejak hitungan ini" in page_of(client, "government", government.code)


def test_an_agency_without_indicators_is_told_that_its_benefit_is_not_measured() -> None:
    government, agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    text = text_of(page_of(client, "agency", government.code, agency.public_id))
    assert "Uangnya dibelanjakan, manfaatnya belum terukur." in text
    benefit = text_of(page_of(client, "benefit", government.code))
    assert "Ini bukan nol: manfaatnya tidak diketahui." in benefit
    assert "Dinas Kesehatan" in benefit


def test_the_quadrant_and_its_lists_name_who_spent_without_benefit() -> None:
    government = a_government()
    for code, realised, reached in (("1.01", 900, 50), ("1.02", 300, 95), ("1.03", 950, 100), ("1.04", 200, 40)):
        agency = an_agency(government, code)
        spend(government, agency, ceiling=1000, realised={12: realised})
        indicator = an_indicator(government, f"I-{code}", agency=agency)
        reach(indicator, {YEAR: reached})
        promise(indicator, {YEAR: 100})
    compute_run(government, year=2024, month=12, by=None)
    html = page_of(signed_in(people.leader(government)), "benefit", government.code)
    section = html[html.index('id="spent_undelivered"') : html.index('id="idle_undelivered"')]
    assert "Dinas 1.01" in section
    assert "Dinas 1.03" not in section
    assert "bukan sebab" in html
    assert "<svg" in html


def test_money_says_where_the_chain_ends() -> None:
    government, _agency = a_government_with_figures()
    text = text_of(page_of(signed_in(people.leader(government)), "money", government.code))
    assert "Data yang dimuat tidak merinci program" in text
    assert "Realisasi 90,00% pagu sampai Desember 2024, 5,00 poin di bawah rencana kas" in text


def test_programmes_outside_the_goal_tree_are_listed_as_such() -> None:
    government = a_government()
    agency = an_agency(government)
    spend(government, agency, ceiling=1000, realised={12: 900}, programme_code="1.02.02")
    compute_run(government, year=2024, month=12, by=None)
    text = text_of(page_of(signed_in(people.leader(government)), "money", government.code))
    assert "rantai berhenti di program" in text
    assert "1.02.02" in text


def test_why_prints_formula_numbers_source_and_proof() -> None:
    government, _agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    absorption = Figure.objects.get(run__government=government, key="absorption/12")
    text = text_of(page_of(client, "why", absorption.public_id))
    run = Run.objects.get(government=government)
    for expected in ("90,00%", "900 ÷ 1.000 × 100", "dibulatkan", run.result_digest):
        assert expected in text
    assert "manfaat explain manfaat-35.15-2024-12-v1.json absorption/12" in text
    realised = Figure.objects.get(run__government=government, key="realised/pd/1.01/12")
    html = page_of(client, "why", realised.public_id)
    assert "lembar LRA, baris 17" in text_of(html)
    assert reverse("api:figure", args=[realised.public_id]) in html


def test_why_names_the_download_that_holds_the_figure() -> None:
    government, agency = a_government_with_figures()
    leader = people.leader(government)
    client = signed_in(leader)
    old = Figure.objects.get(run__government=government, key="absorption/12")
    publish_run(old.run, reason="", by=leader)
    text = text_of(page_of(client, "why", old.public_id))
    assert "Angka ini terbit dalam versi 1." in text
    spend(government, agency, realised={12: 950})
    run = compute_run(government, year=2024, month=12, by=None)
    new = run.figures.get(key="absorption/12")
    text = text_of(page_of(client, "why", new.public_id))
    assert "Hitungan ini belum terbit." in text
    assert "manfaat explain manfaat-35.15-2024-12-v2.json absorption/12" in text
    publish_run(run, reason="Angka Desember dibetulkan", by=leader)
    assert "Angka ini terbit dalam versi 2." in text_of(page_of(client, "why", new.public_id))
    assert "Angka ini terbit dalam versi 1." in text_of(page_of(client, "why", old.public_id))


def test_the_side_of_the_cash_plan_is_said_in_words_and_by_one_sign() -> None:
    government, _agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    text = text_of(page_of(client, "government", government.code))
    assert "Terhadap rencana kas Mengapa angka ini: 5,00 poin di bawah rencana" in text
    assert "Mengapa angka ini: \u22125,00 " in text[text.index("Terhadap rencana kas (poin)") :]


def test_part_of_a_year_is_not_called_worse_than_a_whole_one() -> None:
    government = a_government()
    indicator = an_indicator(government, "IKU-1", name="Realisasi investasi", accumulation="sum")
    reach(indicator, {(2023, "year", 1): 601, (2024, "quarter", 1): 118, (2024, "quarter", 2): 152})
    promise(indicator, {YEAR: 700})
    compute_run(government, year=2024, month=6, by=None)
    client = signed_in(people.leader(government))
    text = text_of(page_of(client, "government", government.code))
    assert "Belum mencapai target" in text
    assert "memburuk" not in text
    change = Figure.objects.get(run__government=government, key="change/IKU-1")
    told = text_of(page_of(client, "why", change.public_id))
    assert "belum jatuh tempo" in told
    assert "tahun ini baru terisi sebagian, sedangkan tahun sebelumnya hanya diketahui setahun penuh" in told


def test_what_worsens_is_asked_about_and_who_answers_for_it() -> None:
    government, _agency = a_government_with_figures()
    indicator = an_indicator(government, "IKU-2", name="Jalan mantap", owner_post="Kepala Dinas PU")
    reach(indicator, {(2023, "year", 1): 70, YEAR: 60})
    promise(indicator, {YEAR: 80})
    compute_run(government, year=2024, month=12, by=None)
    text = text_of(page_of(signed_in(people.leader(government)), "government", government.code))
    asked = text[text.index("Yang perlu ditanyakan") : text.index("Hasil untuk warga")]
    assert "Jalan mantap : realisasi 60,00%, target 80,00%, setahun lalu 70,00%." in asked
    assert "Tanyakan kepada Kepala Dinas PU." in asked
    assert "Dinas Kesehatan : serapan 90,00%, 5,00 poin di bawah rencana kas." in asked
    assert "Angka kematian ibu" not in asked


def test_a_long_list_of_the_benefit_page_opens_in_full_on_demand() -> None:
    government = a_government()
    for number in range(12):
        spend(government, an_agency(government, f"1.{number:03d}"), ceiling=1000 + number, realised={12: 500})
    compute_run(government, year=2024, month=12, by=None)
    client = signed_in(people.leader(government))
    short = page_of(client, "benefit", government.code)
    assert "Lihat semua 12" in short
    assert "Dinas 1.000" not in short  # the smallest ceiling
    whole = page_of(client, "benefit", government.code, query="?daftar=unmeasured")
    assert "Dinas 1.000" in whole
    assert "Lihat semua" not in whole


def test_why_leads_down_to_the_figures_that_went_in() -> None:
    government, _agency = a_government_with_figures()
    absorption = Figure.objects.get(run__government=government, key="absorption/12")
    ceiling = Figure.objects.get(run__government=government, key="ceiling")
    html = page_of(signed_in(people.leader(government)), "why", absorption.public_id)
    assert reverse("why", args=[ceiling.public_id]) in html


def test_why_tells_what_is_missing() -> None:
    government, _agency = a_government_with_figures()
    benefit = Figure.objects.get(run__government=government, key="benefit/pd/1.01")
    text = text_of(page_of(signed_in(people.leader(government)), "why", benefit.public_id))
    assert "belum ada indikator hasil atau dampak" in text
    assert "Tidak dihitung" in text


def test_text_from_files_is_escaped() -> None:
    government = a_government(name="Kabupaten <script>alert(1)</script>")
    an_agency(government, name="Dinas <b>Tebal</b>")
    an_indicator(government, "IKU-1", name="Indeks <img src=x>")
    compute_run(government, year=2024, month=12, by=None)
    client = signed_in(people.leader(government))
    for name in PAGES:
        html = page_of(client, name, government.code)
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "<b>Tebal" not in html


def test_pages_carry_no_inline_style_and_work_without_script() -> None:
    government, agency = a_government_with_figures()
    client = signed_in(people.leader(government))
    pages = [page_of(client, name, government.code) for name in PAGES]
    pages.append(page_of(client, "agency", government.code, agency.public_id))
    for html in pages:
        assert not re.search(r"<[^>]+\sstyle=", html)
        assert "<style" not in html
        assert not re.search(r"<script(?![^>]*\ssrc=)", html)
        assert not re.search(r'\s(hx-get|hx-post|onclick)="', html)


def test_as_many_queries_for_200_agencies_as_for_10() -> None:
    counts = []
    for code, size in (("35.10", 10), ("35.20", 200)):
        government = a_government(code)
        for number in range(size):
            agency = an_agency(government, f"1.{number:03d}")
            spend(government, agency, ceiling=1000, realised={12: 500 + number})
        compute_run(government, year=2024, month=12, by=None)
        client = signed_in(people.leader(government))
        counts.append([_queries_of(client, reverse(name, args=[code])) for name in PAGES])
    assert counts[0] == counts[1]
    assert max(counts[0]) < 40


def _queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
