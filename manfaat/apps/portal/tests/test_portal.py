"""The public pages, read by a citizen who has not signed in."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manfaat import engine
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.models import Publication
from manfaat.apps.scoring.tests.facts import LOWER, an_indicator, promise, reach, spend

pytestmark = pytest.mark.django_db
YEAR = (2024, "year", 1)
LIGHT_BYTES = 100_000


def a_published_government(code: str = "35.15", *, name: str = "Kabupaten Sidoarjo") -> tuple[Government, Agency]:
    """One agency that spent 900 of 1.000 and one indicator that met its target, frozen by the leader."""
    government = a_government(code, name=name)
    agency = an_agency(government, name="Dinas Kesehatan")
    spend(government, agency, ceiling=1000, realised={11: 700, 12: 900})
    indicator = an_indicator(government, "IKU-1", method=LOWER, name="Angka kematian ibu", unit="jiwa")
    reach(indicator, {(2023, "year", 1): 90, YEAR: 80})
    promise(indicator, {YEAR: 100})
    publish(government)
    return government, agency


def publish(government: Government, reason: str = "") -> Publication:
    run = compute_run(government, year=2024, month=12, by=None)
    return publish_run(run, reason=reason, by=people.leader(government))


def page_of(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


def addresses_of(code: str = "35.15", version: int = 1) -> list[str]:
    place = [code, 2024, 12, version]
    return [
        reverse("portal_home"),
        reverse("public_sources"),
        reverse("public_government", args=[code]),
        reverse("public_publication", args=place),
        reverse("public_figure", args=[*place, "absorption/12"]),
        reverse("public_json", args=place),
        reverse("public_csv", args=place),
    ]


def test_no_public_page_sets_a_cookie() -> None:
    a_published_government()
    client = Client()
    for address in addresses_of():
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies, address
    assert not client.cookies


def test_public_pages_are_light_and_carry_no_script_and_no_inline_style() -> None:
    government, _agency = a_published_government()
    for number in range(60):
        agency = an_agency(government, f"2.{number:03d}", name=f"Badan dengan nama yang cukup panjang {number}")
        spend(government, agency, ceiling=10**12, realised={12: 10**11})
    publish(government, "Perangkat daerah lengkap")
    for address in addresses_of(version=2)[:5]:
        html = page_of(address)
        assert len(html.encode()) < LIGHT_BYTES, address
        assert "<script" not in html
        assert "<style" not in html
        assert not re.search(r"<[^>]+\sstyle=", html)


def test_as_many_queries_for_60_agencies_as_for_one() -> None:
    counts = []
    for code, size in (("35.10", 1), ("35.20", 60)):
        government = a_government(code)
        for number in range(size):
            spend(government, an_agency(government, f"1.{number:03d}"), ceiling=1000, realised={12: 900})
        publish(government)
        with CaptureQueriesContext(connection) as queries:
            page_of(reverse("public_government", args=[code]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_a_government_is_found_by_name() -> None:
    a_published_government()
    a_published_government("35.78", name="Kota Surabaya")
    text = text_of(page_of("/?cari=sido"))
    assert "Kabupaten Sidoarjo" in text
    assert "Kota Surabaya" not in text
    assert "Tidak ada yang cocok" in text_of(page_of("/?cari=<b>atlantis"))
    assert "<b>atlantis" not in page_of("/?cari=<b>atlantis")


def test_before_the_first_publication_the_portal_says_so() -> None:
    assert "Belum ada pemerintah daerah yang menerbitkan angka." in text_of(page_of("/"))
    assert Client().get(reverse("public_government", args=["35.15"])).status_code == 404


def test_the_public_page_tells_in_plain_words_what_was_spent_and_reached() -> None:
    a_published_government()
    text = text_of(page_of(reverse("public_government", args=["35.15"])))
    assert "Dari setiap Rp100 yang dianggarkan, Rp90 sudah dibelanjakan sampai Desember 2024." in text
    assert "1 dari 1 hasil yang dapat diukur mencapai yang dijanjikan." in text
    assert "1 dari 1 hasil membaik atau tetap dibanding tahun sebelumnya." in text
    assert "Dinas Kesehatan 90,00% belum terukur Rp 1.000" in text


def test_every_public_number_is_the_frozen_number() -> None:
    a_published_government()
    frozen = json.loads(Publication.objects.get().bundle_json)["figures"]
    records = {record["key"]: record for record in frozen}
    html = page_of(reverse("public_government", args=["35.15"]))
    prefix = reverse("public_publication", args=["35.15", 2024, 12, 1]) + "angka/"
    seen = 0
    for key, shown in re.findall(rf'<a class="why[^"]*" href="{prefix}([^"]+)/">([^<]+)</a>', html):
        record = records[unescape(key)]
        if record["value"] is not None and record["unit"] != "Rp":
            assert shown.startswith(record["shown"])
            seen += 1
    assert seen >= 5


def test_a_later_computation_does_not_touch_what_was_published() -> None:
    government, agency = a_published_government()
    before = page_of(reverse("public_government", args=["35.15"]))
    spend(government, agency, realised={12: 999})
    compute_run(government, year=2024, month=12, by=None)
    assert page_of(reverse("public_government", args=["35.15"])) == before


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays() -> None:
    government, agency = a_published_government()
    spend(government, agency, realised={12: 999})
    publish(government, "Realisasi Desember dibetulkan")
    old = text_of(page_of(reverse("public_publication", args=["35.15", 2024, 12, 1])))
    assert "Ini versi lama." in old
    assert "Rp90 sudah dibelanjakan" in old
    new = text_of(page_of(reverse("public_government", args=["35.15"])))
    assert "Rp99,90 sudah dibelanjakan" in new
    assert "Versi 2 (yang ini) : Realisasi Desember dibetulkan" in new


def test_what_is_missing_is_said_and_never_shown_as_zero() -> None:
    government = a_government("35.15", name="Kabupaten Sidoarjo")
    an_agency(government)
    reach(an_indicator(government, "IKU-1", name="Indeks tanpa target"), {YEAR: 70})
    publish(government)
    text = text_of(page_of(reverse("public_government", args=["35.15"])))
    assert "Belanja sampai Desember 2024 belum dilaporkan." in text
    assert "Tanpa target, jadi belum dapat dinilai tercapai: Indeks tanpa target." in text
    assert "tanpa target" in text
    assert "Rp 0" not in text
    assert not re.search(r"(?<![\d,])0,00%", text)


def test_the_download_is_recomputed_and_equals_the_page() -> None:
    a_published_government()
    response = Client().get(reverse("public_json", args=["35.15", 2024, 12, 1]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="manfaat-35.15-2024-12-v1.json"'
    bundle = json.loads(response.content)
    assert engine.bundle.verify(bundle) == []
    assert bundle["digest"] in page_of(reverse("public_government", args=["35.15"]))
    assert (
        Client().get(reverse("public_csv", args=["35.15", 2024, 12, 1])).content.startswith(b"\xef\xbb\xbfkey,label,")
    )


def test_why_of_a_frozen_figure_leads_down_to_its_inputs() -> None:
    a_published_government()
    place = ["35.15", 2024, 12, 1]
    html = page_of(reverse("public_figure", args=[*place, "absorption/12"]))
    assert "900 ÷ 1.000 × 100" in text_of(html)
    assert reverse("public_figure", args=[*place, "ceiling"]) in html
    assert "manfaat explain manfaat-35.15-2024-12-v1.json absorption/12" in text_of(html)
    assert "baris 17" in text_of(page_of(reverse("public_figure", args=[*place, "realised/pd/1.01/12"])))


@pytest.mark.parametrize(
    "address",
    [
        "/publik/35.99/",
        "/publik/35.15/2024/11/v1/",
        "/publik/35.15/2024/12/v9/",
        "/publik/35.15/2024/12/v1/angka/absorption/99/",
        "/publik/35.15/2024/12/v9.json",
    ],
)
def test_what_was_not_published_is_not_found(address: str) -> None:
    a_published_government()
    assert Client().get(address).status_code == 404


def test_sources_name_publisher_title_and_year() -> None:
    a_published_government()
    assert "BPS. Tabel resmi (2025)" in text_of(page_of(reverse("public_sources")))
    assert "BPS. Tabel resmi (2025)" in text_of(page_of(reverse("public_government", args=["35.15"])))


def test_invented_figures_are_marked_as_invented() -> None:
    government, _agency = a_published_government()
    Government.objects.filter(pk=government.pk).update(is_fictitious=True)
    assert "data rekaan" in page_of("/")
    assert "Data rekaan untuk latihan." in page_of(reverse("public_government", args=["35.15"]))


def test_the_language_is_chosen_on_a_page_of_its_own() -> None:
    client = Client(enforce_csrf_checks=True)
    html = page_of(reverse("language"), client)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    data = {"language": "en", "next": "/", "csrfmiddlewaretoken": token[1]}
    response = client.post(reverse("set_language"), data)
    assert response.status_code == 302
    assert client.cookies["django_language"].value == "en"


def test_the_portal_reads_only_what_was_published() -> None:
    folder = Path(__file__).parents[1]
    for module in folder.glob("*.py"):
        for line in re.findall(
            r"^from (manfaat\.apps\.(?!scoring import)\S+) import", module.read_text(), re.MULTILINE
        ):
            assert line.startswith(("manfaat.apps.core", "manfaat.apps.portal", "manfaat.apps.scoring.published")), line
        assert not re.search(
            r"^(import|from) manfaat\.apps\.scoring import (?!published$)", module.read_text(), re.MULTILINE
        )


def test_an_earlier_period_that_tells_more_is_named() -> None:
    government = a_government(name="Provinsi Uji")
    indicator = an_indicator(government, "IKU-1")
    reach(indicator, {(2023, "year", 1): 90, YEAR: 80})
    promise(indicator, {(2023, "year", 1): 85})
    leader = people.leader(government)
    for year in (2023, 2024):
        publish_run(compute_run(government, year=year, month=12, by=None), reason="", by=leader)
    html = page_of(reverse("public_government", args=[government.code]))
    assert "Desember 2023 memuat lebih banyak: 1 hasil dapat dibandingkan dengan janji, di periode ini 0." in text_of(
        html
    )
    earlier = reverse("public_publication", args=[government.code, 2023, 12, 1])
    assert f'<a href="{earlier}">Buka Desember 2023</a>' in html
    assert "memuat lebih banyak" not in page_of(earlier)


def test_a_change_that_is_not_due_is_said_so() -> None:
    government = a_government()
    indicator = an_indicator(government, "IKU-1", name="Realisasi investasi", accumulation="sum")
    reach(indicator, {(2023, "year", 1): 90, (2024, "quarter", 1): 20, (2024, "quarter", 2): 30})
    promise(indicator, {YEAR: 100})
    publish_run(compute_run(government, year=2024, month=6, by=None), reason="", by=people.leader(government))
    text = text_of(page_of(reverse("public_government", args=[government.code])))
    assert "Realisasi investasi 100,00% 50,00%" in text
    assert "belum jatuh tempo" in text
    assert "memburuk" not in text
