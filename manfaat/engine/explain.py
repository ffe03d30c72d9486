"""The explanation of a figure: one object for the page, the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from manfaat.engine.figure import Figure, Input
from manfaat.engine.operators import operator_named
from manfaat.engine.reasons import REASONS, reason_sentence
from manfaat.engine.recompute import as_figure, entered
from manfaat.engine.registry import Operator, Parameter
from manfaat.engine.rounding import plain_id, with_unit
from manfaat.engine.scale_data import scale_named


@dataclass(frozen=True)
class Line:
    """One line of a section. label: what stands before it, may be empty. figure: the key of the figure it leads to."""

    text: str
    label: str = ""
    figure: str | None = None

    def __str__(self) -> str:
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True)
class Section:
    """A part of the explanation. key: words, formula, steps, method, inputs, missing, rounding, verified."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Explanation:
    """Why a figure is what it is, in the order a reader asks."""

    key: str
    title: str
    value_line: str
    status: str
    sentence: str
    sections: tuple[Section, ...]

    def as_text(self) -> str:
        """The explanation as plain text, as the command line prints it."""
        blocks = [f"{self.title}\n{self.value_line}"]
        for section in self.sections:
            blocks.append("\n".join([section.title, *(f"  {line}" for line in section.lines)]))
        return "\n\n".join(blocks) + "\n"

    def to_record(self) -> dict[str, Any]:
        """JSON-able dict, as the API gives it."""
        record = asdict(self)
        return record | {"sections": [section | {"lines": list(section["lines"])} for section in record["sections"]]}


def explain(record: Figure | Mapping[str, Any]) -> Explanation:
    """The explanation of a figure, made from its record alone.

    Raises: EngineError for a record that cannot be read or whose operator is unknown.
    """
    made = as_figure(record)
    operator = operator_named(made.operator)
    sections = (
        Section("words", "Rumus dalam kata", (Line(operator.formula_words),)),
        Section("formula", "Rumus", (Line(operator.formula_symbols),)),
        Section("steps", "Langkah hitung", _steps(made, operator)),
        Section("method", "Metode dan peraturan", _method(made, operator)),
        Section("inputs", "Masukan", tuple(line for one in made.inputs for line in _input_lines(one))),
        Section("missing", "Yang belum ada dan mengapa", _missing(made)),
        Section("rounding", "Pembulatan", (Line(_rounding(made)),)),
        Section("verified", "Yang memverifikasi", _verified(made)),
    )
    title = f"Mengapa angka ini: {made.label}"
    where = ", ".join(part for part in (made.subject, made.period) if part)
    value_line = f"{where}: {made.shown_with_unit}" if where else made.shown_with_unit
    return Explanation(made.key, title, value_line, made.status, made.sentence, sections)


def _steps(made: Figure, operator: Operator) -> tuple[Line, ...]:
    if made.value is None:
        why = reason_sentence(made.reason) if made.reason else "tidak ada angkanya"
        return (Line(f"Tidak dihitung: {why}."),)
    lines = [Line(text) for text in operator.steps(entered(made), made.parameters, made.value)]
    return (*lines, Line(f"ditampilkan: {made.shown_with_unit}"))


def _method(made: Figure, operator: Operator) -> tuple[Line, ...]:
    lines = [Line(f"{operator.title} ({operator.name})", "Metode")]
    for spec in operator.parameters:
        if _goes_without_saying(made, operator, spec):
            continue
        lines.append(Line(_choice(made, spec.name), spec.title[:1].upper() + spec.title[1:]))
    lines.extend(
        Line(f"{cite.title}, {cite.place} [{cite.grade}: {cite.grade_words}]", "Sumber") for cite in made.citations
    )
    return tuple(lines)


def _goes_without_saying(made: Figure, operator: Operator, spec: Parameter) -> bool:
    """Whether a choice tells nothing: a row's rule stands among the sources, a row's defaults do nothing."""
    if not operator.name.startswith("instrument."):
        return False
    plain = made.parameters.get(spec.name) == spec.default and spec.name not in ("weight", "top", "full")
    return plain or spec.name in ("rule", "treatment_rule")


