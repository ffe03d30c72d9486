"""Dated scales: bands a figure falls in (Tinggi, BB) and ordinals a text stands for (WTP = 4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.registry import Cite
from manfaat.engine.regulations import FOLDER, NOT_SET, check_keys, read_date, read_toml
from manfaat.engine.rounding import plain_id, round_array
from manfaat.engine.series import Entry, Floats, Series, Status

On: TypeAlias = date | str | None
_SETTLED = 9  # decimals to which a figure is settled where the scale itself does not round: noise of sums ends here
_SCALE_KEYS = {"id", "kind", "title", "valid_from", "valid_to", "place", "note", "decimals", "band", "step"}
_BAND_KEYS = {"code", "name", "from", "above", "to", "below"}
_STEP_KEYS = {"code", "name", "value"}


@dataclass(frozen=True)
class Band:
    """One band. In the file: bounds `from` and `to` belong to it, bounds `above` and `below` do not."""

    code: str
    name: str
    lower: float
    lower_included: bool
    upper: float
    upper_included: bool

    @property
    def words(self) -> str:
        """The bounds in words: `lebih dari 70 sampai 80`."""
        parts = []
        if math.isfinite(self.lower):
            parts.append(plain_id(self.lower) if self.lower_included else f"lebih dari {plain_id(self.lower)}")
        if math.isfinite(self.upper):
            parts.append(f"{'sampai' if self.upper_included else 'kurang dari'} {plain_id(self.upper)}")
        elif self.lower_included:
            parts.append("ke atas")
        return " ".join(parts)


@dataclass(frozen=True)
class BandScale:
    """Bands in rising order. decimals: places to which a figure is rounded first, None = bands have no gaps."""

    id: str
    title: str
    valid_from: str
    valid_to: str | None
    cite: Cite
    note: str
    decimals: int | None
    members: tuple[Band, ...]

    def rounded(self, value: float) -> float:
        """The figure as it is compared with the bounds."""
        return float(self._settle(np.array([value]))[0])

    def _settle(self, values: Floats) -> Floats:
        return round_array(values, _SETTLED if self.decimals is None else self.decimals)

    def rank(self, values: Floats) -> Floats:
        """float64[n]: 1 for the lowest band upwards, 0 where no band holds the figure (also for NaN)."""
        settled = self._settle(values)
        rank = np.zeros(values.size)
        for number, band in enumerate(self.members, start=1):
            over = settled >= band.lower if band.lower_included else settled > band.lower
            under = settled <= band.upper if band.upper_included else settled < band.upper
            rank[over & under] = number
        return rank


@dataclass(frozen=True)
class Step:
    """One step of an ordinal scale and the number that stands for it."""

    code: str
    name: str
    value: float


@dataclass(frozen=True)
class OrdinalScale:
    """Steps in rising order."""

    id: str
    title: str
    valid_from: str
    valid_to: str | None
    cite: Cite
    note: str
    members: tuple[Step, ...]

    @property
    def values(self) -> Floats:
        """float64[k]: the numbers of the steps."""
        return np.array([step.value for step in self.members])

    def name_of(self, value: float) -> str:
        """The code of the step with that number. Raises: EngineError when there is none."""
        for step in self.members:
            if step.value == value:
                return step.code
        raise EngineError(f"Skala {self.id} tidak memuat nilai {plain_id(value)}.")

    def to_series(self, texts: Iterable[str | Status | None]) -> Series:
        """The texts (`WTP`, `wdp`, None) as numbers of this scale; a text that is no step is not measurable."""
        known = {word.casefold(): step.value for step in self.members for word in (step.code, step.name)}
        entries: list[Entry] = []
        for text in texts:
            if isinstance(text, str):
                entries.append(known.get(text.strip().casefold(), Status.NOT_MEASURABLE if text.strip() else None))
            else:
                entries.append(text)
        return Series.of(entries)


Scale: TypeAlias = BandScale | OrdinalScale


def bands(scale_id: str, on: On = None) -> BandScale:
    """The band scale of that id that is valid on the date. Raises: EngineError when there is none."""
    scale = scale_named(scale_id, on)
    if not isinstance(scale, BandScale):
        raise EngineError(f"Skala “{scale_id}” berisi tingkat, bukan rentang nilai. Pakai skala rentang.")
    return scale


def ordinal(scale_id: str, on: On = None) -> OrdinalScale:
    """The ordinal scale of that id that is valid on the date. Raises: EngineError when there is none."""
    scale = scale_named(scale_id, on)
    if not isinstance(scale, OrdinalScale):
        raise EngineError(f"Skala “{scale_id}” berisi rentang nilai, bukan tingkat. Pakai skala tingkat.")
    return scale


def scale_named(scale_id: str, on: On = None) -> Scale:
    """The scale valid on the date, the newest version without a date.

    Raises: EngineError for an unknown id, a text that is no date, or a date before the first version.
    """
    versions = scales().get(scale_id)
    if versions is None:
        raise EngineError(f"Skala “{scale_id}” tidak dikenal. Yang dikenal: {', '.join(scales())}.")
    if on is None:
        return versions[-1]
    try:
        day = on.isoformat() if isinstance(on, date) else date.fromisoformat(on).isoformat()
    except ValueError:
        raise EngineError(f"“{on}” bukan tanggal. Tulis seperti 2024-12-31.") from None
    for version in reversed(versions):
        if (version.valid_from == NOT_SET or version.valid_from <= day) and (
            version.valid_to is None or day < version.valid_to
        ):
            return version
    raise EngineError(f"Skala “{scale_id}” belum atau tidak lagi berlaku pada {day}.")


@cache
def scales() -> Mapping[str, tuple[Scale, ...]]:
    """Every scale that comes with the engine: id -> its versions, oldest first."""
    return load_scales(FOLDER)


def load_scales(folder: Path) -> dict[str, tuple[Scale, ...]]:
    """The scales of a folder of regulations.

    Raises: EngineError by file and name when a version is doubled or a scale does not hold.
    """
    found: dict[str, list[Scale]] = {}
    for path in sorted(folder.glob("*/scale_*.toml")):
        scale = load_scale(path)
        versions = found.setdefault(scale.id, [])
        if any(other.valid_from == scale.valid_from for other in versions):
            raise EngineError(
                f"{path.parent.name}/{path.name}: skala “{scale.id}” sudah ada dengan tanggal berlaku yang sama."
            )
        versions.append(scale)
    order = {NOT_SET: ""}
    return {
        name: tuple(sorted(versions, key=lambda one: order.get(one.valid_from, one.valid_from)))
        for name, versions in sorted(found.items())
    }


def load_scale(path: Path) -> Scale:
    """The scale of one file. Raises: EngineError by file and name for anything that does not hold."""
    table = read_toml(path)
    name = str(table.get("id", "tanpa id"))
    kind = table.get("kind")
    rows = {"bands": "band", "ordinal": "step"}.get(str(kind))
    if rows is None:
        raise EngineError(
            f"{path.parent.name}/{path.name}: jenis skala “{kind}” tidak dikenal. Pakai bands atau ordinal."
        )
    allowed = _SCALE_KEYS - {"band", "step"} - ({"decimals"} if kind == "ordinal" else set()) | {rows}
    check_keys(path, name, table, allowed=allowed, required=("id", "title", "valid_from", "place", rows))
    _check_codes(path, name, table[rows])
    valid_to = read_date(path, name, table["valid_to"]) if "valid_to" in table else None
    head = (name, str(table["title"]), read_date(path, name, table["valid_from"]), valid_to)
    cite, note = Cite(path.parent.name, str(table["place"])), str(table.get("note", ""))
    if kind == "ordinal":
        return OrdinalScale(*head, cite, note, tuple(_step(path, row) for row in table["step"]))
    scale = BandScale(*head, cite, note, table.get("decimals"), tuple(_band(path, row) for row in table["band"]))
    _check_bands(path, scale)
    return scale


def _check_codes(path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    codes = [str(row.get("code")) for row in rows]
    for code in codes:
        if codes.count(code) > 1:
            raise EngineError(f"{path.parent.name}/{path.name}, {name}: kode “{code}” ditulis dua kali.")


def _step(path: Path, row: dict[str, Any]) -> Step:
    check_keys(path, str(row.get("code")), row, allowed=_STEP_KEYS, required=_STEP_KEYS)
    return Step(str(row["code"]), str(row["name"]), float(row["value"]))


def _band(path: Path, row: dict[str, Any]) -> Band:
    name = str(row.get("code"))
    check_keys(path, name, row, allowed=_BAND_KEYS, required=("code", "name"))
    if {"from", "above"} <= row.keys() or {"to", "below"} <= row.keys():
        raise EngineError(f"{path.parent.name}/{path.name}, {name}: satu batas ditulis dengan dua cara.")
    lower = float(row.get("from", row.get("above", -math.inf)))
    upper = float(row.get("to", row.get("below", math.inf)))
    return Band(name, str(row["name"]), lower, "above" not in row, upper, "below" not in row)


def _check_bands(path: Path, scale: BandScale) -> None:
    """Refuses bands that overlap, or leave a gap that rounding to `decimals` does not close."""
    step = 0.0 if scale.decimals is None else 10.0**-scale.decimals
    for low, high in zip(scale.members, scale.members[1:], strict=False):
        touching = low.upper == high.lower and low.upper_included != high.lower_included
        stepped = step > 0 and low.upper_included and high.lower_included and math.isclose(low.upper + step, high.lower)
        if not (touching or stepped):
            raise EngineError(
                f"{path.parent.name}/{path.name}: rentang “{low.code}” dan “{high.code}” bertindihan atau bercelah. "
                "Tulis batasnya bersambung, atau tetapkan decimals yang menutup celahnya."
            )
