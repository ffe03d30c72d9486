"""What an instrument is: a printed table of rows, each with its weight, its way of counting and its article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from manfaat.engine.canonical import number
from manfaat.engine.errors import EngineError
from manfaat.engine.registry import Cite
from manfaat.engine.regulations import NOT_SET
from manfaat.engine.series import Entry, Series, Status

TOTAL = "total"
"""The code of the row that stands above all others."""

LEAF_OPERATORS = ("line", "weighted", "entered", "classed")
"""Rows that are answered."""

GROUP_OPERATORS = ("sum", "weighted_sum", "mean", "weighted_mean", "geometric_mean", "adjusted")
"""Rows made of the rows beneath them."""

WHEN_MISSING = ("spread", "carry_last_year", "exclude_and_rescale")


@dataclass(frozen=True)
class AnswerSet:
    """Named answers and the values they stand for, best first."""

    name: str
    values: Mapping[str, float]

    @property
    def text(self) -> str:
        """The set as a record carries it: `AA=100|A=90`."""
        return "|".join(f"{label}={number(value)}" for label, value in self.values.items())


@dataclass(frozen=True)
class Criterion:
    """A criterion that is looked at when a row is answered; it bears no points of its own."""

    code: str
    row: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row. weight: None when not established. classes: text as `operators.instrument.classes_of` reads it.

    low, top: the range of the answer, None where it has none. weight_source: who entered the weight when it does not
    come from the file.
    """

    code: str
    parent: str
    name: str
    operator: str
    cite: Cite
    weight: Fraction | None = None
    factor: Fraction = Fraction(1)
    low: float | None = None
    top: float | None = None
    lower_end: str = "ignored"
    answers: str = ""
    classes: str = ""
    multiplied_by: str = ""
    decimals: int | None = None
    when_missing: str = "spread"
    treatment_cite: Cite | None = None
    children_complete: bool = True
    weights_sum_note: str = ""
    weight_source: str = ""
    unit: str = "poin"
    assessor: str = ""
    asks: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether the row is answered itself."""
        return self.operator in LEAF_OPERATORS

    @property
    def needs_weight(self) -> bool:
        """Whether its points cannot be known without its weight."""
        return self.operator in ("line", "weighted", "classed", "weighted_mean", "weighted_sum")


@dataclass(frozen=True)
class Choice:
    """One way to go about an option. changes: per row code the fields that differ from the printed row."""

    code: str
    name: str
    changes: Mapping[str, Mapping[str, Any]]
    scale: str | None
    note: str


@dataclass(frozen=True)
class Option:
    """A question the sources answer in more than one way, with the answer taken when nobody says otherwise."""

    name: str
    title: str
    default: str
    choices: Mapping[str, Choice]

    def choice(self, code: str) -> Choice:
        """The choice of that code. Raises: EngineError that names what there is."""
        if code not in self.choices:
            known = ", ".join(self.choices)
            raise EngineError(f"Pilihan “{code}” untuk {self.name} tidak dikenal. Yang dikenal: {known}.")
        return self.choices[code]


@dataclass(frozen=True, repr=False)
class Instrument:
    """A dated instrument. rows: the row `total`, then printed order, parents always before children.

    family: what its versions have in common.
    """

    id: str
    family: str
    title: str
    group: str
    valid_from: str
    valid_to: str | None
    status: str
    cite: Cite
    scale: str
    note: str
    rows: tuple[Row, ...]
    answers: Mapping[str, AnswerSet] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def by_code(self) -> Mapping[str, Row]:
        """The rows by code."""
        return {row.code: row for row in self.rows}

    @cached_property
    def children(self) -> Mapping[str, tuple[Row, ...]]:
        """Per code the rows directly beneath, in printed order."""
        found: dict[str, list[Row]] = {row.code: [] for row in self.rows}
        for row in self.rows:
            if row.parent:
                found[row.parent].append(row)
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def leaves(self) -> tuple[Row, ...]:
        """The rows that are answered, in printed order."""
        return tuple(row for row in self.rows if row.is_leaf)

    @property
    def has_total(self) -> bool:
        """Whether the rows add up to one figure."""
        return TOTAL in self.by_code

    @property
    def is_complete(self) -> bool:
        """Whether every weight is established or entered, so that a total can be given."""
        return not self.unestablished

    @cached_property
    def unestablished(self) -> tuple[Row, ...]:
        """The rows whose points cannot be known because the weight is not established."""
        return tuple(row for row in self.rows if row.needs_weight and row.weight is None)

    def row(self, code: str) -> Row:
        """The row of that code. Raises: EngineError when there is none."""
        if code not in self.by_code:
            raise EngineError(f"{self.id}: baris “{code}” tidak ada. Lihat: manfaat instruments {self.id}.")
        return self.by_code[code]

    def above(self, code: str) -> Iterator[Row]:
        """The rows above a row, nearest first."""
        parent = self.row(code).parent
        while parent:
            row = self.by_code[parent]
            yield row
            parent = row.parent

    def answer_set(self, row: Row) -> AnswerSet | None:
        """The named answers of a row, if it has any."""
        return self.answers[row.answers] if row.answers else None

    def read_answer(self, code: str, text: str | float | Status | None) -> Entry:
        """The entry an answer stands for: a label of the row's answer set (`BB`), a number, a status or nothing.

        Raises: EngineError for an unknown row or a text that is no answer of it.
        """
        row = self.row(code)
        if not isinstance(text, str):
            return text
        word = text.strip()
        if not word:
            return None
        known = self.answer_set(row)
        if known is not None:
            for label, value in known.values.items():
                if label.casefold() == word.casefold():
                    return value
        if word in {status.code for status in Status}:
            return Status.from_code(word)
        try:
            return float(word)
        except ValueError:
            choices = f" Pilihannya: {', '.join(known.values)}." if known else " Isi angka."
            raise EngineError(f"{self.id}, baris {code}: “{word}” bukan jawaban.{choices}") from None

    def with_weights(self, weights: Mapping[str, float | str | Fraction], source: str) -> Instrument:
        """The instrument with weights that an office read from the annex itself; results say so.

        weights: by row code. source: where they were read and by whom.
        Raises: EngineError for a row that already has an established weight, a weight that is no positive number, an
        empty source, or weights that do not add up to the established weight of the row above.
        """
        if not source.strip():
            raise EngineError("Sebutkan dari mana bobot dibaca, misalnya halaman lampiran dan siapa yang mengentri.")
        entered: dict[str, Row] = {}
        for code, weight in weights.items():
            row = self.row(code)
            if row.weight is not None and not row.weight_source:
                raise EngineError(
                    f"{self.id}: bobot baris {code} sudah ditetapkan ({row.weight}); tidak dapat diganti."
                )
            entered[code] = replace(row, weight=exact(weight), weight_source=source.strip())
        changed = replace(self, rows=tuple(entered.get(row.code, row) for row in self.rows))
        for row in changed.rows:
            fault = sum_fault(changed, row)
            if fault:
                raise EngineError(f"{self.id}, baris {row.code}: {fault}")
        return changed

    def with_options(self, options: Mapping[str, str] | None) -> Instrument:
        """The instrument as the chosen options make it; an option that is not named keeps its default.

        Raises: EngineError for an unknown option or choice.
        """
        key = f"options {sorted((options or {}).items())}"
        if key not in self.memo:
            self.memo[key] = self._with_options(options or {})
        made: Instrument = self.memo[key]
        return made

    def _with_options(self, options: Mapping[str, str]) -> Instrument:
        for name in options:
            if name not in self.options:
                known = ", ".join(self.options) or "tidak ada"
                raise EngineError(f"{self.id}: pilihan “{name}” tidak dikenal. Yang dikenal: {known}.")
        if not self.options:
            return self
        if self.chosen:
            raise EngineError(f"{self.id}: pilihannya sudah ditetapkan; mulai lagi dari instrumen yang tercetak.")
        rows, scale, chosen = dict(self.by_code), self.scale, {}
        for name, option in self.options.items():
            choice = option.choice(options.get(name, option.default))
            chosen[name] = choice.code
            for code, changes in choice.changes.items():
                rows[code] = replace(rows[code], **changes)
            scale = scale if choice.scale is None else choice.scale
        return replace(self, rows=tuple(rows.values()), scale=scale, chosen=chosen)

    def label_of(self, row: Row, value: float) -> str:
        """The label of an answer value, empty where it has none."""
        known = self.answer_set(row)
        return next((label for label, one in known.values.items() if one == value), "") if known else ""

    def series_of(self, answers: Mapping[str, Any]) -> dict[str, Series]:
        """One unit's answers, labels or numbers, as series of length one."""
        return {code: Series.of([self.read_answer(code, answer)]) for code, answer in answers.items()}

    def __repr__(self) -> str:
        return f"Instrument({self.id}, {len(self.rows)} rows)"

    def __str__(self) -> str:
        when = "tanggal berlaku belum ditetapkan" if self.valid_from == NOT_SET else f"berlaku {self.valid_from}"
        return f"{self.id}: {self.title} ({when}, {len(self.leaves)} baris dijawab)"


