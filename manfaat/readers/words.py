"""Numbers said in Indonesian, to echo how a doubtful text was read."""

from __future__ import annotations

from decimal import Decimal

_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
    (100, "ratus"),
)


def in_words(value: Decimal) -> str:
    """The number in words: 1500 -> "seribu lima ratus", 1.5 -> "satu koma lima"."""
    sign = "minus " if value < 0 else ""
    whole, _, fraction = f"{abs(value):f}".partition(".")
    words = _whole_in_words(int(whole))
    if fraction.strip("0"):
        words += " koma " + " ".join(_ONES[int(digit)] for digit in fraction)
    return sign + words


def _whole_in_words(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return _joined(f"{_ONES[tens]} puluh", rest)
    for size, name in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            head = f"se{name}" if many == 1 and size <= 1000 else f"{_whole_in_words(many)} {name}"
            return _joined(head, rest)
    raise AssertionError(number)


def _joined(head: str, rest: int) -> str:
    return f"{head} {_whole_in_words(rest)}" if rest else head
