"""Rounding once, by name: half up and decimal-exact; and numbers as Indonesian readers write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.series import Floats

_DIGITS = 15  # a decimal of 15 digits survives the way into a double and back; the 16th and 17th are noise of the sums
_WIDE = Context(prec=700)  # any double written out in full fits
_SWAP = str.maketrans(",.", ".,")


def to_decimal(value: float | int | Decimal) -> Decimal:
    """The decimal number a double stands for: 15 significant digits; whole numbers and Decimals stay exact.

    Raises: EngineError when the value is not finite.
    """
    if isinstance(value, Decimal):
        exact = value
    elif isinstance(value, int) or float(value).is_integer():
        return Decimal(int(value))
    else:
        exact = Decimal(f"{float(value):.{_DIGITS}g}")
    if not exact.is_finite():
        raise EngineError(f"Tidak dapat membulatkan {value}: bukan bilangan berhingga.")
    return exact


def round_half_up(value: float | int | Decimal, decimals: int) -> Decimal:
    """The value rounded to `decimals` places; a tie goes away from zero (2.675 -> 2.68, -2.5 -> -3).

    Works on the decimal the double stands for, so 1.005 gives 1.01 where float rounding gives 1.00.
    A result of zero has no sign. Source: rounding in published tables, praktik-lkjip (two decimals, half up).
    """
    rounded = to_decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)
    return rounded if rounded else abs(rounded)


def round_array(values: Floats, decimals: int) -> Floats:
    """float64[n] rounded like `round_half_up`, at the speed of arrays; NaN stays NaN.

    Only values within a hair of a tie go through exact decimals, one by one.
    """
    scale = 10.0**decimals
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.abs(values) * scale
        whole = np.floor(scaled)
        rest = scaled - whole
        rounded = np.copysign(whole + (rest >= 0.5), values) / scale
    near_tie = np.abs(rest - 0.5) <= 2e-14 * np.maximum(scaled, 1.0)
    beyond = np.isfinite(values) & ~(scaled < 2.0**51)
    for position in np.flatnonzero(near_tie | beyond):
        rounded[position] = float(round_half_up(float(values[position]), decimals))
    settled: Floats = rounded + 0.0
    return settled


def format_id(value: float | int | Decimal, decimals: int) -> str:
    """The rounded number in id-ID writing: `1.234,56`.

    >>> format_id(1234.565, 2)
    '1.234,57'
    """
    return f"{round_half_up(value, decimals):,.{decimals}f}".translate(_SWAP)


def plain_id(value: float | int | Decimal, most: int = 9) -> str:
    """The number in id-ID writing with as many decimals as it has, at most `most`: `0,277`, `4.880`.

    A number too small to show with `most` decimals keeps its significant digits.
    """
    exact = to_decimal(value)
    rounded = round_half_up(exact, most)
    if not rounded and exact:
        return f"{float(exact):.6g}".replace(".", ",")
    if abs(rounded) >= Decimal(10) ** 18:
        return f"{float(exact):.15g}".replace(".", ",")
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


def with_unit(text: str, unit: str) -> str:
    """A number text with its unit where Indonesian readers expect it: `87,5%`, `Rp 1.250`, `Rp 4,8 juta`, `3 poin`."""
    if unit == "%":
        return f"{text}%"
    if unit == "Rp" or unit.startswith("Rp "):
        said = f"{text.removeprefix('-')} {unit.removeprefix('Rp').strip()}".strip()
        return f"-Rp {said}" if text.startswith("-") else f"Rp {said}"
    return f"{text} {unit}" if unit else text