_CHOICES = {
    "same": "bagian tahun yang sama",
    "part_of_year": "baru sebagian tahun ini, terhadap setahun penuh",
    "year_incomplete": "tahun ini yang tidak terisi penuh, terhadap setahun penuh",
    "not_measurable": "tidak dapat diukur",
    "met_if_equal_or_better": "100 bila realisasi sama atau lebih baik, selain itu 0",
    "cap": "sebesar batas atas",
    "both": "di dalam rentang; kedua sisi di luarnya lebih buruk",
    "higher": "semakin tinggi semakin baik",
    "lower": "semakin rendah semakin baik",
    "leave_out": "tidak ikut dihitung, dan disebut",
    "spread": "hasilnya pun tidak ada",
    "sum": "jumlah",
    "average": "rata-rata",
    "last": "nilai terakhir",
    "annual": "target tahunan",
    "filled_periods": "target periode yang terisi",
    "difference": "selisih",
    "relative": "relatif (%)",
    "as_answered": "sesuai jawaban",
    "not_locus": "bukan lokus evaluasi",
    "left_out_by_rule": "dikeluarkan menurut aturan",
    "last_year": "nilai tahun terakhir",
    "ignored": "tidak dikurangkan",
    "subtracted": "dikurangkan",
}


def _choice(made: Figure, name: str) -> str:
    value = made.parameters.get(name)
    if value is None:
        return "versi terbaru" if name == "on" else "tidak ada"
    if name == "scale":
        scale = scale_named(str(value), made.parameters.get("on"))
        return f"{scale.title} ({value}). {scale.note}".strip()
    if isinstance(value, int | float):
        return plain_id(value)
    return _CHOICES.get(str(value), str(value))


def _input_lines(one: Input) -> list[Line]:
    label = one.label[:1].upper() + one.label[1:]
    lines = [Line(one.shown, label, one.figure)]
    if one.figure:
        lines.append(Line(f"angka lain: {one.figure}", "  asal", one.figure))
    source = _source(one.source)
    if source:
        lines.append(Line(source, "  asal"))
    return lines


def _source(source: Mapping[str, Any]) -> str:
    """Publisher, title and year, then the place in the file."""
    told = [str(source[key]) for key in ("publisher", "title", "year") if source.get(key)]
    words = {"file": "berkas {}", "sheet": "lembar {}", "row": "baris {}", "sha256": "SHA-256 {}"}
    told += [form.format(source[key]) for key, form in words.items() if source.get(key)]
    return ", ".join(told)


def _missing(made: Figure) -> tuple[Line, ...]:
    lines = []
    for one in made.inputs:
        if one.value is None:
            why = f" ({_reason_text(one.reason)})" if one.reason else ""
            lines.append(Line(f"{one.shown}{why}", one.label[:1].upper() + one.label[1:]))
    if made.reason and made.value is None:
        lines.append(Line(f"{made.shown}, karena {reason_sentence(made.reason)}.", "Akibatnya angka ini"))
    elif made.reason:
        lines.append(Line(f"{reason_sentence(made.reason)}.", "Catatan"))
    return tuple(lines) or (Line("Semua masukan terisi."),)


def _reason_text(code: str) -> str:
    return reason_sentence(code) if code.partition(":")[0] in REASONS else code


def _rounding(made: Figure) -> str:
    if made.value is None:
        return "Tidak ada yang dibulatkan."
    if made.operator == "scale.classify":
        return "Kategori ditetapkan sesudah pembulatan menurut skalanya."
    exact = with_unit(plain_id(made.value, 12), made.unit)
    return (
        f"{exact} dibulatkan sekali di akhir menjadi {made.decimals} desimal, setengah ke atas: {made.shown_with_unit}."
    )


def _verified(made: Figure) -> tuple[Line, ...]:
    lines = []
    for one in made.inputs:
        if one.verified_by:
            at = f", {one.verified_at}" if one.verified_at else ""
            lines.append(Line(f"{one.verified_by}{at}", one.label[:1].upper() + one.label[1:]))
    rest = sum(1 for one in made.inputs if not one.verified_by and not one.figure)
    if rest:
        lines.append(Line(f"{rest} masukan belum diverifikasi." if lines else "Belum ada masukan yang diverifikasi."))
    return tuple(lines) or (Line("Masukannya angka lain; lihat verifikasi pada angka itu."),)
