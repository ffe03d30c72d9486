"""The same unit under two instruments, or two versions, or two years: each difference explained in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from manfaat.engine.instruments.model import Row
from manfaat.engine.instruments.result import InstrumentResult
from manfaat.engine.instruments.rules import compiled
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Series, Status

PARTS = {
    "answer": "jawaban",
    "below": "baris di bawahnya",
    "range": "rentang nilai",
    "weight": "bobot",
    "multiplier": "baris pengali",
    "rounding": "pembulatan",
    "only_first": "baris hanya ada di yang pertama",
    "only_second": "baris hanya ada di yang kedua",
    "method": "cara hitung",
    "unknown": "salah satunya belum ada",
}
"""What a difference may come from."""


@dataclass(frozen=True)
class Difference:
    """One row side by side. parts: points of the difference (second less first) by cause; they add up to it.

    first, second: points, None where there is no number. first_code, second_code: empty where the row is absent.
    """

    first_code: str
    second_code: str
    name: str
    first: float | None
    second: float | None
    parts: Mapping[str, float]

    @property
    def difference(self) -> float | None:
        """Second less first, None where one has no number."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def sentence(self) -> str:
        """The difference in Indonesian."""
        if "unknown" in self.parts:
            return f"{self.name}: tidak dapat dibandingkan, salah satunya belum ada angkanya."
        told = [f"{PARTS[cause]} {_signed(points)}" for cause, points in self.parts.items() if abs(points) > 1e-9]
        total = 0.0 if self.difference is None else self.difference
        total = sum(self.parts.values()) if self.difference is None else total
        return f"{self.name}: {_signed(total)} poin" + (f" ({'; '.join(told)})." if told else ", sama.")


def _signed(points: float) -> str:
    return ("+" if points > 0 else "") + plain_id(points, 4).replace("-", "−")


def compare(
    first: InstrumentResult, second: InstrumentResult, position: int = 0, *, mapping: Mapping[str, str] | None = None
) -> list[Difference]:
    """Row by row, in the printed order of the first, rows only the second has at the end; the total first.

    mapping: code in the first -> code in the second, where rows are the same under another code. Unmapped rows pair up
    by code.
    Raises: EngineError when the mapping names a row that is not there.
    """
    pairs = dict(mapping or {})
    for one, other in pairs.items():
        first.instrument.row(one)
        second.instrument.row(other)
    taken = set(pairs.values())
    for row in first.instrument.rows:
        if row.code not in pairs and row.code in second.instrument.by_code and row.code not in taken:
            pairs[row.code] = row.code
    found = [_pair(first, second, row, pairs.get(row.code), position) for row in first.instrument.rows]
    rest = set(pairs.values())
    found += [_lone(second, row, position) for row in second.instrument.rows if row.code not in rest]
    return found


def _points(result: InstrumentResult, code: str, position: int) -> float | None:
    entry = result.row(code).score[position]
    return None if isinstance(entry, Status) else entry


def _pair(first: InstrumentResult, second: InstrumentResult, row: Row, other: str | None, position: int) -> Difference:
    one = _points(first, row.code, position)
    if other is None:
        parts = {"only_first": -one} if one is not None else {"unknown": 0.0}
        return Difference(row.code, "", row.name, one, None, parts)
    two = _points(second, other, position)
    if one is None or two is None:
        return Difference(row.code, other, row.name, one, two, {"unknown": 0.0})
    match = second.instrument.row(other)
    if row.operator == match.operator == "line" and row.weight and match.weight and row.lower_end == match.lower_end:
        parts = _line_parts(first, second, (row, match), (one, two), position)
    else:
        same = "answer" if row.is_leaf else "below"
        parts = {same if row.operator == match.operator else "method": two - one}
    return Difference(row.code, other, row.name, one, two, parts)


def _lone(result: InstrumentResult, row: Row, position: int) -> Difference:
    points = _points(result, row.code, position)
    parts = {"only_second": points} if points is not None else {"unknown": 0.0}
    return Difference("", row.code, row.name, None, points, parts)


def _line_parts(
    first: InstrumentResult,
    second: InstrumentResult,
    rows: tuple[Row, Row],
    points: tuple[float, float],
    position: int,
) -> dict[str, float]:
    """Changes one thing after the other, answer, range, weight, multiplier; what remains is rounding."""
    state = [_terms(result, row, position) for result, row in zip((first, second), rows, strict=True)]
    current, parts = dict(state[0]), {}
    before = _value(current)
    rounding = points[1] - points[0] - (_value(state[1]) - before)
    for cause in ("answer", "range", "weight", "multiplier"):
        current[cause] = state[1][cause]
        after = _value(current)
        parts[cause], before = after - before, after
    return parts | {"rounding": rounding}


def _terms(result: InstrumentResult, row: Row, position: int) -> dict[str, float]:
    ready = compiled(result.instrument)[row.code]
    answers: Series | None = result.answers.get(row.code)
    entry = answers[position] if answers is not None else Status.MISSING
    if isinstance(entry, Status) and row.code in result.last_year:
        entry = result.last_year[row.code][position]
    base = (row.low or 0.0) if row.lower_end == "subtracted" else 0.0
    multiplier = 1.0
    if row.multiplied_by:
        other = _points(result, row.multiplied_by, position)
        multiplier = (other or 0.0) / ready.parameters["multiplier_full"]
    value = 0.0 if isinstance(entry, Status) else entry
    weight = float(row.weight) if row.weight is not None else 0.0
    return {"answer": value - base, "range": (row.top or 0.0) - base, "weight": weight, "multiplier": multiplier}


def _value(terms: Mapping[str, float]) -> float:
    return terms["answer"] / terms["range"] * terms["weight"] * terms["multiplier"]
