"""The index of a unit as people see it: published examples recomputed, groups guarded, changes said in words."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from manfaat.apps.core.models import AuditEvent
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.services.boards import group_tables
from manfaat.apps.services.models import ServiceUnit
from manfaat.apps.services.queries import groups_of
from manfaat.apps.services.tests import answers
from manfaat.apps.services.tests.answers import brought, row

pytestmark = pytest.mark.django_db
CODE = "35.15"
LIST = f"/pemda/{CODE}/kepuasan/"
#: GASPUL, third quarter, 29 answers (`domain/worked_examples.md` S2): how many answered 4, 3, 2 in the order of its own
#: numbering, in which U8 is facilities and U9 is complaints.
GASPUL = [
    (18, 11, 0), (14, 15, 0), (15, 12, 2), (29, 0, 0), (15, 14, 0), (18, 11, 0), (19, 10, 0), (18, 11, 0), (28, 1, 0),
]  # fmt: skip
GASPUL_HEADER = (*answers.HEADER[:13], "U8 Sarana dan prasarana", "U9 Penanganan pengaduan")


@pytest.fixture
def government() -> Government:
    return people.a_government(CODE)


@pytest.fixture
def planner(government: Government) -> Client:
    return people.signed_in(people.planner(government))


@pytest.fixture
def reader(government: Government) -> Client:
    return people.signed_in(people.leader(government))


def gaspul() -> list[list[Any]]:
    """The 29 respondents, each element's answers from the best down."""
    columns = [[4] * best + [3] * good + [2] * less for best, good, less in GASPUL]
    return [row([column[at] for column in columns], month="2026-08", unit="GASPUL") for at in range(29)]


