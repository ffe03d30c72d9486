"""Numbers as Indonesian offices write them.

A point groups thousands and a comma marks decimals; files from programs carry a decimal point. Where one text can
mean two numbers a factor 1,000 apart ("1.500", "1,500") the reading is flagged `ambiguous` and echoed in words.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from manfaat.readers.words import in_words

Missing = Literal["blank", "not_available", "not_yet", "not_due", "not_measurable"]

MISSING_TITLES: dict[Missing, str] = {
    "blank": "kosong",
    "not_available": "data tidak tersedia",
    "not_yet": "belum ada data",
    "not_due": "belum jatuh tempo",
    "not_measurable": "tidak dapat diukur",
}

_WORDS: dict[Missing, tuple[str, ...]] = {
    "blank": ("",),
    "not_available": (
        "-", "–", "—", "--", "---", "n/a", "na", "n.a", "n.a.", "#n/a", "tidak ada data", "tidak tersedia", "null",
        "none",
    ),
    "not_yet": (
        "belum", "belum ada", "belum ada data", "belum tersedia", "belum rilis", "belum terealisasi",
        "belum dilaporkan", "dalam proses", "proses",
    ),
    "not_due": ("belum jatuh tempo", "belum waktunya", "belum saatnya", "belum periode"),
    "not_measurable": (
        "tidak dapat diukur", "belum dapat diukur", "tidak diukur", "tidak terukur", "tdk dapat diukur",
    ),
}  # fmt: skip
_MISSING_WORDS: dict[str, Missing] = {word: reason for reason, words in _WORDS.items() for word in words}

#: Texts by which Excel, LibreOffice and their exports show a formula that failed.
ERROR_TEXT = re.compile(r"^(?:#(?:REF|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]|#GETTING_DATA|Err:\d{3})$")

_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$")
_GROUPED_BY_SPACE = re.compile(r"^[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?$")
_COMMA = re.compile(r"^\d+,\d+$")
_POINT = re.compile(r"^\d+\.\d+$")
_WHOLE = re.compile(r"^\d+$")
_ENGLISH = re.compile(r"^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?[eE][+-]?\d+$")
_ONE_GROUP = re.compile(r"^[1-9]\d{0,2}[.,]\d{3}$")
_CURRENCY = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah)$", re.IGNORECASE)
#: A hundred quadrillion: a thousand times the spending of all regions, and still exact in 64 bits.
_TOO_LARGE = Decimal(10**17)
_MAGNITUDE = re.compile(r"\b(?:ribu|rb|juta|jt|miliar|milyar|mlr|triliun|trilyun)\b", re.IGNORECASE)
_NON_ASCII_DIGIT = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """How a cell was read.

    `value` is None where it is missing (`missing` says why) or wrong (`problem` says why and what to do).
    `ambiguous`: the text has a second reading a factor 1,000 away; `echo` says which one was taken.
    `is_percent`: the text carried a percent sign; the value is in percent. `rounded`: sen were rounded to whole rupiah.
    """

    value: Decimal | None = None
    ambiguous: bool = False
    problem: str | None = None
    missing: Missing | None = None
    echo: str = ""
    is_percent: bool = False
    rounded: bool = False


def read_number(cell: object) -> NumberReading:
    """The cell as a number; see `NumberReading` for what is missing, wrong or doubtful."""
    if isinstance(cell, bool | datetime.date | datetime.time | datetime.timedelta):
        what = "nilai benar/salah" if isinstance(cell, bool) else "tanggal atau jam"
        return NumberReading(problem=f"Sel berisi {what}, bukan angka. Ubah format sel menjadi angka dan ketik ulang.")
    if isinstance(cell, int | float | Decimal):
        value = Decimal(repr(cell) if isinstance(cell, float) else cell)
        if not value.is_finite():
            return NumberReading(problem="Sel berisi angka tak hingga. Periksa rumusnya.")
        if abs(value) >= _TOO_LARGE:
            return NumberReading(problem="Angka terlalu besar untuk data pemerintah daerah. Periksa isinya.")
        return NumberReading(value=value)
    text = str(cell or "").replace("\u00a0", " ").replace("\u202f", " ").strip()
    reason = missing_reason(text)
    if reason is not None:
        return NumberReading(missing=reason)
    return _read_text(text)


def read_amount(cell: object) -> NumberReading:
    """The cell as whole rupiah, rounded half up where it carries sen (`rounded`).

    Three digits after a single point are thousands here without doubt, since rupiah have no third decimal;
    three digits after a single comma are refused.
    """
    text = cell.strip() if isinstance(cell, str) else ""
    core = _CURRENCY.sub("", text).strip("-−() ").removesuffix("%")
    if _ONE_GROUP.match(core) and "," in core:
        return NumberReading(
            problem="Koma diikuti tiga angka dapat berarti ribuan atau desimal. Tulis 1.500 atau 1500."
        )
    reading = read_number(cell)
    if reading.value is None:
        return reading
    if reading.is_percent:
        return NumberReading(problem="Sel berisi persen, bukan rupiah. Isi jumlah rupiahnya.")
    whole = reading.value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return NumberReading(value=whole, rounded=whole != reading.value)


def missing_reason(text: str) -> Missing | None:
    """Why a text stands for no value, or None where it does not."""
    return _MISSING_WORDS.get(" ".join(text.casefold().split()))


def _read_text(text: str) -> NumberReading:
    if ERROR_TEXT.match(text):
        return NumberReading(problem=f"Rumus di sel ini gagal ({text}). Perbaiki rumusnya, atau tempel sebagai nilai.")
    if text.startswith("="):
        return NumberReading(problem="Rumus di sel ini belum dihitung. Buka berkas di Excel, simpan, lalu unggah lagi.")
    core, negative, is_percent = _without_signs(text)
    if core is None or _NON_ASCII_DIGIT.search(core):
        return _not_a_number(text)
    if _ENGLISH.match(core) and ("." in core or core.count(",") > 1):
        return NumberReading(
            problem="Angka ditulis cara Inggris. Tulis 1.234,56 (titik ribuan, koma desimal), bukan 1,234.56."
        )
    if _SCIENTIFIC.match(core):
        return NumberReading(
            problem="Angka ditulis sebagai notasi ilmiah (1E+09), digitnya dapat hilang. Ubah format sel menjadi angka."
        )
    if _GROUPED.match(core) or _GROUPED_BY_SPACE.match(core):
        plain = core.replace(".", "").replace(" ", "").replace(",", ".")
    elif _COMMA.match(core):
        plain = core.replace(",", ".")
    elif _POINT.match(core) or _WHOLE.match(core):
        plain = core
    else:
        return _not_a_number(text)
    value = -Decimal(plain) if negative else Decimal(plain)
    if abs(value) >= _TOO_LARGE:
        return NumberReading(problem="Angka terlalu besar untuk data pemerintah daerah. Periksa isinya.")
    ambiguous = _ONE_GROUP.match(core) is not None
    return NumberReading(
        value=value, ambiguous=ambiguous, echo=_echo(value) if ambiguous else "", is_percent=is_percent
    )


def _without_signs(text: str) -> tuple[str | None, bool, bool]:
    """Digits and marks only, whether negative, whether a percentage; None where signs stand twice."""
    core = text.removeprefix("'").strip()
    is_percent = core.endswith("%")
    core = core.removesuffix("%").strip()
    core = core.removesuffix(",-").removesuffix(",--")
    negative = core.startswith("(") and core.endswith(")")
    if negative:
        core = core[1:-1].strip()
    for _ in range(2):  # "-Rp 5" and "Rp -5"
        core = _CURRENCY.sub("", core).strip()
        if core[:1] in ("-", "−", "–"):
            if negative:
                return None, True, is_percent
            negative, core = True, core[1:].strip()
    return core.removeprefix("+"), negative, is_percent


def _not_a_number(text: str) -> NumberReading:
    if _MAGNITUDE.search(text):
        return NumberReading(problem="Angka ditulis dengan kata. Tulis angka penuh, misalnya 1.500.000.000.")
    return NumberReading(
        problem="Isi sel bukan angka. Tulis angka seperti 1.234,56, atau kosongkan bila belum ada data."
    )


def _echo(value: Decimal) -> str:
    return f"terbaca: {in_words(value)} ({indonesian(value)})"


def indonesian(value: Decimal) -> str:
    """The number with points for thousands and a comma for decimals: 1234.5 -> "1.234,5"."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))
