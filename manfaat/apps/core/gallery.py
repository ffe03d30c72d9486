"""Every piece and picture of the screens on one page: to look at, and to test. All names and numbers are invented."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from manfaat.apps.core import charts
from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.fields import DayField, NumberField, RupiahField
from manfaat.apps.core.formats import MONTHS

SOURCE = "Data rekaan · s.d. Juli 2026 · Kabupaten Arunika"


@dataclass(frozen=True)
class Sample:
    """Stands in for a record that a piece prints."""

    code: str = "99.01"
    name: str = "Kabupaten Arunika"
    kind: str = "kabupaten"
    is_fictitious: bool = True
    value: float | None = 87.125
    unit: str = "%"
    status: str = "known"
    year: int = 2026
    number: int = 2


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama indikator", help_text="Seperti tertulis di RPJMD, tanpa singkatan.")
    realised = NumberField(label="Realisasi triwulan II", help_text="Dalam persen. Kosongkan bila belum ada data.")
    ceiling = RupiahField(label="Pagu", required=False)
    on = DayField(label="Tanggal data", required=False)
    method = forms.ChoiceField(
        label="Arah",
        choices=[("up", "Makin tinggi makin baik"), ("down", "Makin rendah makin baik")],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label="Bukti dukung", required=False, help_text="PDF, XLSX atau gambar, paling besar 20 MB.")
    checked = forms.BooleanField(label="Sudah diperiksa kepala perangkat daerah", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; it exists only where the installation is a demo or is being developed."""
    if not (settings.DEMO or settings.DEBUG):
        raise NotFound("Galeri hanya ada di pemasangan demo.")
    typed = {"realised": "1.500", "ceiling": "1.250.000.000", "on": "2026-06-30", "method": "up"}
    context: dict[str, Any] = {
        "fictitious": True,
        "curve": _s_curve().with_source(SOURCE, "?unduh=csv"),
        "pictures": _pictures(),
        "rows": _rows(),
        "heat": _heat(),
        "form": SampleForm(typed),
        "period": Sample(kind="quarter"),
        "known": Sample(),
        "missing": Sample(value=None, status="not_due"),
        "when": datetime(2026, 7, 14, 7, 5, tzinfo=UTC),
        "page": Paginator(range(90), 10).page(2),
    }
    return render(request, "core/gallery.html", context)


def _pictures() -> list[charts.Chart]:
    drawn = [_quadrant(), _tile_map(), _stacked(), _ranking()]
    return [chart.with_source(SOURCE, "?unduh=csv") for chart in drawn]


def _s_curve() -> charts.Chart:
    planned = [3.1, 7.4, 13.2, 20.8, 28.9, 37.0, 46.2, 55.1, 64.8, 74.9, 86.3, 100.0]
    realised = [1.2, 4.0, 9.6, 14.9, 22.3, None, 37.1]
    return charts.s_curve(
        title="Realisasi 37,1%, tertinggal 9,1 poin dari rencana kas",
        months=[str(month) for month in MONTHS],
        planned=list(planned),
        realised=list(realised),
        previous=[2.0, 5.9, 12.1, 18.0, 27.2, 35.8, 43.1, 51.9, 60.0, 70.3, 81.4, 94.2],
    )


POINTS = (
    ("Dinas Kesehatan", 91.2, 104.0, 212), ("Dinas Pendidikan", 95.1, 88.2, 640), ("Dinas PUPR", 62.4, 71.0, 388),
    ("Dinas Sosial", 97.3, 64.5, 58), ("Dinas Pertanian", 78.8, 108.1, 74), ("Dinas Perhubungan", 88.0, 92.7, 49),
    ("Dinas Pariwisata", 93.5, 51.2, 37), ("Badan Pendapatan", 84.6, 99.0, 41), ("Dinas Koperasi", 71.9, 96.3, 22),
    ("RSUD Arunika", 89.4, 110.6, 301), ("Dinas Lingkungan Hidup", 81.0, 76.8, 66), ("Dinas Kominfo", 96.0, 97.5, 31),
)  # fmt: skip


def _quadrant() -> charts.Chart:
    points = [charts.Point(name, x, y, size * 1e9) for name, x, y, size in POINTS]
    return charts.quadrant(
        title="Tiga perangkat daerah menghabiskan anggaran tanpa mencapai hasil",
        points=[*points, charts.Point("Satpol PP", 90.1, None, 28e9, "belum punya indikator hasil")],
        x_line=85,
        y_line=90,
        x_label="Serapan anggaran",
        y_label="Capaian hasil",
        names=("Hemat dan berhasil", "Terserap dan berhasil", "Belum bergerak", "Terserap tanpa hasil"),
        size_label="Pagu",
    )


