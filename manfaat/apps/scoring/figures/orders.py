"""Figures ordered and worked out: one call of the engine per operator and shape, over all units at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from manfaat import engine
from manfaat.engine.series import Entry

Given = engine.Input | Sequence[engine.Input]


@dataclass(frozen=True)
class Order:
    """One figure to make. `inputs` carry value and status; a list stands for an input with members."""

    key: str
    measure: str
    operator: str
    label: str
    subject: str
    period: str
    inputs: Mapping[str, Given]
    unit: str = "%"
    decimals: int = 2
    parameters: Mapping[str, Any] = field(default_factory=dict)
    agency_id: int | None = None
    indicator_id: int | None = None
    node_code: str = ""
    month: int | None = None


@dataclass(frozen=True)
class Made:
    """An order with the figure that came of it."""

    order: Order
    figure: engine.Figure

    def as_input(self, label: str = "") -> engine.Input:
        """This figure as the input of another one."""
        made = self.figure
        return engine.Input(
            label=label or f"{made.label} {made.subject}".strip(),
            value=made.value,
            unit=made.unit,
            status=made.status,
            reason=made.reason,
            figure=made.key,
        )


class Sheet:
    """The figures made so far, by key, in the order of their making."""

    def __init__(self) -> None:
        self._made: dict[str, Made] = {}

    def work_out(self, orders: Iterable[Order]) -> list[Made]:
        """Make the figures of the orders; several orders of one operator and shape share one call of the engine."""
        groups: defaultdict[tuple[Any, ...], list[Order]] = defaultdict(list)
        asked = list(orders)
        for order in asked:
            groups[_shape(order)].append(order)
        for group in groups.values():
            for made in _evaluated(group):
                self._made[made.figure.key] = made
        return [self._made[order.key] for order in asked]

    def get(self, key: str) -> Made | None:
        return self._made.get(key)

    def of(self, measure: str) -> list[Made]:
        """The figures of a measure, in the order of their making."""
        return [made for made in self._made.values() if made.order.measure == measure]

    def all(self) -> list[Made]:
        return list(self._made.values())


def absent(label: str, *, status: engine.Status = engine.Status.MISSING, reason: str = "") -> engine.Input:
    """An input without a number."""
    return engine.Input(label=label, status=status.code, reason=reason or None)


def _shape(order: Order) -> tuple[Any, ...]:
    lengths = tuple((name, 0 if isinstance(one, engine.Input) else len(one)) for name, one in order.inputs.items())
    return order.operator, tuple(sorted((name, repr(value)) for name, value in order.parameters.items())), lengths


def _evaluated(group: Sequence[Order]) -> list[Made]:
    first = group[0]
    given: dict[str, engine.Series | list[engine.Series]] = {}
    for name, one in first.inputs.items():
        if isinstance(one, engine.Input):
            given[name] = engine.Series.of(_entry(order.inputs[name]) for order in group)
        else:
            given[name] = [
                engine.Series.of(_entry(order.inputs[name], place) for order in group) for place in range(len(one))
            ]
    result = engine.evaluate(first.operator, given, first.parameters)
    return [Made(order, _figure(result, place, order)) for place, order in enumerate(group)]


def _figure(result: engine.Evaluation, place: int, order: Order) -> engine.Figure:
    return engine.figure(
        result,
        place,
        key=order.key,
        label=order.label,
        unit=order.unit,
        subject=order.subject,
        period=order.period,
        inputs={name: _settled(one) for name, one in order.inputs.items()},
        decimals=order.decimals,
    )


def _settled(given: Given) -> Given:
    """Inputs with their number as the engine's series hold it: no negative zero."""
    if isinstance(given, engine.Input):
        return replace(given, value=0.0) if given.value == 0 else given
    return [replace(one, value=0.0) if one.value == 0 else one for one in given]


def _entry(given: Given, place: int = 0) -> Entry:
    one = given if isinstance(given, engine.Input) else given[place]
    return engine.Status.from_code(one.status) if one.value is None else one.value
