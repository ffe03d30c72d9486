"""Reads a working sheet back, and weights out of an official workbook that nobody has seen before. Writes nothing."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from manfaat.apps.core.spreadsheets import rearmed
from manfaat.apps.evaluations.models import Answer
from manfaat.apps.evaluations.reading import Unread, read_answer, spoken, weight_text
from manfaat.engine.instruments import Instrument, Row
from manfaat.engine.instruments.model import exact
from manfaat.readers.columns import Column, Layout, Mapping, guess_mapping, normalised
from manfaat.readers.problems import Problems
from manfaat.readers.workbook import Cell, Workbook

NOTES, INSTRUMENT = "Keterangan", "Instrumen"
"""The sheet of an export that says what it is, and the line on it that names the instrument."""

ANSWERS = Layout(
    "lke_answers",
    "LKE",
    (
        Column("code", "Kode", "code", ("No", "Nomor", "Kode Baris"), required=True),
        Column("name", "Baris", "text", ("Komponen", "Uraian", "Kriteria", "Indikator")),
        Column("answer", "Jawaban", "text", ("Nilai", "Isian", "Skor"), required=True),
        Column("evidence", "Bukti dukung", "text", ("Bukti", "Evidence", "Keterangan Bukti", "Data Dukung")),
    ),
)
WEIGHTS = Layout(
    "lke_weights",
    "Bobot instrumen",
    (
        Column("code", "Kode", "code", ("No", "Nomor", "Kode Indikator")),
        Column("name", "Indikator", "text", ("Komponen", "Uraian", "Nama Indikator", "Baris", "Aspek", "Penilaian")),
        Column(
            "weight", "Bobot", "text", ("Bobot (%)", "Bobot Nilai", "Nilai Maksimal", "Bobot Maksimal"), required=True
        ),
        Column("range", "Rentang", "text", ("Skala", "Rentang Nilai", "Pilihan atau rentang", "Range")),
    ),
    one_of=(("code", "name"),),
)
LIKE, EVIDENCE = 92, 500
LONGEST = 120


@dataclass
class Found:
    """What a workbook holds: rows to write by code, problems, and what was left aside, in words."""

    problems: Problems
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def kept_problems(self) -> list[dict[str, Any]]:
        """The problems as they are kept, errors first."""
        return [asdict(one) for one in sorted(self.problems.kept, key=lambda one: one.severity != "error")]


def read_answers(workbook: Workbook, instrument: Instrument) -> Found:
    """The answers of a working sheet. Rows without an answer are left aside. Raises: Unreadable."""
    visible = [one for one in workbook.sheets if not one.hidden and one.name != NOTES] or workbook.sheets
    mapping = guess_mapping(visible[0], ANSWERS)
    found = Found(Problems(mapping.sheet))
    _check_instrument(workbook, instrument, found)
    for gap in mapping.gaps():
        found.problems.add("error", "no_column", gap, _("Pakai LKE yang diekspor dari halaman lembar ini."))
    if found.problems.kept:
        return found
    seen: dict[str, int] = {}
    blank = 0
    for number, cells in _rows(workbook, mapping):
        code = _code(cells.get("code", ""))
        row = _known_row(instrument, code, number, seen, mapping, found) if code else None
        if row is None:
            continue
        blank += not _read_row(instrument, row, number, cells, mapping, found) and row.is_leaf
    if blank:
        said = _("%(count)s baris kosong di berkas dibiarkan: isian yang sudah ada tetap.") % {"count": blank}
        found.notices.append(said)
    return found


def _check_instrument(workbook: Workbook, instrument: Instrument, found: Found) -> None:
    for sheet in workbook.sheets:
        for row in sheet.rows() if sheet.name == NOTES else ():
            if row[:1] == [INSTRUMENT] and len(row) > 1 and row[1] != instrument.id:
                found.problems.add(
                    "error",
                    "other_instrument",
                    _("Berkas ini untuk instrumen lain."),
                    _("Unggah di lembar instrumen itu, atau ekspor LKE dari lembar ini."),
                    value=row[1],
                )


def _known_row(
    instrument: Instrument, code: str, number: int, seen: dict[str, int], mapping: Mapping, found: Found
) -> Row | None:
    column = mapping.where("code")
    if code not in instrument.by_code:
        what, todo = _("Kode ini tidak ada di instrumennya."), _("Samakan dengan kode di LKE yang diekspor.")
        found.problems.add("error", "unknown_row", what, todo, row=number, column=column, value=code)
        return None
    if code in seen:
        what = _("Kode ini sudah ada di baris %(row)s.") % {"row": seen[code]}
        todo = _("Hapus salah satu barisnya.")
        found.problems.add("error", "doubled_row", what, todo, row=number, column=column, value=code)
        return None
    seen[code] = number
    return instrument.by_code[code]


def _read_row(
    instrument: Instrument, row: Row, number: int, cells: dict[str, Cell], mapping: Mapping, found: Found
) -> bool:
    """Whether the row says anything."""
    cell, evidence = cells.get("answer", ""), rearmed(str(cells.get("evidence", "")).strip())
    where, text = mapping.where("answer"), rearmed(cell) if isinstance(cell, str) else cell
    if not row.is_leaf:
        if text != "":
            what, todo = _("Baris ini dihitung dari baris di bawahnya."), _("Kosongkan selnya.")
            found.problems.add("error", "computed_row", what, todo, row=number, column=where, value=cell)
        return False
    if len(evidence) > EVIDENCE:
        what = _("Bukti lebih dari %(most)s huruf.") % {"most": EVIDENCE}
        column = mapping.where("evidence")
        found.problems.add("error", "long_evidence", what, _("Pendekkan."), row=number, column=column, value=evidence)
        return True
    try:
        read = read_answer(instrument, row, text)
    except Unread as error:
        todo = _("Betulkan selnya, lalu unggah lagi.")
        found.problems.add("error", "no_answer", str(error), todo, row=number, column=where, value=cell)
        return True
    if read is None and not evidence:
        return False
    found.rows[row.code] = {
        "value": None if read is None or read.value is None else f"{read.value:f}",
        "label": read.label if read else "",
        "status": read.status if read else Answer.Status.MISSING,
        "words": read.words if read else "",
        "evidence": evidence,
        "row": number,
    }
    return True


def read_weights(workbook: Workbook, mapping: Mapping, instrument: Instrument) -> Found:
    """Weights for the rows that the pack leaves open; one that contradicts the pack is an error. Raises: Unreadable."""
    found = Found(Problems(mapping.sheet))
    for gap in mapping.gaps():
        found.problems.add("error", "no_column", gap, _("Pilih kolomnya."))
    if found.problems.kept:
        return found
    others = 0
    for number, cells in _rows(workbook, mapping):
        row = _matched(instrument, _code(cells.get("code", "")), str(cells.get("name", "")))
        if row is None:
            others += any(cell != "" for cell in cells.values())
            continue
        _read_weight(row, number, cells, mapping, found)
    if others:
        said = _("%(count)s baris tidak cocok dengan baris mana pun dari instrumen ini dan dilewati.")
        found.notices.append(said % {"count": others})
    still = [row.code for row in instrument.unestablished if row.code not in found.rows]
    if still and found.rows:
        found.notices.append(_("Masih tanpa bobot sesudah ini: %(codes)s.") % {"codes": ", ".join(still)})
    if not found.rows and not found.problems.kept:
        what = _("Tidak ada bobot yang dapat dipakai di lembar ini.")
        found.problems.add("error", "nothing_found", what, _("Periksa pilihan lembar dan kolomnya."))
    return found


def _read_weight(row: Row, number: int, cells: dict[str, Cell], mapping: Mapping, found: Found) -> None:
    cell, where = cells.get("weight", ""), mapping.where("weight")
    try:
        text = weight_text(cell)
    except Unread as error:
        if row.weight is None and row.needs_weight:
            todo = _("Betulkan selnya, lalu unggah lagi.")
            found.problems.add("error", "no_weight", str(error), todo, row=number, column=where, value=cell)
        return
    if not text or not row.needs_weight:
        return
    if row.weight is not None and exact(text) != row.weight:
        what = _("Bobot baris %(code)s sudah ditetapkan %(weight)s.") % {"code": row.code, "weight": row.weight}
        todo = _("Pastikan berkas ini untuk versi instrumen yang sama.")
        found.problems.add("error", "other_weight", what, todo, row=number, column=where, value=cell)
    elif row.weight is None and row.code in found.rows and found.rows[row.code]["weight"] != text:
        what = _("Baris %(code)s sudah mendapat bobot dari baris %(row)s.") % {
            "code": row.code, "row": found.rows[row.code]["row"],
        }  # fmt: skip
        found.problems.add("error", "doubled_row", what, _("Hapus salah satu."), row=number, column=where, value=cell)
    elif row.weight is None:
        found.rows[row.code] = {"weight": text, "name": row.name, "row": number}
        _compare_range(row, number, str(cells.get("range", "")), mapping, found)


def _compare_range(row: Row, number: int, said: str, mapping: Mapping, found: Found) -> None:
    """A range in the file that names another top than the pack is worth a look."""
    numbers = normalised(said).split()
    if said and row.top is not None and f"{row.top:g}" not in numbers:
        what = _("Rentang di berkas tidak menyebut %(range)s.") % {"range": spoken(row)}
        todo = _("Periksa apakah barisnya sama.")
        column = mapping.where("range")
        found.problems.add("warning", "other_range", what, todo, row=number, column=column, value=said)


def _matched(instrument: Instrument, code: str, name: str) -> Row | None:
    """The row of that code, else the one whose name is the same or all but the same."""
    if code in instrument.by_code:
        return instrument.by_code[code]
    wanted = normalised(name)
    if not wanted:
        return None
    near = [(fuzz.ratio(wanted, normalised(row.name)), row) for row in instrument.rows]
    score, row = max(near, key=lambda one: one[0])
    return row if score >= LIKE and sum(one[0] == score for one in near) == 1 else None


def _rows(workbook: Workbook, mapping: Mapping) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Row number and cells by field, under the header."""
    first = mapping.header_row + mapping.header_height
    for number, row in enumerate(workbook.sheet(mapping.sheet).rows(), start=1):
        if number >= first:
            yield number, {name: row[at] if at < len(row) else "" for name, at in mapping.columns.items()}


def _code(cell: Cell) -> str:
    """A code as printed; a spreadsheet turns 1 into 1.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return rearmed(str(cell).strip())[:LONGEST].rstrip(".")
