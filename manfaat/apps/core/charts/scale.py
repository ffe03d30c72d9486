"""From numbers to places: a linear scale, and ticks that people count in."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Linear:
    """Maps `low`..`high` onto `start`..`stop`; either may run backwards, as the vertical axis of a drawing does."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """The place of `value`, held within the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.stop - self.start)


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About `count` round numbers, the first at or under `low`, the last at or over `high`."""
    if not low < high:
        low, high = (low - 1, high + 1) if low == high else (high, low)
    raw = (high - low) / count
    magnitude = 10.0 ** floor(log10(raw))
    step = next(size * magnitude for size in STEPS if size * magnitude >= raw * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(position * step, 12) for position in range(first, last + 1)]


def finite(value: float | None) -> float | None:
    """The number, or None for what cannot be drawn."""
    return value if value is not None and isfinite(value) else None


def known(values: Iterable[float | None]) -> list[float]:
    """The finite numbers among `values`."""
    return [value for value in values if value is not None and isfinite(value)]
