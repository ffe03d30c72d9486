"""Files as offices make them: a recap with titles above, amounts typed as text, and a grand total below."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import openpyxl
import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ("No", "Kode SKPD", "Nama SKPD", "Kode Program", "Kode Rekening", "Anggaran")
HEADER_ROW = 5
SHEET = "Rekap"


@dataclass(frozen=True)
class Line:
    """One row of a recap."""

    agency_code: str
    agency: str
    programme_code: str | float
    account_code: str
    ceiling_rp: int
    realised_rp: int


SCHOOLS, HEALTH = ("1.01.0.00.0.00.01.0000", "Dinas Pendidikan"), ("1.02.0.00.0.00.02.0000", "Dinas Kesehatan")
LINES = (
    Line(*SCHOOLS, "1.01.01", "5.1.01", 400_000_000, 100_000_000),
    Line(*SCHOOLS, "1.01.02", "5.1.02", 350_000_000, 40_000_000),
    Line(*HEALTH, "1.02.01", "5.1.01", 150_000_000, 36_000_000),
    Line(*HEALTH, "1.02.02", "5.1.02", 100_000_000, 24_500_000),
)
CEILING_RP, REALISED_RP = (sum(getattr(line, name) for line in LINES) for name in ("ceiling_rp", "realised_rp"))


def typed(amount_rp: int) -> str:
    """An amount as a person types it into a text cell: 1.234.567,00."""
    return f"{amount_rp:,}".replace(",", ".") + ",00"


def recap(lines: Sequence[Line], *, titles: Sequence[str], realised: str = "Realisasi") -> bytes:
    """A workbook of one sheet: titles, a header in row 5, the lines with amounts as text, GRAND TOTAL.

    `realised` is what the office calls the column of the realisation.
    """
    rows: list[Sequence[object]] = [
        *([title] for title in titles),
        *([""] for _ in range(HEADER_ROW - 1 - len(titles))),
    ]
    rows.append((*HEADER, realised))
    for number, line in enumerate(lines, start=1):
        amounts = typed(line.ceiling_rp), typed(line.realised_rp)
        rows.append((number, line.agency_code, line.agency, line.programme_code, line.account_code, *amounts))
    sums = (typed(sum(getattr(line, name) for line in lines)) for name in ("ceiling_rp", "realised_rp"))
    rows.append(("", "", "GRAND TOTAL", "", "", *sums))
    return workbook(SHEET, rows)


def workbook(name: str, rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet; texts stay texts, numbers become numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def upload(name: str, content: bytes) -> dict[str, object]:
    """A file as the browser's file dialog hands it over."""
    return {"name": name, "mimeType": XLSX, "buffer": content}


def cells(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))
