"""Worked examples beside the rules: `vectors_*.toml`, each with what the engine must give and what was printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manfaat.engine.errors import EngineError
from manfaat.engine.evaluation import evaluate
from manfaat.engine.figure import Figure, figure
from manfaat.engine.operators import operator_named
from manfaat.engine.reasons import reason_sentence
from manfaat.engine.registry import Cite
from manfaat.engine.regulations import FOLDER, check_keys, read_toml
from manfaat.engine.scale_data import ordinal
from manfaat.engine.series import Entry, Series, Status

VERDICTS = {
    "agree": "sama dengan yang tercetak",
    "convention": "sama hanya dengan kesepakatan yang disebut",
    "disagree": "tidak sama dengan yang tercetak",
}
_REQUIRED = ("id", "operator", "inputs", "gives", "place")
_KEYS = (*_REQUIRED, "parameters", "decimals", "reason", "published", "verdict", "why")


@dataclass(frozen=True)
class Example:
    """One worked example.

    gives: the text the engine must show (number in id-ID writing, band, or word of a status). reason: the reason code
    beside it. published: what the source printed, empty where it has no such row; then verdict is empty too.
    """

    id: str
    operator: str
    inputs: Mapping[str, Any]
    parameters: Mapping[str, Any]
    decimals: int
    gives: str
    reason: str | None
    published: str
    verdict: str
    why: str
    cite: Cite

    def figure(self) -> Figure:
        """The figure the engine makes of it."""
        inputs = {name: self._series(entry) for name, entry in self.inputs.items()}
        made = evaluate(self.operator, inputs, self.parameters)
        return figure(made, 0, key=self.id, label=self.id, decimals=self.decimals)

    def _series(self, entry: Any) -> Series | list[Series]:
        if isinstance(entry, list):
            return [Series.of([self._entry(one)]) for one in entry]
        return Series.of([self._entry(entry)])

    def _entry(self, entry: Any) -> Entry:
        if not isinstance(entry, str):
            return float(entry)
        if entry in {status.code for status in Status}:
            return Status.from_code(entry)
        return ordinal(str(self.parameters.get("scale"))).to_series([entry])[0]


def examples(folder: Path = FOLDER) -> list[Example]:
    """Every worked example of a folder of regulations, in the order of files and rows.

    Raises: EngineError by file and name for an unknown key or operator, a doubled id, or a verdict without its reason.
    """
    found: list[Example] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*/vectors_*.toml")):
        where = f"{path.parent.name}/{path.name}"
        table = read_toml(path)
        check_keys(path, "vektor", table, allowed=("vector",), required=("vector",))
        for row in table["vector"]:
            name = str(row.get("id", "tanpa id"))
            if name in seen:
                raise EngineError(f"{where}: contoh “{name}” sudah ada di {seen[name]}.")
            seen[name] = where
            found.append(_example(path, name, row))
    return found


def _example(path: Path, name: str, row: Mapping[str, Any]) -> Example:
    check_keys(path, name, row, allowed=_KEYS, required=_REQUIRED)
    where = f"{path.parent.name}/{path.name}, {name}"
    operator_named(row["operator"])
    verdict, published, why = (str(row.get(key, "")) for key in ("verdict", "published", "why"))
    if bool(verdict) != bool(published) or (verdict and verdict not in VERDICTS):
        raise EngineError(f"{where}: published dan verdict berpasangan; verdict salah satu dari {', '.join(VERDICTS)}.")
    if verdict in ("convention", "disagree") and not why:
        raise EngineError(f"{where}: tulis why, mengapa hasilnya tidak begitu saja sama.")
    if verdict == "agree" and published != row["gives"]:
        raise EngineError(f"{where}: verdict agree, tetapi tercetak {published} dan hasil {row['gives']}.")
    if "reason" in row:
        reason_sentence(row["reason"])
    return Example(
        id=name,
        operator=str(row["operator"]),
        inputs=row["inputs"],
        parameters=row.get("parameters", {}),
        decimals=int(row.get("decimals", 2)),
        gives=str(row["gives"]),
        reason=row.get("reason"),
        published=published,
        verdict=verdict,
        why=why,
        cite=Cite(path.parent.name, str(row["place"])),
    )
