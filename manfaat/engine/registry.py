"""What an operator is: its name, its words, its inputs and parameters, its sources, and the arrays it works on.

The set of operators is closed: rules and records name one, Python implements it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.reasons import INPUTS, spread_code
from manfaat.engine.series import Codes, Floats, Mask, Series, Status

_KNOWN = int(Status.KNOWN)  # a member of an enumeration is slow to look up in Python 3.11
_WORST_FIRST = (Status.NOT_MEASURABLE, Status.MISSING, Status.NOT_DUE)
Inputs: TypeAlias = Mapping[str, Series]
Members: TypeAlias = Mapping[str, tuple[Series, ...]]
Parameters: TypeAlias = Mapping[str, Any]
Entered: TypeAlias = Mapping[str, Any]
"""The numbers of one unit by input name: a float, or a list of floats and None for an input with members."""


@dataclass(frozen=True)
class Cite:
    """Where an operator or a rule comes from: a folder of `manfaat/regulations` and a place named in it.

    grade: the evidence grade where it differs from that of the place.
    """

    regulation: str
    place: str
    grade: str = ""

    @property
    def text(self) -> str:
        """The citation as parameters of a record carry it: `folder#place` or `folder#place#grade`."""
        return "#".join(part for part in (self.regulation, self.place, self.grade) if part)

    @classmethod
    def from_text(cls, text: str) -> Cite:
        """The citation of such a text. Raises: EngineError when it has another shape."""
        parts = text.split("#")
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise EngineError(f"Rujukan “{text}” tidak dapat dibaca. Tulis folder#tempat.")
        return cls(*parts)


@dataclass(frozen=True)
class InputSpec:
    """One input of an operator. many: a list of members, each a Series over the same units."""

    name: str
    many: bool = False
    optional: bool = False

    @property
    def title(self) -> str:
        """The Indonesian noun."""
        return INPUTS[self.name]


@dataclass(frozen=True)
class Parameter:
    """One named choice of an operator. allowed: the words it may take; numeric: it takes a number within the bounds.

    citations: what the choice rests on when it differs from the default.
    """

    name: str
    title: str
    default: Any = None
    allowed: tuple[str, ...] = ()
    numeric: bool = False
    optional: bool = False
    at_least: float = -math.inf
    at_most: float = math.inf
    citations: tuple[Cite, ...] = ()

    def check(self, operator: str, value: Any) -> Any:
        """The value as it goes into the calculation and the record.

        Raises: EngineError that names the operator, the parameter and what it accepts.
        """
        if value is None and self.optional:
            return None
        if self.numeric:
            if (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and self.at_least <= value <= self.at_most
            ):
                return value
        elif isinstance(value, str) and (not self.allowed or value in self.allowed):
            return value
        raise EngineError(
            f"{operator}: parameter “{self.name}” tidak menerima {value!r}. Yang diterima: {self.accepts}."
        )

    @property
    def accepts(self) -> str:
        """What it accepts, in words."""
        empty = " atau kosong" if self.optional else ""
        if not self.numeric:
            return (" | ".join(self.allowed) or "teks") + empty
        low = f" paling sedikit {self.at_least:g}" if math.isfinite(self.at_least) else ""
        high = f" paling banyak {self.at_most:g}" if math.isfinite(self.at_most) else ""
        return f"bilangan{low}{high}{empty}"


@dataclass
class Working:
    """The result of an operator while it is being worked out over n units."""

    n: int
    values: Floats = field(init=False)
    status: Codes = field(init=False)
    codes: Codes = field(init=False)
    table: list[str | None] = field(default_factory=lambda: [None])

    def __post_init__(self) -> None:
        self.values = np.full(self.n, np.nan)
        self.status = np.zeros(self.n, dtype=np.uint8)
        self.codes = np.zeros(self.n, dtype=np.uint8)

    @property
    def open(self) -> Mask:
        """bool[n]: units that still await a number."""
        still_open: Mask = self.status == _KNOWN
        return still_open

    def _code(self, reason: str) -> int:
        if reason not in self.table:
            self.table.append(reason)
        return self.table.index(reason)

    def refuse(self, where: Mask, reason: str, status: Status = Status.NOT_MEASURABLE) -> None:
        """Closes the open units in `where` without a number, for a reason."""
        if not where.any():
            return
        hit = where & self.open
        if hit.any():
            self.status[hit] = status
            self.codes[hit] = self._code(reason)

    def note(self, where: Mask, reason: str) -> None:
        """Leaves a remark beside the number of the open units in `where` that have none yet."""
        if not where.any():
            return
        hit = where & self.open & (self.codes == 0)
        if hit.any():
            self.codes[hit] = self._code(reason)

    def spread(self, inputs: Inputs) -> None:
        """Closes every unit where an input has no number. Not measurable goes before missing, that before not due."""
        gaps = {name: series for name, series in inputs.items() if series.status.any()}
        for status in _WORST_FIRST if gaps else ():
            for name, series in gaps.items():
                self.refuse(series.status == status, spread_code(status, name), status)

    def finish(self, values: Floats) -> None:
        """Puts the numbers into the open units; a number too large for a double is not measurable."""
        self.refuse(~np.isfinite(values), "too_large")
        self.values = np.where(self.open, values, np.nan) + 0.0


@dataclass(frozen=True)
class Operator:
    """A named, cited way to compute a figure.

    compute: (working, inputs, members, parameters) -> None, over all units at once, NumPy's warnings off. steps:
    (entered, parameters, value) -> the lines of the calculation with the numbers of one unit put in. word: the word a
    number stands for (4 -> WTP).
    """

    name: str
    title: str
    formula_words: str
    formula_symbols: str
    inputs: tuple[InputSpec, ...]
    parameters: tuple[Parameter, ...]
    citations: tuple[Cite, ...]
    compute: Callable[[Working, Inputs, Members, Parameters], None] = field(repr=False)
    steps: Callable[[Entered, Parameters, float], list[str]] = field(repr=False)
    word: Callable[[float, Parameters], str] | None = field(default=None, repr=False)

    @property
    def many(self) -> InputSpec | None:
        """The first input that takes a list of members, if any."""
        return next((spec for spec in self.inputs if spec.many), None)

    def check_parameters(self, given: Parameters) -> dict[str, Any]:
        """All parameters with their values, defaults filled in, in the order of the definition.

        Raises: EngineError for an unknown name or a value it does not accept.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise EngineError(
                    f"{self.name}: parameter “{name}” tidak dikenal. Yang dikenal: {', '.join(known) or 'tidak ada'}."
                )
        return {name: spec.check(self.name, given.get(name, spec.default)) for name, spec in known.items()}

    def _repr_html_(self) -> str:
        formula = f"{self.formula_words}<br><code>{self.formula_symbols}</code>"
        return f"<b>{self.title}</b><br><code>{self.name}</code>: {formula}"


def catalogue(groups: Iterable[Iterable[Operator]]) -> dict[str, Operator]:
    """The operators of all groups by name.

    Raises: EngineError when two have one name.
    """
    found: dict[str, Operator] = {}
    for group in groups:
        for operator in group:
            if operator.name in found:
                raise EngineError(f"Operator “{operator.name}” didefinisikan dua kali.")
            found[operator.name] = operator
    return found
