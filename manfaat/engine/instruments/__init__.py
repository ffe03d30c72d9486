"""Instruments a government is judged by: printed tables of rows that compute, explain and test themselves.

>>> from manfaat.engine import instruments
>>> sakip = instruments.instrument("sakip-2021")
>>> answers = {leaf.code: "BB" for leaf in sakip.leaves}
>>> result = instruments.evaluate_instrument(sakip, sakip.series_of(answers))
>>> result.total.score, result.predicate.labels
(Series([80]), ['BB (Sangat Baik)'])
"""

from manfaat.engine.instruments.bounds import bounds, still_open
from manfaat.engine.instruments.compare import Difference, compare
from manfaat.engine.instruments.evaluate import evaluate_instrument
from manfaat.engine.instruments.figures import figures, instrument_meta
from manfaat.engine.instruments.improve import Improvement, improvements, scorer, sheet_of
from manfaat.engine.instruments.library import instrument, instrument_on, instruments, versions
from manfaat.engine.instruments.load import load_instrument, load_instruments
from manfaat.engine.instruments.model import TOTAL, AnswerSet, Choice, Criterion, Instrument, Option, Row
from manfaat.engine.instruments.result import InstrumentResult, RowResult
from manfaat.engine.instruments.waterfall import Step, Waterfall, waterfall

__all__ = [
    "TOTAL",
    "AnswerSet",
    "Choice",
    "Criterion",
    "Difference",
    "Improvement",
    "Instrument",
    "InstrumentResult",
    "Option",
    "Row",
    "RowResult",
    "Step",
    "Waterfall",
    "bounds",
    "compare",
    "evaluate_instrument",
    "figures",
    "improvements",
    "instrument",
    "instrument_meta",
    "instrument_on",
    "instruments",
    "load_instrument",
    "load_instruments",
    "scorer",
    "sheet_of",
    "still_open",
    "versions",
    "waterfall",
]
