"""Dated scales, as callers use them: look one up, turn texts into its numbers, find the band of each figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from manfaat.engine.evaluation import Evaluation, evaluate
from manfaat.engine.scale_data import (
    Band,
    BandScale,
    On,
    OrdinalScale,
    Scale,
    Step,
    bands,
    ordinal,
    scale_named,
    scales,
)
from manfaat.engine.series import Series, Status

__all__ = [
    "Band",
    "BandScale",
    "OrdinalScale",
    "Scale",
    "Step",
    "bands",
    "classify",
    "ordinal",
    "scale_named",
    "scales",
    "to_series",
]


def classify(series: Series, scale_id: str, on: On = None) -> Evaluation:
    """The band of each figure: `.values` hold its rank from below, 1 upwards; `.labels` its name.

    on: the date whose version of the scale counts; None takes the newest.
    Raises: EngineError for an unknown scale or date.
    """
    day = on.isoformat() if isinstance(on, date) else on
    return evaluate("scale.classify", {"value": series}, {"scale": scale_id, "on": day})


def to_series(texts: Iterable[str | Status | None], scale_id: str, on: On = None) -> Series:
    """Texts as numbers of an ordinal scale (`WTP` -> 4); a text that is no step of it is not measurable.

    Raises: EngineError for an unknown scale or date.
    """
    return ordinal(scale_id, on).to_series(texts)
