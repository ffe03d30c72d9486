"""What the title rows of a sheet say about year, month and unit of money, checked against what the user chose."""

from __future__ import annotations

import re

from manfaat.readers.columns import Mapping
from manfaat.readers.dates import MONTH_NAMES, read_month
from manfaat.readers.problems import Problems

_YEAR = re.compile(
    r"(?:tahun(?:\s+anggaran)?|\bt\.?\s?a\.?|"
    + "|".join(name.lower() for name in MONTH_NAMES)
    + r")\s*:?\s*((?:19|20)\d{2})\b"
)
_ANY_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_REGULATION = re.compile(r"peraturan|permendagri|perda\b|perbup|perwali|pergub|nomor|undang", re.IGNORECASE)
_MONTH = re.compile(r"(?:s\s*[./]?\s*d\.?|sampai\s+dengan|bulan|posisi|per)\s+(?:bulan\s+)?(?:\d{1,2}\s+)?([a-z]+)\b")
_SCALE = re.compile(
    r"(?:dalam|satuan|\()\s*:?\s*(?:rp\.?\s*)?(ribu|juta|miliar|milyar)(?:an)?\b|\b(ribu|juta|miliar|milyar)(?:an)?\s+(?:rupiah|rp)\b"
)


def check_titles(
    titles: list[tuple[int, str]], problems: Problems, *, year: int, month: int | None, scale_rp: int
) -> None:
    """Note a title that names another year (error), another month (warning), or scaled amounts (error)."""
    years: dict[int, int] = {}
    for row, original in titles:
        text = original.casefold()
        if not _REGULATION.search(text):
            for found in _YEAR.findall(text):
                years.setdefault(int(found), row)
            _check_month(text, row, problems, month)
        if (scale := _SCALE.search(text)) and scale_rp == 1:
            unit = scale[1] or scale[2]
            problems.add(
                "error",
                "amounts_scaled",
                f"Judul menyebut nilai dalam {unit} rupiah, sedangkan yang diminta rupiah penuh.",
                "Kalikan nilainya menjadi rupiah penuh, hapus keterangan itu, lalu unggah lagi.",
                row=row,
                value=original,
            )
    if years and year not in years:
        other, row = next(iter(years.items()))
        problems.add(
            "error",
            "wrong_year",
            f"Judul lembar menyebut tahun {other}, sedangkan yang dipilih tahun {year}.",
            "Pilih tahun yang sesuai, atau unggah berkas tahun yang benar.",
            row=row,
            value=other,
        )


def check_columns(mapping: Mapping, problems: Problems, *, year: int) -> None:
    """Note (error) a chosen column whose header names only another year."""
    for name, index in mapping.columns.items():
        found = (
            {int(text) for text in _ANY_YEAR.findall(mapping.titles[index])} if index < len(mapping.titles) else set()
        )
        if found and year not in found:
            problems.add(
                "error",
                "wrong_year",
                f"Kolom {mapping.where(name)} milik tahun {max(found)}, sedangkan yang dipilih tahun {year}.",
                "Pilih kolom tahun yang sesuai pada langkah pemetaan.",
                row=mapping.header_row,
                column=mapping.where(name),
                value=max(found),
            )


def _check_month(text: str, row: int, problems: Problems, month: int | None) -> None:
    if month is None:
        return
    found = {number for name in _MONTH.findall(text) if (number := read_month(name))}
    if len(found) == 1 and month not in found:
        names = ", ".join(MONTH_NAMES[number - 1] for number in sorted(found))
        problems.add(
            "warning",
            "other_month_in_title",
            f"Judul lembar menyebut {names}, sedangkan yang dipilih {MONTH_NAMES[month - 1]}.",
            "Periksa apakah bulan yang dipilih benar.",
            row=row,
            value=names,
        )
