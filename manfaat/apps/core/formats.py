"""Numbers and dates as Indonesian readers write them. Missing prints as a dash, never as zero.

Numbers keep Indonesian writing in every language of the screens, so that one figure looks the same everywhere; only
words (miliar, Triwulan, names of months) are translated. The minus sign is U+2212; the readers accept it back.
"""

from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from manfaat.engine.rounding import format_id, plain_id, round_half_up

MINUS, NO_BREAK, MISSING = "\u2212", "\u00a0", "–"
SCALES: tuple[tuple[int, int, Any], ...] = (
    (999_950_000_000, 10**12, gettext_lazy("triliun")),
    (999_950_000, 10**9, gettext_lazy("miliar")),
    (1_000_000, 10**6, gettext_lazy("juta")),
)
"""From which amount, in which scale, with which word: the next word begins where the one before would print 1.000,0."""

MONTHS = (
    gettext_lazy("Januari"),
    gettext_lazy("Februari"),
    gettext_lazy("Maret"),
    gettext_lazy("April"),
    gettext_lazy("Mei"),
    gettext_lazy("Juni"),
    gettext_lazy("Juli"),
    gettext_lazy("Agustus"),
    gettext_lazy("September"),
    gettext_lazy("Oktober"),
    gettext_lazy("November"),
    gettext_lazy("Desember"),
)
ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

Number = int | float | Decimal


def is_missing(value: Number | None) -> bool:
    """Whether there is no number: None, not a number, or without end."""
    return value is None or not isfinite(value)


def decimal_id(value: Number | None, decimals: int | None = None) -> str:
    """`1.234,50`, rounded half up to `decimals` places, or with as many places as the number has."""
    if value is None or is_missing(value):
        return MISSING
    text = plain_id(value) if decimals is None else format_id(value, decimals)
    return text.replace("-", MINUS)


def percent_id(value: Number | None, decimals: int = 2) -> str:
    """`12,35%` for a value that already is a percentage."""
    return MISSING if is_missing(value) else f"{decimal_id(value, decimals)}%"


def points_id(value: Number | None, decimals: int = 2) -> str:
    """`1,20 poin`, for a difference of two percentages."""
    return MISSING if is_missing(value) else f"{decimal_id(value, decimals)}{NO_BREAK}{gettext('poin')}"


def some_of_all(percent: float | None, total: float | None) -> str:
    """`8 dari 20` for 40 percent of 20 things; empty where either is not known or there is nothing to count.

    The percentage was made from whole numbers, so rounding gives them back.
    """
    if percent is None or not total or is_missing(percent) or is_missing(total):
        return ""
    some = round_half_up(percent * total / 100, 0)
    return gettext("%(some)s dari %(all)s") % {"some": decimal_id(some, 0), "all": decimal_id(total, 0)}


def rupiah(value: Number | None) -> str:
    """`Rp1.200.000.000`, for tables."""
    if value is None or is_missing(value):
        return MISSING
    return _signed(value, f"Rp{format_id(abs(round_half_up(value, 0)), 0)}")


def rupiah_short(value: Number | None) -> str:
    """`Rp 1,2 miliar` with no-break spaces, for cards and sentences; below a million in full, `Rp 950.000`.

    The word is chosen after rounding, so 999.950.000 is `Rp 1,0 miliar`, never `Rp 1.000,0 juta`.
    """
    if value is None or is_missing(value):
        return MISSING
    size = abs(round_half_up(value, 0))
    for least, scale, word in SCALES:
        if size >= least:
            return _signed(value, NO_BREAK.join(["Rp", format_id(size / scale, 1), str(word)]))
    return _signed(value, f"Rp{NO_BREAK}{format_id(size, 0)}")


def _signed(value: Number, text: str) -> str:
    return f"{MINUS}{text}" if round_half_up(value, 0) < 0 else text


def quantity_id(value: Number | None, unit: str, decimals: int | None = None) -> str:
    """A number with its unit where readers expect it: `87,50%`, `Rp1.250`, `Rp 520,0 miliar`, `3 poin`."""
    if is_missing(value):
        return MISSING
    if unit == "%":
        return percent_id(value, 2 if decimals is None else decimals)
    if unit.lower() in {"rp", "rupiah"}:
        return rupiah(value)
    number = decimal_id(value, decimals)
    if unit.startswith("Rp "):
        return NO_BREAK.join(["Rp", number, unit.removeprefix("Rp ")])
    return f"{number}{NO_BREAK}{unit}" if unit else number


def date_id(value: date | None) -> str:
    """`18 April 2024`."""
    return MISSING if value is None else f"{value.day} {month_id(value.month)} {value.year}"


def date_short_id(value: date | None) -> str:
    """`18/04/2024`, for tables."""
    return MISSING if value is None else f"{value:%d/%m/%Y}"


def datetime_id(value: datetime | None) -> str:
    """`18 April 2024 pukul 14.05 WIB`, in the zone of the installation."""
    if value is None:
        return MISSING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = gettext("%(date)s pukul %(time)s") % {"date": date_id(local), "time": f"{local:%H.%M}"}
    return f"{clock} {local:%Z}".rstrip()


def month_id(number: int | None) -> str:
    """`Juni` for 6."""
    return MISSING if number is None else str(MONTHS[number - 1])


def roman(number: int) -> str:
    """`IV` for 4; for 1 to 39."""
    text = ""
    for size, letters in ROMANS:
        count, number = divmod(number, size)
        text += letters * count
    return text


def period_label(kind: str, year: int, number: int = 1) -> str:
    """`Triwulan II 2024`, `Semester I 2024`, `Juni 2024` or `Tahun 2024` for kinds quarter, semester, month, year."""
    if kind == "year":
        return gettext("Tahun %(year)s") % {"year": year}
    if kind == "month":
        return f"{month_id(number)} {year}"
    word = {"quarter": gettext("Triwulan"), "semester": gettext("Semester")}[kind]
    return f"{word} {roman(number)} {year}"


def until_id(year: int, month: int) -> str:
    """`s.d. Juni 2026`, for cumulative figures."""
    return gettext("s.d. %(month)s %(year)s") % {"month": month_id(month), "year": year}
