"""The instruments that come with the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from manfaat.engine.errors import EngineError
from manfaat.engine.instruments.load import load_instruments
from manfaat.engine.instruments.model import Instrument
from manfaat.engine.regulations import FOLDER, NOT_SET


@cache
def _library() -> Mapping[str, Instrument]:
    return load_instruments(FOLDER)


def instruments() -> list[Instrument]:
    """Every instrument, in the order of their ids."""
    return list(_library().values())


def instrument(name: str) -> Instrument:
    """The instrument of that id. Raises: EngineError that names what there is."""
    found = _library().get(name)
    if found is None:
        raise EngineError(f"Instrumen “{name}” tidak dikenal. Yang dikenal: {', '.join(_library())}.")
    return found


def versions(family: str, group: str | None = None) -> list[Instrument]:
    """The versions of a family of instruments, oldest first; of one group of institutions if named."""
    found = [one for one in instruments() if one.family == family and group in (None, one.group)]
    return sorted(found, key=lambda one: ("" if one.valid_from == NOT_SET else one.valid_from, one.id))


def instrument_on(family: str, day: date, group: str | None = None) -> Instrument:
    """The version of a family that is valid on a day.

    A version whose date in force is not established counts as older than those with a date.
    Raises: EngineError when there is none.
    """
    text = day.isoformat()
    valid = [
        one
        for one in versions(family, group)
        if (one.valid_from == NOT_SET or one.valid_from <= text) and (one.valid_to is None or text < one.valid_to)
    ]
    if not valid:
        raise EngineError(f"Tidak ada versi “{family}” yang berlaku pada {text}.")
    return valid[-1]
