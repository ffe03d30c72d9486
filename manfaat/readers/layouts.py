"""The kinds of file we know, column by column. The titles are the headers of our own templates and exports."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

from manfaat.readers.columns import Column, ColumnKind, Layout
from manfaat.readers.dates import MONTH_NAMES

MONTH_FIELDS = tuple(f"cash_plan_{month:02d}" for month in range(1, 13))

_SYNONYMS: dict[str, dict[str, list[str]]] = tomllib.loads(
    resources.files("manfaat.readers").joinpath("synonyms.toml").read_text(encoding="utf-8")
)


def _columns(layout: str, *described: tuple[str, str, ColumnKind, str]) -> tuple[Column, ...]:
    """Columns from (field, title, kind, help), with the synonyms kept for the layout."""
    known = _SYNONYMS[layout]
    return tuple(
        Column(name, title, kind, tuple(known.get(name, ())), help=text) for name, title, kind, text in described
    )


_PERIOD = _columns(
    "budget",
    ("year", "Tahun", "year", "Tahun anggaran. Baris tahun lain ditolak."),
    ("month", "Bulan", "month", "Posisi kumulatif sampai bulan ini: 1 sampai 12 atau namanya."),
)
_KEYS = _columns(
    "budget",
    ("agency_code", "Kode Perangkat Daerah", "code", "Kode resmi perangkat daerah, ditulis sebagai teks."),
    ("agency_name", "Nama Perangkat Daerah", "text", "Dipakai untuk memeriksa kode."),
    ("unit_code", "Kode Unit SKPD", "code", "Bila perangkat daerah punya unit, misalnya puskesmas."),
    ("unit_name", "Nama Unit SKPD", "text", ""),
    ("programme_code", "Kode Program", "code", "Misalnya 1.02.02, ditulis sebagai teks."),
    ("programme_name", "Nama Program", "text", ""),
    ("activity_code", "Kode Kegiatan", "code", "Misalnya 1.02.02.2.02."),
    ("activity_name", "Nama Kegiatan", "text", ""),
    ("sub_activity_code", "Kode Sub Kegiatan", "code", "Misalnya 1.02.02.2.02.0001."),
    ("sub_activity_name", "Nama Sub Kegiatan", "text", ""),
    ("account_code", "Kode Rekening", "code", "Misalnya 5.1.02.01.01.0024, ditulis sebagai teks."),
    ("account_name", "Nama Rekening", "text", ""),
)
_AMOUNTS = _columns(
    "budget",
    ("funding_source", "Sumber Dana", "text", ""),
    ("ceiling_stage", "Tahapan Anggaran", "text", "Murni, pergeseran, atau perubahan."),
    ("ceiling_rp", "Pagu (Rp)", "amount", "Pagu yang berlaku, rupiah penuh."),
    ("ceiling_original_rp", "Pagu Murni (Rp)", "amount", "Bila berkas memuat pagu sebelum dan setelah perubahan."),
    ("ceiling_revised_rp", "Pagu Perubahan (Rp)", "amount", ""),
    (
        "realised_rp",
        "Realisasi s.d. Bulan Ini (Rp)",
        "amount",
        "Kumulatif sejak Januari, rupiah penuh. Kosong berarti belum ada data; tulis 0 bila nol.",
    ),
)
_CASH_PLAN = tuple(
    Column(
        name,
        f"Rencana Kas {month} (Rp)",
        "amount",
        (f"Bulan {number}", f"RAK {month}", f"RAK Bulan {number}", f"Anggaran Kas {month}", month, f"Rencana {month}"),
        help="Rencana penarikan bulan itu saja, bukan kumulatif.",
    )
    for number, (name, month) in enumerate(zip(MONTH_FIELDS, MONTH_NAMES, strict=True), start=1)
)
_CASH_TOTAL = _columns("budget", ("cash_plan_total", "Total Rencana Kas (Rp)", "amount", ""))
_WHOSE = ("agency_code", "agency_name", "unit_code")

#: Our own template and export, and the simple recap of an office: codes, ceiling, realisation.
BUDGET_LAYOUT = Layout(
    "budget",
    "Pagu dan realisasi",
    (*_PERIOD, *_KEYS, *_AMOUNTS, *_CASH_PLAN, *_CASH_TOTAL),
    one_of=(_WHOSE, ("ceiling_rp", "ceiling_original_rp", "ceiling_revised_rp", "realised_rp")),
)

#: Report RAK: cash plan by month (`domain/budget.md` D.3).
CASH_PLAN_LAYOUT = Layout(
    "cash_plan",
    "Rencana anggaran kas (RAK)",
    (_PERIOD[0], *_KEYS, *_AMOUNTS, *(replace(column, required=True) for column in _CASH_PLAN), *_CASH_TOTAL),
    one_of=(_WHOSE,),
)

#: SIPD "Laporan realisasi per dokumen": 45 columns, header in row 5 (`domain/budget.md` D.1).
DOCUMENT_LAYOUT = Layout(
    "documents",
    "SIPD realisasi per dokumen",
    (
        *_KEYS,
        *_columns(
            "documents",
            ("document_number", "Nomor Dokumen", "text", ""),
            ("document_kind", "Jenis Dokumen", "text", ""),
            ("transaction_kind", "Jenis Transaksi", "text", ""),
        ),
        *(
            replace(column, required=True)
            for column in _columns(
                "documents",
                ("document_date", "Tanggal Dokumen", "date", "Menentukan bulan realisasi."),
                ("realised_rp", "Nilai Realisasi", "amount", ""),
                ("deposited_rp", "Nilai Setoran", "amount", "Dikurangkan dari Nilai Realisasi."),
            )
        ),
    ),
    one_of=(_WHOSE,),
)

BUDGET_LAYOUTS = (BUDGET_LAYOUT, CASH_PLAN_LAYOUT, DOCUMENT_LAYOUT)


def _by_quarter(field: str, title: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{field}_q{number}",
            f"{title} TW {roman}",
            "number",
            tuple(
                f"{title} {word}" for word in (f"Triwulan {roman}", f"Triwulan {number}", f"TW {number}", f"TW{number}")
            ),
        )
        for number, roman in enumerate(("I", "II", "III", "IV"), start=1)
    )


#: Our own template and export of indicators; also the common wide form with a column per quarter.
INDICATOR_LAYOUT = Layout(
    "indicators",
    "Indikator kinerja",
    (
        *_columns("indicators", ("year", "Tahun", "year", "")),
        replace(_KEYS[0], help="Kosong bila indikator milik pemerintah daerah."),
        *(
            replace(column, required=column.name == "name")
            for column in _columns(
                "indicators",
                ("agency_name", "Nama Perangkat Daerah", "text", "Dipakai untuk memeriksa kode."),
                ("goal", "Sasaran", "text", ""),
                ("indicator_code", "Kode Indikator", "code", ""),
                ("name", "Indikator", "text", "Nama indikator seperti di dokumen perencanaan."),
                ("unit", "Satuan", "text", ""),
                ("method", "Metode", "text", "Misalnya: makin tinggi makin baik."),
                (
                    "period",
                    "Periode",
                    "period",
                    "Tahun, TW I sampai TW IV, Semester I, atau nama bulan. Kosong: setahun.",
                ),
                ("target", "Target", "number", ""),
                ("target_high", "Target Atas", "number", "Hanya untuk target berupa rentang."),
                ("realised", "Realisasi", "number", "Kosong atau “belum” berarti belum ada data; 0 berarti nol."),
            )
        ),
        *_by_quarter("target", "Target"),
        *_by_quarter("realised", "Realisasi"),
        *_columns("indicators", ("note", "Keterangan", "text", "")),
    ),
    one_of=(("target", "realised", "target_q1", "realised_q1", "target_q4", "realised_q4"),),
)
