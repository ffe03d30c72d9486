"""One figure with everything that made it: the record behind the page "mengapa angka ini"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from html import escape
from typing import Any

from manfaat.engine.canonical import number
from manfaat.engine.errors import EngineError
from manfaat.engine.evaluation import Evaluation
from manfaat.engine.reasons import INPUTS, reason_sentence
from manfaat.engine.record import check_record
from manfaat.engine.registry import Cite
from manfaat.engine.regulations import Citation, resolve
from manfaat.engine.rounding import format_id, plain_id, with_unit
from manfaat.engine.scale_data import scale_named
from manfaat.engine.series import Status

_INPUT = {
    "name": "text", "label": "text", "value": "number?", "text": "text", "unit": "text", "status": "status",
    "reason": "text?", "source": "record", "figure": "text?", "verified_by": "text?", "verified_at": "text?",
}  # fmt: skip
_FIGURE = {
    "key": "text", "label": "text", "subject": "text", "period": "text", "operator": "text", "parameters": "record",
    "inputs": "records", "value": "number?", "unit": "text", "status": "status", "reason": "text?",
    "decimals": "decimals", "shown": "text", "citations": "records", "sentence": "text",
}  # fmt: skip
_CITATION = {"regulation": "text", "title": "text", "place": "text", "grade": "text"}


@dataclass(frozen=True)
class Input:
    """One number that went into a figure, with where it stands.

    value: None unless the status is known. text: the word it stands for (`WTP`), empty for plain numbers. source:
    publisher, title, year, file, sheet, row, sha256, each where known. figure: the key of another figure
    whose value this is. verified_by, verified_at: who checked it and when (ISO).
    """

    name: str = ""
    label: str = ""
    value: float | None = None
    text: str = ""
    unit: str = ""
    status: str = Status.KNOWN.code
    reason: str | None = None
    source: Mapping[str, Any] = field(default_factory=dict)
    figure: str | None = None
    verified_by: str | None = None
    verified_at: str | None = None

    @property
    def shown(self) -> str:
        """The value with its unit, or its word, or the words of its status."""
        if self.value is None:
            return Status.from_code(self.status).words
        if self.text:
            return self.text
        return with_unit(plain_id(self.value), self.unit)

    def to_record(self) -> dict[str, Any]:
        """JSON-able dict with the fields in their fixed order."""
        record = {one.name: getattr(self, one.name) for one in fields(self)}
        return record | {"value": None if self.value is None else number(self.value), "source": dict(self.source)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Input:
        """The input of a record. Raises: EngineError for an unknown field or one of a wrong shape."""
        check_record("masukan", record, _INPUT, complete=False)
        value = record.get("value")
        return cls(**{**record, "value": None if value is None else float(value)})


@dataclass(frozen=True)
class Figure:
    """One figure and its record.

    value: unrounded, None unless the status is `known`. shown: rounded once, half up, in id-ID writing, or the name of
    the band, or the words of the status. reason: a code of `manfaat.engine.reasons`.
    """

    key: str
    label: str
    subject: str
    period: str
    operator: str
    parameters: Mapping[str, Any]
    inputs: tuple[Input, ...]
    value: float | None
    unit: str
    status: str
    reason: str | None
    decimals: int
    shown: str
    citations: tuple[Citation, ...]
    sentence: str

    def to_record(self) -> dict[str, Any]:
        """JSON-able dict with the fields in their fixed order."""
        record = {one.name: getattr(self, one.name) for one in fields(self)}
        return record | {
            "parameters": dict(self.parameters),
            "inputs": [one.to_record() for one in self.inputs],
            "value": None if self.value is None else number(self.value),
            "citations": [citation.to_record() for citation in self.citations],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Figure:
        """The figure of a record, as it was written: nothing is recomputed.

        Raises: EngineError for an unknown or absent field, or one of a wrong shape.
        """
        check_record("angka", record, _FIGURE, complete=True)
        for citation in record["citations"]:
            check_record("rujukan", citation, _CITATION, complete=True)
        value = record["value"]
        taken = {
            "inputs": tuple(Input.from_record(one) for one in record["inputs"]),
            "citations": tuple(Citation(**citation) for citation in record["citations"]),
            "value": None if value is None else float(value),
        }
        return cls(**{**record, **taken})

    def __str__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(one.label)}</td><td>{escape(one.shown)}</td></tr>" for one in self.inputs)
        where = f"{escape(self.subject)} {escape(self.period)}"
        head = f"<b>{escape(self.label)}</b> {where}: <b>{escape(self.shown_with_unit)}</b>"
        return f"<div>{head}<table>{rows}</table><small>{escape(self.sentence)}</small></div>"

    @property
    def shown_with_unit(self) -> str:
        """The shown text with its unit where it is a number."""
        plain = self.value is None or self.operator == "scale.classify"
        return self.shown if plain else with_unit(self.shown, self.unit)


def figure(
    evaluation: Evaluation,
    position: int,
    *,
    key: str,
    label: str,
    unit: str = "%",
    subject: str = "",
    period: str = "",
    inputs: Mapping[str, Input | Sequence[Input]] | None = None,
    decimals: int = 2,
) -> Figure:
    """The record of one unit of an evaluation.

    inputs: what is known about each number, by input name (a list for members). Values and statuses are taken from the
    evaluation; one given here must agree with it. Inputs not described get the noun of the operator as their label.
    Raises: EngineError for an unknown input name, an unequal number of members, or a value that disagrees.
    """
    status = Status(int(evaluation.status[position]))
    value = float(evaluation.values[position]) if status is Status.KNOWN else None
    reason = evaluation.reason(position)
    described = _described(evaluation, position, inputs or {})
    band = evaluation.label(position)
    shown = status.words if value is None else band or format_id(value, decimals)
    bare = Figure(
        key=key,
        label=label,
        subject=subject,
        period=period,
        operator=evaluation.operator.name,
        parameters=dict(evaluation.parameters),
        inputs=described,
        value=value,
        unit=unit,
        status=status.code,
        reason=reason,
        decimals=decimals,
        shown=shown,
        citations=tuple(resolve(cite) for cite in citations_of(evaluation)),
        sentence="",
    )
    return replace(bare, sentence=_sentence(bare, evaluation.operator.title))


def citations_of(evaluation: Evaluation) -> tuple[Cite, ...]:
    """Each source once: of the row and scale it was told to use, of the operator, of choices that are no defaults."""
    scale = evaluation.parameters.get("scale")
    of_scale = (scale_named(scale, evaluation.parameters.get("on")).cite,) if scale else ()
    rules = [evaluation.parameters.get(name) for name in ("rule", "treatment_rule")]
    of_row = [Cite.from_text(rule) for rule in rules if rule]
    chosen = [
        cite
        for spec in evaluation.operator.parameters
        if evaluation.parameters[spec.name] != spec.default
        for cite in spec.citations
    ]
    return tuple(dict.fromkeys((*of_row, *of_scale, *evaluation.operator.citations, *chosen)))


def _described(
    evaluation: Evaluation, position: int, given: Mapping[str, Input | Sequence[Input]]
) -> tuple[Input, ...]:
    name_of = evaluation.operator.name
    for name in given:
        if name not in evaluation.inputs and name not in evaluation.members:
            known = ", ".join([*evaluation.inputs, *evaluation.members])
            raise EngineError(f"{name_of}: keterangan untuk masukan “{name}” tidak dikenal. Yang dikenal: {known}.")
    found: list[Input] = []
    for spec in evaluation.operator.inputs:
        group = evaluation.members.get(spec.name) or (
            (evaluation.inputs[spec.name],) if spec.name in evaluation.inputs else ()
        )
        told = given.get(spec.name, ())
        notes = [told] if isinstance(told, Input) else list(told)
        if notes and len(notes) != len(group):
            raise EngineError(f"{name_of}: “{spec.name}” punya {len(group)} nilai, tetapi {len(notes)} keterangan.")
        for place, series in enumerate(group):
            note = notes[place] if notes else Input()
            label = note.label or (f"{spec.title} ke-{place + 1}" if spec.many else spec.title)
            found.append(_filled(replace(note, name=spec.name, label=label), series[position], evaluation))
    return tuple(found)


def _filled(note: Input, entry: float | Status, evaluation: Evaluation) -> Input:
    status = entry if isinstance(entry, Status) else Status.KNOWN
    value = None if isinstance(entry, Status) else entry
    if note.value is not None and note.value != value:
        raise EngineError(f"Masukan “{note.label}” ditulis {note.value}, padahal yang dihitung {value}.")
    return replace(note, value=value, text=_word(value, evaluation), status=status.code)


def _word(value: float | None, evaluation: Evaluation) -> str:
    word = evaluation.operator.word
    return "" if value is None or word is None else word(value, evaluation.parameters)


def _sentence(made: Figure, title: str) -> str:
    """One Indonesian sentence, made from the record alone."""
    whose = f"{made.label} {made.subject}".strip()
    head = f"{whose}, {made.period}" if made.period else whose
    why = reason_sentence(made.reason) if made.reason else ""
    if made.value is None:
        return f"{head}: {made.shown}, karena {why}."
    note = f" Catatan: {why}." if why else ""
    return f"{head}: {made.shown_with_unit}. Dihitung dengan cara “{title}” dari {_told(made.inputs)}.{note}"


def _told(inputs: Sequence[Input]) -> str:
    """The inputs in a clause: single ones with their value, members by their number."""
    groups: dict[str, list[Input]] = {}
    for one in inputs:
        groups.setdefault(one.name, []).append(one)
    parts = []
    for name, group in groups.items():
        if len(group) == 1:
            parts.append(f"{_lowered(group[0].label)} {group[0].shown}")
        else:
            known = sum(1 for one in group if one.value is not None)
            parts.append(f"{len(group)} {INPUTS[name]} ({known} terisi)")
    return " dan ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def _lowered(label: str) -> str:
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