def words(client: Client, address: str) -> str:
    """The page as a reader hears it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).replace("\u00a0", " ")


def page_of(unit: str) -> str:
    return f"{LIST}{ServiceUnit.objects.get(name=unit).public_id}/"


def test_example_s1_all_fours_is_a_hundred(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row())
    assert "Loket A Mengapa angka ini: 100,00 ● A (Sangat baik)" in words(reader, LIST)


@pytest.mark.parametrize(
    ("weight", "index"), [("1/9", "91,48"), ("0.1111", "91,47"), ("0.111", "91,38"), ("0.11", "90,56")]
)
def test_example_s2_gives_the_published_index_by_each_weight(
    planner: Client, reader: Client, weight: str, index: str
) -> None:
    brought(planner, CODE, *gaspul(), header=GASPUL_HEADER)
    address = f"{page_of('GASPUL')}?tahun=2026&periode=triwulan-3&bobot={weight}"
    page = words(reader, address)
    assert f"IKM Triwulan III 2026 Mengapa angka ini: {index}" in page
    assert ("untuk mengulang laporan lama" in page) == (weight != "1/9")


def test_exchanged_elements_land_under_their_own_names(planner: Client, reader: Client) -> None:
    brought(planner, CODE, *gaspul(), header=GASPUL_HEADER)
    page = words(reader, page_of("GASPUL"))
    assert "U8 Penanganan pengaduan, saran, dan masukan 3,9655" in page
    assert "U9 Sarana dan prasarana 3,6207" in page


def test_why_pages_lead_from_the_index_to_the_counted_answers(planner: Client, reader: Client) -> None:
    brought(planner, CODE, *gaspul(), header=GASPUL_HEADER)
    why = f"{page_of('GASPUL')}mengapa/ikm/total/?tahun=2026&periode=tahun"
    assert "91,48" in words(reader, why)
    (element,) = re.findall(r'href="([^"]*mengapa/ikm/U3/[^"]*)"', reader.get(why).content.decode())
    (mean,) = re.findall(r'href="([^"]*mengapa/ikm/U3/nrr/[^"]*)"', reader.get(element).content.decode())
    page = words(reader, mean)
    assert "1 × 0 + 2 × 2 + 3 × 12 + 4 × 15 = 100" in page
    assert "100 ÷ 29 = 3,448275862" in page
    assert "survei.csv" in page
    assert "satu spesifikasi aplikasi" in page
    assert "A (Sangat baik)" in words(reader, why.replace("total", "predikat"))
    assert reader.get(why.replace("total", "U99")).status_code == 404


def test_a_blank_answer_is_not_divided_by_and_the_page_says_so(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row((4, 4, "", 4, 4, 4, 4, 4, 4)), row((4, 4, 2, 4, 4, 4, 4, 4, 4)))
    page = words(reader, page_of("Loket A"))
    assert "U3 Waktu penyelesaian 2,0000 50,00 D (Tidak baik) 0 1 0 0 1" in page
    assert "94,44" in page  # (8 × 4 + 2) ÷ 9 × 25
    assert "Dari kuesioner lengkap saja IKM-nya 94,44" in page
    assert "Aturan resmi tentang jawaban kosong belum ditemukan [N]" in page


def test_an_element_that_nobody_answered_gives_no_index_and_no_zero(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row((4, 4, "", 4, 4, 4, 4, 4, 4)))
    assert "ada unsur tanpa jawaban" in words(reader, LIST)
    assert "Belum ada IKM Tahun 2026" in words(reader, page_of("Loket A"))


def test_a_change_is_told_from_chance_in_words(planner: Client, reader: Client) -> None:
    mixed = [row((3, 4) * 4 + (4,), month=month) for month in ("2026-03", "2026-04") for _ in range(20)]
    better = [row(month="2026-04") for _ in range(20)]
    brought(planner, CODE, *mixed, *[row((3,) * 9) for _ in range(20)], *better)
    page = words(reader, f"{page_of('Loket A')}?tahun=2026&periode=bulan-4")
    assert re.search(r"naik 12,50, lebih dari kebetulan \(z \d+,\d\d\)", page)
    few = words(reader, f"{page_of('Loket A')}?tahun=2026&periode=bulan-3")
    assert "tidak ada periode sebelumnya untuk dibandingkan" in few


def test_few_answers_are_not_tested(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row((3,) * 9), row(month="2026-04"))
    page = words(reader, f"{page_of('Loket A')}?tahun=2026&periode=bulan-4")
    assert "naik 25,00; jawaban terlalu sedikit untuk diuji" in page


def test_people_served_tell_how_many_answers_are_needed(
    planner: Client, reader: Client, government: Government
) -> None:
    brought(planner, CODE, *[row() for _ in range(30)])
    unit = page_of("Loket A")
    assert "Jumlah dilayani belum diisi" in words(reader, unit)
    sent = {"tahun": 2026, "periode": "tahun", "people": "100"}
    assert planner.post(f"{unit}dilayani/", sent).status_code == 302
    assert "Kurang: dari 100 orang yang dilayani perlu 80 jawaban, baru ada 30." in words(reader, unit)
    planner.post(f"{unit}dilayani/", {**sent, "people": "30"})
    planner.post(f"{unit}dilayani/", {**sent, "people": "30"})
    assert "Cukup: dari 30 orang yang dilayani perlu 28 jawaban, ada 30." in words(reader, unit)
    assert AuditEvent.objects.filter(government=government, verb="set_served").count() == 2
    assert planner.post(f"{unit}dilayani/", {**sent, "people": "banyak"}).status_code == 409
    assert reader.post(f"{unit}dilayani/", sent).status_code == 403


def test_small_groups_and_what_would_give_them_away_are_hidden(planner: Client, reader: Client) -> None:
    brought(planner, CODE, *[row(sex="P") for _ in range(14)], *[row((2,) * 9, sex="L") for _ in range(3)])
    page = words(reader, page_of("Loket A"))
    assert "Jenis kelamin Jawaban terlalu sedikit; rinciannya disembunyikan." in page
    assert "Wiraswasta 17" in page


def groups(unit: str) -> dict[str, Sequence[tuple[str, int]]]:
    tables = group_tables(groups_of(ServiceUnit.objects.get(name=unit), 2026))
    return {
        table.dimension: [(line.label, -1 if line.is_hidden else line.responses) for line in table.lines]
        for table in tables
    }


def test_the_next_smallest_group_is_hidden_with_a_small_one(planner: Client) -> None:
    told = [("SD", 4), ("SLTA", 40), ("S1", 12), ("", 11)]
    brought(planner, CODE, *[row(education=name) for name, count in told for _ in range(count)])
    assert groups("Loket A")["education"] == [("SD ke bawah", -1), ("SLTA", 40), ("S1", 12), ("", -1)]


def test_groups_stand_only_in_whole_years(planner: Client, reader: Client) -> None:
    brought(planner, CODE, *[row() for _ in range(12)], *[row(month="2026-04") for _ in range(12)])
    page = words(reader, f"{page_of('Loket A')}?tahun=2026&periode=bulan-4")
    assert "Kelompok responden, sepanjang 2026" in page
    assert "Wiraswasta 24" in page


def test_the_mean_of_the_units_explains_itself(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row(), row((3,) * 9, unit="Loket B"))
    assert "Rata-rata IKM unit layanan, Tahun 2026 Mengapa angka ini: 87,50" in words(reader, LIST)
    assert "IKM Loket B" in words(reader, f"{LIST}mengapa/?tahun=2026&periode=tahun")


def test_the_list_names_who_is_lowest_and_has_a_start_when_empty(planner: Client, reader: Client) -> None:
    assert "Belum ada jawaban survei" in words(reader, LIST)
    assert "Impor jawaban survei" not in words(reader, LIST)
    assert "Impor jawaban survei" in words(planner, LIST)
    brought(planner, CODE, row(), row((2,) * 9, unit="Loket B"))
    assert "1 dari 2 unit layanan masih kurang baik. Terendah: Loket B, 50,00." in words(reader, LIST)


def test_what_an_address_does_not_know_falls_back_to_the_usual(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row())
    for query in ("tahun=1999&periode=abad&bobot=2", "tahun=x", "periode=bulan-13"):
        assert "Tahun 2026 Mengapa angka ini: 100,00" in words(reader, f"{LIST}?{query}")


def test_strangers_see_nothing_and_every_role_reads(planner: Client, government: Government) -> None:
    brought(planner, CODE, row())
    unit = page_of("Loket A")
    stranger = people.signed_in(people.stranger())
    for address in (LIST, unit, f"{unit}mengapa/ikm/total/", f"{LIST}mengapa/"):
        assert stranger.get(address).status_code == 404
        assert people.signed_in(people.verifier(government)).get(address).status_code == 200


def test_a_page_costs_the_same_whatever_the_number_of_units(planner: Client, reader: Client) -> None:
    brought(planner, CODE, row())
    one = people.queries_of(reader, LIST)
    brought(planner, CODE, *[row(unit=f"Loket {letter}") for letter in "BCDEFGH"])
    assert people.queries_of(reader, LIST) == one


@pytest.mark.parametrize("year", ["²", "9" * 5_000, "-1", "2001"])
def test_a_year_that_is_none_falls_back_to_the_latest(planner: Client, year: str) -> None:
    brought(planner, CODE, row())
    answer = planner.get(LIST, {"tahun": year})
    assert answer.status_code == 200
    assert "Tahun 2026" in answer.content.decode()