def exact(weight: float | int | str | Fraction) -> Fraction:
    """The weight as an exact fraction: `1/9`, 4.5, "0,111" written with a point.

    Raises: EngineError when it is not a positive number.
    """
    try:
        found = weight if isinstance(weight, Fraction) else Fraction(str(weight))
    except (ValueError, ZeroDivisionError):
        raise EngineError(f"Bobot “{weight}” bukan bilangan atau pecahan.") from None
    if found <= 0:
        raise EngineError(f"Bobot “{weight}” harus lebih dari nol.")
    return found


def sum_fault(instrument: Instrument, row: Row) -> str:
    """What is wrong with the weights beneath a row, empty when nothing is.

    The weights of a complete list of children add up exactly to the row's own weight (to 1 under `weighted_sum`);
    what is known of an incomplete one stays within it.
    """
    children = [child for child in instrument.children[row.code] if child.weight is not None]
    whole = Fraction(1) if row.operator == "weighted_sum" else row.weight
    if whole is None or row.operator not in ("sum", "adjusted", "weighted_sum") or not children:
        return ""
    total = sum((child.weight for child in children if child.weight is not None), Fraction(0))
    all_known = len(children) == len(instrument.children[row.code]) and row.children_complete
    if (total == whole if all_known else total <= whole) or row.weights_sum_note:
        return ""
    relation = "tidak sama dengan" if all_known else "melebihi"
    return f"jumlah bobot di bawahnya {float(total):g} {relation} {float(whole):g}."
