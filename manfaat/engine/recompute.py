"""Runs an operator again from the inputs of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from manfaat.engine.errors import EngineError
from manfaat.engine.evaluation import Evaluation, evaluate
from manfaat.engine.figure import Figure, Input, figure
from manfaat.engine.operators import operator_named
from manfaat.engine.series import Entry, Series, Status


def as_figure(record: Figure | Mapping[str, Any]) -> Figure:
    """The figure itself, or the figure of a record."""
    return record if isinstance(record, Figure) else Figure.from_record(record)


def recompute(
    record: Figure | Mapping[str, Any], others: Mapping[str, Figure | Mapping[str, Any]] | None = None
) -> Figure:
    """The figure as its operator makes it now from the inputs in the record.

    others: figures by key. An input that names one takes its value from there, not from the record.
    Raises: EngineError for an unknown operator or parameter, or a named figure that is not among the others.
    """
    old = as_figure(record)
    taken = tuple(_from_other(one, others or {}) for one in old.inputs)
    return figure(
        _evaluated(old, taken),
        0,
        key=old.key,
        label=old.label,
        unit=old.unit,
        subject=old.subject,
        period=old.period,
        inputs=_grouped(taken),
        decimals=old.decimals,
    )


def entered(record: Figure) -> dict[str, Any]:
    """The numbers of a record by input name: a float or None, a list of them for an input with members."""
    operator = operator_named(record.operator)
    many = {spec.name for spec in operator.inputs if spec.many}
    found: dict[str, Any] = {}
    for one in record.inputs:
        if one.name in many:
            found.setdefault(one.name, []).append(one.value)
        else:
            found[one.name] = one.value
    return found


def _evaluated(old: Figure, inputs: tuple[Input, ...]) -> Evaluation:
    operator = operator_named(old.operator)
    many = {spec.name for spec in operator.inputs if spec.many}
    given: dict[str, Series | list[Series]] = {}
    for one in inputs:
        series = Series.of([_entry(one)])
        if one.name not in many:
            if one.name in given:
                raise EngineError(f"Angka “{old.key}” memuat masukan “{one.name}” lebih dari satu kali.")
            given[one.name] = series
            continue
        group = given.setdefault(one.name, [])
        if isinstance(group, list):
            group.append(series)
    return evaluate(old.operator, given, old.parameters)


def _grouped(inputs: tuple[Input, ...]) -> dict[str, list[Input]]:
    groups: dict[str, list[Input]] = {}
    for one in inputs:
        groups.setdefault(one.name, []).append(one)
    return groups


def _entry(one: Input) -> Entry:
    status = Status.from_code(one.status)
    if (one.value is None) == (status is Status.KNOWN):
        raise EngineError(f"Masukan “{one.label}”: status {one.status} tidak cocok dengan nilai {one.value}.")
    return status if one.value is None else one.value


def _from_other(one: Input, others: Mapping[str, Figure | Mapping[str, Any]]) -> Input:
    if one.figure is None:
        return one
    if one.figure not in others:
        raise EngineError(f"Masukan “{one.label}” merujuk angka “{one.figure}” yang tidak ada.")
    other = as_figure(others[one.figure])
    return replace(one, value=other.value, status=other.status)
