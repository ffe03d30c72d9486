"""The working sheet (LKE) of one assessor as a workbook, empty or filled, ready to be imported again."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from manfaat.apps.core.spreadsheets import disarmed
from manfaat.apps.evaluations.lke_reading import INSTRUMENT, NOTES
from manfaat.apps.evaluations.models import Answer
from manfaat.apps.evaluations.presentation import lines_of
from manfaat.apps.evaluations.queries.sheets import Column, OpenSheet
from manfaat.apps.evaluations.reading import typed_again

TITLES = ("Kode", "Baris", "Bobot", "Pilihan atau rentang", "Jawaban", "Bukti dukung", "Poin")
WIDTHS = (10, 48, 10, 34, 16, 40, 10)
ANSWER, EVIDENCE, POINTS = 4, 5, 6
SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def lke_workbook(opened: OpenSheet, column: Column, *, filled: bool) -> bytes:
    """The sheet as XLSX: every printed row, boxes for the answers, and a second sheet that says what it is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, SAFE) as book:
        _write_rows(book, opened, column, filled)
        _write_notes(book, opened, column)
    return out.getvalue()


def _write_rows(book: Any, opened: OpenSheet, column: Column, filled: bool) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    whole, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    box = book.add_format({"bg_color": "#FDF2D6", "border": 1, "text_wrap": True})
    sheet = book.add_worksheet("LKE")
    sheet.freeze_panes(1, 2)
    for at, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    for number, line in enumerate(lines_of(opened.instrument), start=1):
        texts = (line.row.code, line.row.name, line.weight, line.answer)
        for at, text in enumerate(texts):
            sheet.write_string(number, at, disarmed(text), whole if line.is_section else wrap)
        answer = column.answers.get(line.row.code) if filled else None
        if not line.is_section:
            _write_answer(sheet, number, answer, box)
        figure = column.figures.get(line.row.code) if filled else None
        if figure is not None and figure.value is not None:
            sheet.write_number(number, POINTS, figure.value)


def _write_answer(sheet: Any, number: int, answer: Answer | None, box: Any) -> None:
    if answer is not None and answer.value is not None and not answer.label:
        sheet.write_number(number, ANSWER, float(answer.value), box)
    else:
        sheet.write_string(number, ANSWER, disarmed(typed_again(answer)) if answer else "", box)
    sheet.write_string(number, EVIDENCE, disarmed(answer.evidence) if answer else "", box)


def _write_notes(book: Any, opened: OpenSheet, column: Column) -> None:
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines = [
        (INSTRUMENT, opened.instrument.id),
        ("Judul", opened.instrument.title),
        ("Yang dinilai", opened.sheet.subject),
        ("Tahun", str(opened.sheet.year)),
        ("Penilai", str(column.assessor.label)),
        ("Cara mengisi", _("Isi kolom Jawaban dan Bukti dukung saja. Kosong berarti belum diisi; 0 berarti nol.")),
        ("Kata untuk yang tidak ada", "tidak dapat diukur; belum jatuh tempo; bukan lokus"),
    ]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, disarmed(name))
        sheet.write_string(number, 1, disarmed(text))
