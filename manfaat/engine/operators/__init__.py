"""The closed set of operators."""

from __future__ import annotations

from manfaat.engine.errors import EngineError
from manfaat.engine.operators import (
    accumulation,
    achievement,
    achievement_other,
    aggregate,
    budget,
    change,
    instrument,
    instrument_group,
    people,
    regional,
    scale,
    survey,
)
from manfaat.engine.registry import Operator, catalogue

OPERATORS: dict[str, Operator] = catalogue(
    [
        achievement.OPERATORS,
        achievement_other.OPERATORS,
        accumulation.OPERATORS,
        budget.OPERATORS,
        change.OPERATORS,
        aggregate.OPERATORS,
        scale.OPERATORS,
        instrument.OPERATORS,
        instrument_group.OPERATORS,
        survey.OPERATORS,
        people.OPERATORS,
        regional.OPERATORS,
    ]
)
"""Every operator by name. Nothing is added while the program runs."""


def operator_named(name: str) -> Operator:
    """The operator of that name.

    Raises: EngineError for an unknown name, with the names that resemble it.
    """
    found = OPERATORS.get(name)
    if found is None:
        group = name.partition(".")[0]
        near = [known for known in OPERATORS if known.startswith(f"{group}.")] or list(OPERATORS)
        raise EngineError(f"Operator “{name}” tidak dikenal. Yang dikenal: {', '.join(near)}.")
    return found