AREAS = (
    ("Kecamatan Sukamaju", 1, 1, 4.2), ("Kecamatan Tanjungsari", 2, 1, 6.8), ("Kecamatan Argapura", 3, 1, 9.4),
    ("Kecamatan Lebakwangi", 0, 2, 11.7), ("Kecamatan Kotabaru", 1, 2, 3.9), ("Kecamatan Mekarjaya", 2, 2, 7.5),
    ("Kecamatan Pasirhuni", 3, 2, None), ("Kecamatan Karanganyar", 4, 2, 14.1), ("Kecamatan Cibening", 1, 3, 8.8),
    ("Kecamatan Rawasari", 2, 3, 10.2), ("Kecamatan Giriwoyo", 3, 3, 12.9), ("Kecamatan Purwasari", 4, 3, 5.1),
    ("Kecamatan Bojongasih", 2, 4, 13.3), ("Kecamatan Sindangrasa", 3, 4, 15.6),
)  # fmt: skip


def _tile_map() -> charts.Chart:
    return charts.tile_map(
        title="Kemiskinan tertinggi di Sindangrasa, 15,6%",
        tiles=[
            charts.Tile(name, name.removeprefix("Kecamatan "), column, row, value) for name, column, row, value in AREAS
        ],
        unit="%",
        lower_is_better=True,
    )


def _stacked() -> charts.Chart:
    shares = (
        ("Dinas Kesehatan", 88.0, 124.0),
        ("Dinas Pendidikan", 512.0, 128.0),
        ("Dinas Pekerjaan Umum", 61.0, 327.0),
    )
    return charts.stacked_bars(
        title="Delapan dari sepuluh rupiah Dinas Pendidikan adalah belanja rutin",
        rows=[
            *(charts.StackRow(name, [routine * 1e9, programme * 1e9]) for name, routine, programme in shares),
            charts.StackRow("Satpol PP", [19e9, None]),
        ],
        parts=["Belanja rutin", "Belanja program"],
    )


def _ranking() -> charts.Chart:
    names = ("Wanasari", "Arunika", "Kertaraja", "Tirtamulya", "Bumiagung", "Sagara")
    values = (88.4, 86.9, 86.1, 79.0, 74.4, None)
    dots = [
        charts.RangeDot(f"Kabupaten {name}", value, value and value - 2.3, value and value + 2.3, name == "Arunika")
        for name, value in zip(names, values, strict=True)
    ]
    return charts.range_dots(title="Arunika belum tentu berbeda dari Wanasari dan Kertaraja", rows=dots, unit="")


TREND = (1.08, 1.05, 1.06, 1.02)


def _rows() -> list[dict[str, Any]]:
    """Indicators as a scorecard prints them: words, numbers, a strip and a trend."""
    samples: tuple[tuple[str, str, float | None, float | None, float | None, bool, str, str], ...] = (
        ("Angka kemiskinan", "%", 9.4, 8.9, 10.1, True, "warn", "Perlu perhatian"),
        ("Indeks Pembangunan Manusia", "poin", 74.61, 74.2, 73.8, False, "good", "Sesuai"),
        ("Prevalensi stunting", "%", 24.1, 17.0, 25.3, True, "bad", "Terlambat"),
        ("Jalan kabupaten kondisi mantap", "%", 71.3, 70.0, 64.0, False, "good", "Sesuai"),
        ("Kematian ibu", "kasus", 7.0, 0.0, 9.0, True, "bad", "Terlambat"),
        ("Indeks kepuasan masyarakat", "poin", None, 85.0, 82.4, False, "none", "Belum ada data"),
    )
    return [
        {
            "name": name, "unit": unit, "realised": realised, "target": target, "state": state, "word": word,
            "strip": charts.bullet_row(
                label=name, realised=realised, target=target, previous=previous, lower_is_better=lower, unit=unit,
                state=state,
            ),
            "trend": charts.sparkline(
                label=name, values=[*((previous or 0) * share for share in TREND), previous, realised]
            ),
        }
        for name, unit, realised, target, previous, lower, state, word in samples
    ]  # fmt: skip


def _heat() -> charts.Chart:
    def cell(value: float) -> charts.HeatCell:
        return charts.HeatCell(f"{value:.1f}".replace(".", ","), 1 + sum(value > limit for limit in (50, 65, 75, 90)))

    scores = (
        ("Dinas Kesehatan", 96.1, 88.0, 71.2),
        ("Dinas Pendidikan", 91.4, 62.3, 84.9),
        ("Dinas Sosial", 48.7, 77.5, 55.0),
    )
    rows = [charts.HeatRow(name, [*(cell(value) for value in values), None]) for name, *values in scores]
    return charts.heat_table(
        title="Dinas Sosial merah di Triwulan I, lalu membaik", columns=["TW I", "TW II", "TW III", "TW IV"], rows=rows
    )
