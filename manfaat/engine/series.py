"""Numbers over many units at once, each with its own standing: known, missing, not due, not measurable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from manfaat.engine.errors import EngineError

Floats: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.uint8]
Mask: TypeAlias = npt.NDArray[np.bool_]


class Status(IntEnum):
    """What is known of a number. Four different things; none of them is zero."""

    KNOWN = 0
    MISSING = 1
    NOT_DUE = 2
    NOT_MEASURABLE = 3

    @property
    def code(self) -> str:
        """The word that stands in records: `known`, `missing`, `not_due`, `not_measurable`."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """The Indonesian words for a reader."""
        return _WORDS[self]

    @classmethod
    def from_code(cls, code: str) -> Status:
        """The status that a record's word names.

        Raises: EngineError for any other word.
        """
        try:
            return cls[code.upper()]
        except KeyError:
            known = ", ".join(status.code for status in cls)
            raise EngineError(f"Status “{code}” tidak dikenal. Yang dikenal: {known}.") from None


_WORDS = {
    Status.KNOWN: "terisi",
    Status.MISSING: "belum diisi",
    Status.NOT_DUE: "belum jatuh tempo",
    Status.NOT_MEASURABLE: "tidak dapat diukur",
}

_KNOWN, _LAST = int(Status.KNOWN), int(max(Status))

Entry: TypeAlias = float | int | Decimal | Status | None


@dataclass(frozen=True, eq=False)
class Series:
    """One number per unit with its status.

    values: float64[n], NaN exactly where the status is not KNOWN. status: uint8[n], the numbers of `Status`.
    Both arrays are read-only. Negative zero becomes zero at intake.

    >>> Series.of([1250, 0, None, Status.NOT_DUE])
    Series([1.250; 0; belum diisi; belum jatuh tempo])
    """

    values: Floats
    status: Codes

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Series:
        """A series from plain entries: a finite number, None (belum diisi) or a Status.

        Raises: EngineError that names the position of an entry that is no finite number.
        """
        values: list[float] = []
        status: list[int] = []
        for position, entry in enumerate(entries):
            if entry is None or isinstance(entry, Status):
                state = Status.MISSING if entry is None else entry
                if state is Status.KNOWN:
                    raise EngineError(f"Entri ke-{position + 1}: status “terisi” perlu angkanya. Tulis angka itu.")
                values.append(np.nan)
                status.append(int(state))
                continue
            number = float(entry)
            if not np.isfinite(number):
                raise EngineError(
                    f"Entri ke-{position + 1} bukan bilangan berhingga ({number}). Tulis None bila belum diisi."
                )
            values.append(number)
            status.append(0)
        return cls.from_arrays(np.array(values, dtype=np.float64), np.array(status, dtype=np.uint8))

    @classmethod
    def from_arrays(cls, values: Floats, status: Codes) -> Series:
        """A series from two arrays of one length; values beside a status other than KNOWN are dropped.

        Raises: EngineError when the lengths differ, a status is unknown, or a KNOWN value is not finite.
        """
        if values.ndim != 1 or values.shape != status.shape:
            raise EngineError(
                f"Angka ({values.shape}) dan status ({status.shape}) harus satu dimensi dan sama panjang."
            )
        if status.size and int(status.max()) > _LAST:
            raise EngineError(f"Status {int(status.max())} tidak dikenal. Yang dikenal: 0 sampai {_LAST}.")
        known = status == _KNOWN
        kept = np.where(known, values, np.nan) + 0.0
        if not np.isfinite(kept[known]).all():
            position = int(np.flatnonzero(known & ~np.isfinite(kept))[0])
            raise EngineError(
                f"Entri ke-{position + 1} bukan bilangan berhingga. Beri status belum diisi bila tidak ada."
            )
        states = status.astype(np.uint8)
        kept.setflags(write=False)
        states.setflags(write=False)
        return cls(kept, states)

    def __len__(self) -> int:
        return int(self.values.size)

    def __getitem__(self, position: int) -> float | Status:
        """The number at a position, or its status where there is no number."""
        state = Status(int(self.status[position]))
        return float(self.values[position]) if state is Status.KNOWN else state

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Series):
            return NotImplemented
        same = np.array_equal(self.values, other.values, equal_nan=True)
        return same and np.array_equal(self.status, other.status)

    __hash__ = None  # type: ignore[assignment]

    @property
    def known(self) -> Mask:
        """bool[n]: where there is a number."""
        known: Mask = self.status == _KNOWN
        return known

    def __repr__(self) -> str:
        shown = [entry_text(self[position]) for position in range(min(len(self), 8))]
        rest = f"; … {len(self)} entri" if len(self) > 8 else ""
        return f"Series([{'; '.join(shown)}{rest}])"


def entry_text(entry: float | Status) -> str:
    """The number in id-ID writing, or the words of the status."""
    if isinstance(entry, Status):
        return entry.words
    text = f"{entry:,.6f}".rstrip("0").rstrip(".") if abs(entry) < 1e15 else repr(entry)
    return text.translate(str.maketrans(",.", ".,"))
