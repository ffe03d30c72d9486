"""What the pages of instruments and sheets say: rows, tags, pictures. Asks the database nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.analysis.whatif import Change, Gain
from manfaat.apps.core import charts
from manfaat.apps.core.formats import date_id, decimal_id
from manfaat.apps.evaluations.forms import AnswerField, TryForm
from manfaat.apps.evaluations.models import Answer, Assessor, Result, Sheet
from manfaat.apps.evaluations.queries.packs import Card
from manfaat.apps.evaluations.queries.sheets import Column, OpenSheet, is_outdated, result_of
from manfaat.apps.evaluations.reading import Typed, spoken
from manfaat.apps.evaluations.siding import Beside
from manfaat.apps.evaluations.trying import Bench, Trial
from manfaat.engine.instruments import TOTAL, Instrument, Row
from manfaat.engine.instruments.compare import Difference
from manfaat.engine.instruments.rules import ROW_WORDS
from manfaat.engine.regulations import NOT_SET, Citation
from manfaat.engine.rounding import plain_id

GROUPS = {
    "perangkat_daerah": gettext_lazy("perangkat daerah"),
    "provinsi": gettext_lazy("provinsi"),
    "kabkota": gettext_lazy("kabupaten/kota"),
    "pemda": gettext_lazy("pemerintah daerah"),
    "kl": gettext_lazy("kementerian/lembaga"),
    "unit_layanan": gettext_lazy("unit layanan"),
    "unit_kerja": gettext_lazy("unit kerja"),
    "jabatan": gettext_lazy("jabatan"),
    "pegawai": gettext_lazy("pegawai"),
}
MOST_DEPTH, MANY = 5, 6


def group_words(instrument: Instrument) -> str:
    """Whom the instrument judges."""
    return str(GROUPS.get(instrument.group, instrument.group))


def in_force(instrument: Instrument) -> str:
    """From when on it is in force, in words."""
    if instrument.valid_from == NOT_SET:
        return _("belum ditetapkan")
    begins = date_id(date.fromisoformat(instrument.valid_from))
    if instrument.valid_to:
        ends = date_id(date.fromisoformat(instrument.valid_to))
        return _("%(from)s sampai sebelum %(to)s") % {"from": begins, "to": ends}
    return begins


@dataclass(frozen=True)
class CardLine:
    """An instrument in the library, in words."""

    card: Card
    group: str
    in_force: str
    missing: str


def card_line(card: Card) -> CardLine:
    """The line; `missing` names rows whose weight is not established."""
    open_rows = card.instrument.unestablished
    named = ", ".join(row.code for row in open_rows[:12])
    if len(open_rows) > 12:
        named += _(" dan %(count)s lainnya") % {"count": len(open_rows) - 12}
    return CardLine(card, group_words(card.instrument), in_force(card.instrument), named)


@dataclass(frozen=True)
class Shelf:
    """Instruments of one regulation that has many, put together so that the others are found."""

    title: str
    lines: list[CardLine]


def shelved(cards: Iterable[Card]) -> tuple[list[CardLine], list[Shelf]]:
    """The lines of the library, and apart from them those of regulations with more than `MANY` instruments."""
    by_regulation: dict[str, list[CardLine]] = {}
    for card in cards:
        by_regulation.setdefault(card.citation.title, []).append(card_line(card))
    few = [line for lines in by_regulation.values() if len(lines) <= MANY for line in lines]
    few.sort(key=lambda line: line.card.instrument.title)
    return few, [Shelf(title, lines) for title, lines in by_regulation.items() if len(lines) > MANY]


@dataclass
class Line:
    """One printed row of an instrument, with what a page shows beside it."""

    row: Row
    depth: int
    weight: str
    answer: str
    operator: str
    citation: Citation | None = None
    cells: list["Cell"] = field(default_factory=list)
    box: forms.BoundField | None = None
    evidence: forms.BoundField | None = None

    @property
    def read(self) -> str:
        """What the box reads from what stands in it."""
        if self.box is None or self.box.errors or not isinstance(self.box.field, AnswerField):
            return ""
        return self.box.field.echo(self.box.value())

    @property
    def is_section(self) -> bool:
        """Whether rows stand beneath it."""
        return not self.row.is_leaf


@dataclass(frozen=True)
class Cell:
    """What one assessor has in a row: the answer in words, its points, the evidence."""

    assessor: Assessor
    words: str
    points: float | None
    evidence: str
    has_page: bool


def weight_words(row: Row) -> str:
    """The weight as printed; empty where the row needs none."""
    if row.weight is None:
        return _("belum ditetapkan") if row.needs_weight else ""
    if row.weight.denominator != 1 and len(str(row.weight.denominator).rstrip("0").replace("2", "").replace("5", "")):
        return str(row.weight)
    return plain_id(float(row.weight))


def answer_words(instrument: Instrument, row: Row) -> str:
    """What a row can be answered with."""
    known = instrument.answer_set(row)
    if row.classes:
        return _("angka, dinilai menurut kelas")
    if known is None:
        return spoken(row)
    labels = ", ".join(
        label if plain_id(value) == label else f"{label} = {plain_id(value)}" for label, value in known.values.items()
    )
    return labels if row.low is None else _("%(labels)s; atau angka %(range)s") % {
        "labels": labels, "range": spoken(row),
    }  # fmt: skip


def lines_of(instrument: Instrument, places: Mapping[str, Citation] | None = None) -> list[Line]:
    """The rows in printed order, parents before their children, each as deep as it stands."""
    lines: list[Line] = []

    def walk(row: Row, depth: int) -> None:
        citation = places[row.code] if places else None
        words = answer_words(instrument, row) if row.is_leaf else ""
        lines.append(Line(row, min(depth, MOST_DEPTH), weight_words(row), words, ROW_WORDS[row.operator], citation))
        for child in instrument.children[row.code]:
            walk(child, depth + 1)

    for row in instrument.rows:
        if not row.parent:
            for one in instrument.children[row.code] if row.code == TOTAL else (row,):
                walk(one, 0)
    return lines


def sheet_lines(opened: OpenSheet) -> list[Line]:
    """The rows of a sheet with the three assessors side by side."""
    lines = lines_of(opened.instrument)
    for line in lines:
        line.cells = [cell_of(column, line.row) for column in opened.columns.values()]
    return lines


def fill_lines(opened: OpenSheet, boxes: Mapping[str, tuple[forms.BoundField, forms.BoundField]]) -> list[Line]:
    """The same rows, with boxes to fill in where a row is answered."""
    lines = sheet_lines(opened)
    for line in lines:
        line.box, line.evidence = boxes.get(line.row.code, (None, None))
    return lines


def cell_of(column: Column, row: Row) -> Cell:
    """What an assessor has in a row; nothing said is not zero."""
    answer, figure = column.answers.get(row.code), column.figures.get(row.code)
    points = figure.value if figure else None
    words, evidence = (typed_words(answer), answer.evidence) if answer else ("", "")
    return Cell(column.assessor, words, points, evidence, figure is not None)


def typed_words(answer: Answer) -> str:
    """An answer in words: `80 (BB)`."""
    return "" if answer.status == Answer.Status.MISSING else Typed(answer.value, answer.status, answer.label).words


@dataclass(frozen=True)
class SheetLine:
    """A sheet in the list with the result of each assessor."""

    sheet: Sheet
    title: str
    results: list[tuple[Result | None, bool]]


def sheet_line(sheet: Sheet, instrument: Instrument) -> SheetLine:
    """The line; the second part of each result says whether rules or weights have changed since."""
    by_word = {one.assessor: result_of(one) for one in sheet.assessments.all()}
    found = [by_word.get(word) for word in Assessor.values]
    results = [(one, one is not None and is_outdated(one, instrument)) for one in found]
    return SheetLine(sheet, instrument.title, results)


def fall_chart(instrument: Instrument, result: Result) -> charts.Chart | None:
    """The waterfall of a kept result; None where full marks are not established."""
    if result.full is None:
        return None
    falls = [
        charts.Fall(step_words(instrument, step), step["points"], step["of"] or None, step["kind"] == "open")
        for step in result.steps
    ]
    spent = sum(step["points"] for step in result.steps)
    end = result.full - spent if result.total is None else result.total
    name = _("Nilai akhir") if result.total is not None else _("Yang sudah pasti")
    title = _fall_title(result)
    return charts.waterfall(title=title, start=(_("Nilai penuh"), result.full), falls=falls, end=(name, end))


def _fall_title(result: Result) -> str:
    sums = {kind: sum(step["points"] for step in result.steps if step["kind"] == kind) for kind in ("lost", "open")}
    said = {
        "lost": decimal_id(sums["lost"], 2),
        "open": decimal_id(sums["open"], 2),
        "full": decimal_id(result.full, 0),
    }
    if sums["open"]:
        return _("%(lost)s poin hilang dan %(open)s belum diputuskan, dari %(full)s") % said
    return _("%(lost)s poin hilang dari %(full)s") % said


def step_words(instrument: Instrument, step: Mapping[str, Any]) -> str:
    """A step of the waterfall as it is named: with the row above, whose parts often share their names."""
    row = instrument.by_code.get(step["code"])
    return row_words(instrument, row) if row else str(step["name"])


def row_words(instrument: Instrument, row: Row) -> str:
    """A row by its code and name, and the name of the row above it."""
    above = instrument.by_code.get(row.parent)
    words = f"{row.code} {row.name}" if row.code != TOTAL else row.name
    return words if above is None or above.code == TOTAL else f"{words} ({above.name})"


def ranked_losses(instrument: Instrument, result: Result) -> list[dict[str, Any]]:
    """The rows by points they lose in the total, most first; open rows apart at the end."""
    kinds = ("lost", "open")
    steps = [
        step | {"words": step_words(instrument, step)}
        for step in result.steps
        if step["kind"] in kinds and step["code"]
    ]
    return sorted(steps, key=lambda step: (step["kind"] == "open", -step["points"]))


def named_rows(instrument: Instrument, codes: Iterable[str]) -> list[Row]:
    """The rows of some codes, in printed order."""
    wanted = set(codes)
    return [row for row in instrument.rows if row.code in wanted]


@dataclass(frozen=True)
class GapLine:
    """A change that would bring points, in words."""

    words: str
    now: str
    then: str
    points: float
    effort: float | None
    per_effort: float | None


def gap_line(desk: Bench, gain: Gain) -> GapLine:
    """The line of one gain."""
    change = gain.change
    row = desk.rows[change.place]
    now = float(desk.answers[change.place])
    before = _("belum diisi") if now != now else value_words(desk.given.instrument, row, now)
    then = value_words(desk.given.instrument, row, change.value)
    words = row_words(desk.given.instrument, row)
    return GapLine(words, before, then, gain.points, change.effort, gain.per_effort)


def change_words(desk: Bench, change: Change) -> str:
    """`1.a Keberadaan (Perencanaan kinerja) menjadi 80 (BB)`."""
    row = desk.rows[change.place]
    then = value_words(desk.given.instrument, row, change.value)
    return _("%(row)s menjadi %(value)s") % {"row": row_words(desk.given.instrument, row), "value": then}


def value_words(instrument: Instrument, row: Row, value: float) -> str:
    """An answer in words: `80 (BB)`."""
    number, label = plain_id(value), instrument.label_of(row, value)
    return f"{number} ({label})" if label and label != number else number


def try_lines(desk: Bench, form: TryForm) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
    """The rows of the copy: name, answer now, the box to try another, the box of effort."""
    lines = []
    for at, (row, box, effort) in enumerate(form.lines()):
        now = float(desk.answers[at])
        words = _("belum diisi") if now != now else value_words(desk.given.instrument, row, now)
        lines.append((row_words(desk.given.instrument, row), words, box, effort))
    return lines


def trial_words(desk: Bench, trial: Trial) -> dict[str, Any]:
    """What the bench prints of a trial."""
    return {
        "path": [(change_words(desk, change), points, total) for change, points, total in trial.steps],
        "gaps": [gap_line(desk, gain) for gain in trial.gaps],
        "plan": [change_words(desk, change) for change in trial.plan.changes] if trial.plan else [],
        "rise": trial.after - trial.before,
    }


@dataclass(frozen=True)
class BesideLine:
    """One row under both, and why the points differ."""

    words: str
    first: float | None
    second: float | None
    difference: float | None
    why: str


def beside_words(pair: Beside) -> dict[str, Any]:
    """What the page prints of two results side by side."""
    lines = [
        BesideLine(
            words=_beside_name(one),
            first=one.first,
            second=one.second,
            difference=one.difference,
            why=one.sentence.partition(": ")[2] or one.sentence,
        )
        for one in pair.differences
    ]
    return {"pair": pair, "differences": lines}


def _beside_name(one: Difference) -> str:
    codes = [code for code in dict.fromkeys((one.first_code, one.second_code)) if code and code != TOTAL]
    return " ".join((" → ".join(codes), one.name)).strip()
