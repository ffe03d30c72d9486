"""Answers and respondents' particulars as they are written -> the few values that are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from manfaat.readers.columns import normalised
from manfaat.readers.dates import read_date, read_month, read_year
from manfaat.readers.numbers import missing_reason

#: An answer that was not given, and a cell that is no answer at all.
NO_ANSWER, WRONG = 0, -1
#: A particular that is not given, and one that we do not know.
NOT_GIVEN, UNKNOWN = "", "?"

_ADJECTIVES = (
    "sesuai", "mudah", "cepat", "baik", "puas", "memuaskan", "sopan", "ramah", "sopan dan ramah", "mampu", "kompeten",
    "lengkap", "jelas", "bagus", "memadai",
)  # fmt: skip
_DEGREES = (("sangat ", 4), ("", 3), ("kurang ", 2), ("tidak ", 1))
ANSWER_WORDS: dict[str, int] = {f"{degree}{word}": value for word in _ADJECTIVES for degree, value in _DEGREES}
#: The cost of a service, asked in its own words (`domain/skm.md`, 3).
ANSWER_WORDS |= {"gratis": 4, "murah": 3, "cukup mahal": 2, "sangat mahal": 1}

SEXES = {
    **dict.fromkeys(("l", "lk", "laki laki", "laki", "pria", "m", "male", "lelaki"), "L"),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female"), "P"),
}
EDUCATIONS = {
    **dict.fromkeys(
        ("sd", "sd kebawah", "sd ke bawah", "tidak sekolah", "tidak tamat sd", "mi", "sekolah dasar", "sd sederajat"),
        "SD",
    ),
    **dict.fromkeys(("smp", "sltp", "mts", "smp sederajat", "sltp sederajat", "smp sltp"), "SLTP"),
    **dict.fromkeys(("sma", "smk", "slta", "smu", "ma", "sma smk", "sma sederajat", "slta sederajat", "stm"), "SLTA"),
    **dict.fromkeys(
        ("diploma", "d1", "d2", "d3", "d4", "d i", "d ii", "d iii", "d iv", "akademi", "d1 d2 d3", "d1 d3", "d1 d4"),
        "D",
    ),
    **dict.fromkeys(("s1", "s 1", "sarjana", "strata 1", "d4 s1", "s1 d4", "strata i"), "S1"),
    **dict.fromkeys(
        ("s2", "s3", "s 2", "s 3", "s2 keatas", "s2 ke atas", "magister", "doktor", "pascasarjana", "s2 s3"), "S2"
    ),
}
_JOB_PARTS = (
    (re.compile(r"pelajar|mahasiswa|siswa|student"), "pelajar"),
    (re.compile(r"wiraswasta|wirausaha|pedagang|usaha|dagang"), "wiraswasta"),
    (re.compile(r"swasta|karyawan|buruh"), "swasta"),
    (re.compile(r"\b(?:pns|asn|pppk|tni|polri|polisi|cpns)\b"), "asn"),
    (re.compile(r"petani|nelayan|peternak"), "petani"),
)
AGE_BANDS = ((20, "0-19"), (30, "20-29"), (40, "30-39"), (50, "40-49"), (200, "50+"))
_FIRST_DIGIT = re.compile(r"^([1-4])(?:\D.*)?$")
_NUMBERS = re.compile(r"\d+")


class Known(dict[Any, Any]):
    """Cells already read: a hundred thousand rows hold few different texts."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        value = self[cell] = self._read(cell)
        return value


def read_answer(cell: Any) -> int:
    """1 to 4, `NO_ANSWER` for a blank or a word for it, `WRONG` for everything else (0 and 5 too)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in (1, 2, 3, 4) else WRONG
    if not isinstance(cell, str):
        return WRONG
    if missing_reason(cell) is not None:
        return NO_ANSWER
    words = normalised(cell)
    if words in ANSWER_WORDS:
        return ANSWER_WORDS[words]
    text = cell.strip().removesuffix(",0").removesuffix(".0")
    match = _FIRST_DIGIT.match(text)
    return int(match[1]) if match and (len(text) == 1 or text[1] not in ",.") else WRONG


def read_sex(cell: Any) -> str:
    """`L`, `P`, `NOT_GIVEN` or `UNKNOWN`."""
    return _named(cell, SEXES)


def read_education(cell: Any) -> str:
    """`SD`, `SLTP`, `SLTA`, `D`, `S1`, `S2` (or above), `NOT_GIVEN` or `UNKNOWN`."""
    return _named(cell, EDUCATIONS)


def read_job(cell: Any) -> str:
    """`asn`, `swasta`, `wiraswasta`, `pelajar`, `petani`, `lain` for any other text, or `NOT_GIVEN`."""
    words = _words(cell)
    if not words:
        return NOT_GIVEN
    return next((code for part, code in _JOB_PARTS if part.search(words)), "lain")


def read_age(cell: Any) -> str:
    """The band of an age or of a range within one band (`0-19` to `50+`), `NOT_GIVEN` or `UNKNOWN`."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _band(int(cell)) if 0 < cell < 120 else UNKNOWN
    words = _words(cell)
    if not words:
        return NOT_GIVEN
    ages = [int(number) for number in _NUMBERS.findall(str(cell))]
    if not ages or len(ages) > 2 or max(ages) >= 120:
        return UNKNOWN
    if re.search(r"<|di bawah|dibawah|kurang dari|ke bawah|kebawah", str(cell).casefold()):
        return "0-19" if max(ages) <= 20 else UNKNOWN
    if len(ages) == 1:
        return _band(ages[0])
    return _band(ages[0]) if _band(ages[0]) == _band(ages[1]) else UNKNOWN


def read_when(cell: Any) -> tuple[int | None, int | None]:
    """Year and month that a cell names, None for what it does not name."""
    day = read_date(cell)
    if day is not None:
        return day.year, day.month
    if isinstance(cell, str) and (match := re.match(r"^\s*(\d{1,2})[/-]((?:19|20)\d{2})\s*$", cell)):
        return int(match[2]), int(match[1]) if 1 <= int(match[1]) <= 12 else None
    return read_year(cell) if isinstance(cell, str) else None, read_month(cell)


def _words(cell: Any) -> str:
    text = str(cell)
    return "" if missing_reason(text) is not None else normalised(text)


def _named(cell: Any, names: dict[str, str]) -> str:
    words = _words(cell)
    return names.get(words, UNKNOWN) if words else NOT_GIVEN


def _band(age: int) -> str:
    return next(name for below, name in AGE_BANDS if age < below)
