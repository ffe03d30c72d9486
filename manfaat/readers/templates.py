"""Our own templates, which are also the format of our exports: what is exported can be imported unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from manfaat.readers.columns import Column, Layout
from manfaat.readers.layouts import BUDGET_LAYOUT, INDICATOR_LAYOUT
from manfaat.readers.survey_layout import ELEMENTS, SURVEY_LAYOUT

TemplateKind = Literal["budget", "indicators", "survey"]

_LEFT_OUT = ("unit_code", "unit_name", "funding_source", "cash_plan_total", "ceiling_original_rp", "ceiling_revised_rp")
_LEFT_OUT_INDICATORS = tuple(f"{what}_q{n}" for what in ("target", "realised") for n in range(1, 5))

_BUDGET_EXAMPLE: dict[str, str | int] = {
    "year": 2026,
    "month": 3,
    "agency_code": "9.99.0.00.0.00.99.0000",
    "agency_name": "CONTOH: Dinas Contoh, hapus baris ini",
    "programme_code": "9.99.02",
    "programme_name": "CONTOH: Program Contoh",
    "activity_code": "9.99.02.2.01",
    "activity_name": "CONTOH: Kegiatan Contoh",
    "sub_activity_code": "9.99.02.2.01.0001",
    "sub_activity_name": "CONTOH: Sub Kegiatan Contoh",
    "account_code": "5.1.02",
    "account_name": "CONTOH: Belanja Barang dan Jasa",
    "ceiling_stage": "murni",
    "ceiling_rp": 120_000_000,
    "realised_rp": 30_000_000,
    **{f"cash_plan_{month:02d}": 10_000_000 for month in range(1, 13)},
}

_INDICATOR_EXAMPLE: dict[str, str | int] = {
    "year": 2026,
    "agency_code": "9.99.0.00.0.00.99.0000",
    "agency_name": "CONTOH: Dinas Contoh, hapus baris ini",
    "goal": "CONTOH: Layanan contoh membaik",
    "indicator_code": "CONTOH-01",
    "name": "CONTOH: Persentase contoh yang selesai",
    "unit": "%",
    "method": "makin tinggi makin baik",
    "period": "TW I",
    "target": 80,
    "target_high": "",
    "realised": 75,
    "note": "CONTOH: kosongkan realisasi bila belum ada data",
}

_SURVEY_EXAMPLE: dict[str, str | int] = {
    "month": "2026-03",
    "unit_name": "CONTOH: Loket Contoh, hapus baris ini",
    "sex": "P",
    "age": 34,
    "education": "SLTA",
    "job": "Wiraswasta",
    **dict.fromkeys(ELEMENTS, 4),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its columns in the order of the file, and one example row that says it is one."""

    kind: TemplateKind
    title: str
    columns: tuple[Column, ...]
    example: tuple[str | int, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(column.title for column in self.columns)


def template(kind: TemplateKind) -> Template:
    """The template of that kind."""
    if kind == "budget":
        return _made(kind, BUDGET_LAYOUT, _LEFT_OUT, _BUDGET_EXAMPLE)
    if kind == "survey":
        return _made(kind, SURVEY_LAYOUT, ("year", "unit_code"), _SURVEY_EXAMPLE)
    return _made(kind, INDICATOR_LAYOUT, _LEFT_OUT_INDICATORS, _INDICATOR_EXAMPLE)


def _made(kind: TemplateKind, layout: Layout, left_out: tuple[str, ...], example: dict[str, str | int]) -> Template:
    columns = tuple(column for column in layout.columns if column.name not in left_out)
    return Template(kind, layout.title, columns, tuple(example[column.name] for column in columns))
