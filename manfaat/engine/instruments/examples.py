"""Worked examples beside the instruments: `examples_*.toml`, what must come out and what the source printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.instruments.evaluate import evaluate_instrument
from manfaat.engine.instruments.model import Instrument
from manfaat.engine.instruments.result import InstrumentResult
from manfaat.engine.regulations import FOLDER, check_keys, read_toml
from manfaat.engine.rounding import format_id
from manfaat.engine.series import Entry, Series, Status
from manfaat.engine.worked import VERDICTS

_REQUIRED = ("id", "instrument", "source", "gives")
_KEYS = (
    *_REQUIRED, "answers", "scores", "last_year", "coefficient", "not_locus", "options", "weights", "predicate",
    "published", "verdict", "why",
)  # fmt: skip


@dataclass(frozen=True)
class InstrumentExample:
    """One worked example of an instrument.

    gives: per row code the text the engine must show; its decimals are those written. published: what the source
    printed for the rows it printed; then verdict says whether it agrees, and why where it does not just so.
    """

    id: str
    instrument: str
    source: str
    given: Mapping[str, Any]
    gives: Mapping[str, str]
    predicate: str
    published: Mapping[str, str]
    verdict: str
    why: str

    def result(self, instrument: Instrument) -> InstrumentResult:
        """The result the engine makes of it."""
        given = self.given
        weights = given.get("weights")
        used = instrument.with_weights(weights, self.source) if weights else instrument
        scores = {code: Series.of([entry]) for code, entry in given.get("scores", {}).items()}
        coefficient = given.get("coefficient")
        return evaluate_instrument(
            used,
            used.series_of(given.get("answers", {})),
            options=given.get("options"),
            coefficient=None if coefficient is None else Series.of([coefficient]),
            not_locus={code: np.array([True]) for code in given.get("not_locus", [])},
            last_year=used.series_of(given.get("last_year", {})),
            scores=scores,
        )

    def shown(self, result: InstrumentResult) -> dict[str, str]:
        """What the result shows for the rows the example names, rounded to the decimals it writes."""
        return {code: _shown(result.row(code).score[0], text) for code, text in self.gives.items()}


def _shown(entry: Entry, pattern: str) -> str:
    if isinstance(entry, Status):
        return entry.words
    return format_id(float(entry or 0.0), len(pattern.partition(",")[2]))


def examples(folder: Path = FOLDER) -> list[InstrumentExample]:
    """Every worked example of the instruments of a folder, in the order of files and rows.

    Raises: EngineError by file and name for an unknown key, a doubled id, or a verdict without its reason.
    """
    found: dict[str, InstrumentExample] = {}
    for path in sorted(folder.glob("*/examples_*.toml")):
        table = read_toml(path)
        check_keys(path, "contoh", table, allowed=("example",), required=("example",))
        for row in table["example"]:
            one = _example(path, row)
            if one.id in found:
                raise EngineError(f"{path.parent.name}/{path.name}: contoh “{one.id}” ditulis dua kali.")
            found[one.id] = one
    return list(found.values())


def _example(path: Path, row: Mapping[str, Any]) -> InstrumentExample:
    name = str(row.get("id", "tanpa id"))
    check_keys(path, name, row, allowed=_KEYS, required=_REQUIRED)
    where = f"{path.parent.name}/{path.name}, {name}"
    gives, published = dict(row["gives"]), dict(row.get("published", {}))
    verdict, why = str(row.get("verdict", "")), str(row.get("why", ""))
    if bool(verdict) != bool(published) or (verdict and verdict not in VERDICTS):
        raise EngineError(f"{where}: published dan verdict berpasangan; verdict salah satu dari {', '.join(VERDICTS)}.")
    if verdict in ("convention", "disagree") and not why:
        raise EngineError(f"{where}: tulis why, mengapa hasilnya tidak begitu saja sama.")
    if not published.keys() <= gives.keys():
        raise EngineError(f"{where}: setiap baris di published harus ada di gives.")
    differing = [code for code, text in published.items() if gives[code] != text]
    if verdict == "agree" and differing:
        raise EngineError(f"{where}: verdict agree, tetapi baris {', '.join(differing)} tercetak lain.")
    given = {key: row[key] for key in row if key not in (*_REQUIRED, "predicate", "published", "verdict", "why")}
    return InstrumentExample(
        id=name,
        instrument=str(row["instrument"]),
        source=str(row["source"]),
        given=given,
        gives=gives,
        predicate=str(row.get("predicate", "")),
        published=published,
        verdict=verdict,
        why=why,
    )
