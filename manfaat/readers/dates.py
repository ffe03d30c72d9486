"""Dates, months and periods as Indonesian offices write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_MONTHS: dict[str, int] = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTHS |= {name[:3]: number for name, number in list(_MONTHS.items())}
_MONTHS |= {"agt": 8, "ags": 8, "agus": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
_MONTHS |= {
    "may": 5,
    "march": 3,
    "june": 6,
    "july": 7,
    "august": 8,
    "aug": 8,
    "october": 10,
    "oct": 10,
    "december": 12,
    "dec": 12,
}
_MONTHS |= {"january": 1, "february": 2}

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMERIC = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?:[ T].*)?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_NAMED = re.compile(r"^(\d{1,2})[\s\-/.]+([a-z]+)\.?[\s\-/.]+(\d{4})(?:\s.*)?$")
_UP_TO = re.compile(r"^(?:s\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga)\s+|^(?:bulan|bln)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_QUARTER = re.compile(r"^(?:triwulan|tri wulan|tw|kuartal|q)\.?\s*[-.]?\s*(iv|iii|ii|i|[1-4])$")
_SEMESTER = re.compile(r"^(?:semester|smt|sem)\.?\s*[-.]?\s*(ii|i|[12])$")

PeriodKind = Literal["year", "semester", "quarter", "month"]


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """A period: kind, number within the year (1 for a year) and the year where the text names one."""

    kind: PeriodKind
    number: int
    year: int | None = None


def read_date(cell: object) -> datetime.date | None:
    """The day a cell names ("18 April 2024", "18 Agt 2024", "18/04/2024", ISO, a date cell), or None."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if not isinstance(cell, str):
        return None
    text = re.sub(r"^(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\s*,\s*", "", cell.strip().casefold())
    try:
        if match := _ISO.match(text):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMERIC.match(text):
            return datetime.date(int(match[3]), int(match[2]), int(match[1]))
        if (match := _NAMED.match(text)) and match[2] in _MONTHS:
            return datetime.date(int(match[3]), _MONTHS[match[2]], int(match[1]))
    except ValueError:
        return None
    return None


def read_month(cell: object) -> int | None:
    """The month 1-12 a cell names: 8, "08", "Agustus", "Agt", "s.d. Agustus 2024", a date; None where it names none."""
    if isinstance(cell, datetime.date):
        return cell.month
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell == int(cell) and 1 <= cell <= 12 else None
    if not isinstance(cell, str):
        return None
    text = _YEAR.sub("", _UP_TO.sub("", cell.strip().casefold())).strip(" .-")
    text = _UP_TO.sub("", text)
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTHS.get(text)


def read_year(cell: object) -> int | None:
    """The year a cell holds: 2024, "2024", "TA 2024"; None where it holds none or two different ones."""
    if isinstance(cell, datetime.date):
        return cell.year
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell == int(cell) and 1900 <= cell <= 2100 else None
    found = set(_YEAR.findall(cell)) if isinstance(cell, str) else set()
    return int(found.pop()) if len(found) == 1 else None


def read_period(cell: object) -> PeriodReading | None:
    """The period a cell names ("2024", "Tahunan", "TW I", "Triwulan II 2024", "Semester I", "s.d. Juni"), or None."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        year = read_year(cell)
        return PeriodReading("year", 1, year) if year else None
    if not isinstance(cell, str):
        month = read_month(cell)
        return PeriodReading("month", month, read_year(cell)) if month else None
    year = read_year(cell)
    text = " ".join(_YEAR.sub(" ", cell.casefold()).replace("tahun anggaran", " ").split()).strip(" .,-")
    if text in ("", "tahun", "tahunan", "setahun", "akhir tahun", "ta"):
        return PeriodReading("year", 1, year) if cell.strip() else None
    text = _UP_TO.sub("", text)
    if match := _QUARTER.match(text):
        return PeriodReading("quarter", _ROMAN.get(match[1]) or int(match[1]), year)
    if match := _SEMESTER.match(text):
        return PeriodReading("semester", _ROMAN.get(match[1]) or int(match[1]), year)
    month = read_month(text)
    return PeriodReading("month", month, year) if month else None
