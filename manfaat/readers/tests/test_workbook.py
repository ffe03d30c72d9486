"""Files of every kind are opened; what is no table, or dangerous, is refused with a sentence."""

import contextlib
import datetime
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from manfaat.readers.containers import Limits
from manfaat.readers.probe import survives
from manfaat.readers.tests.files import Rows, opened, write_csv, write_ods, write_xls, write_xlsx
from manfaat.readers.workbook import Unreadable, open_workbook

ROWS: Rows = [["", "", ""], ["Kode", "Nama", "Pagu"], ["1.10", "Dinas Pendidikan", 1500], ["001", "", 2.5]]


def read_all(path: Path, **options: object) -> None:
    for sheet in open_workbook(path, path.name, **options).sheets:  # type: ignore[arg-type]
        list(sheet.rows())


def refused(path: Path, **options: object) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_all(path, **options)
    assert caught.value.message
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize(("suffix", "write"), [(".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods)])
def test_text_stays_text_and_rows_keep_their_numbers(tmp_path, suffix, write) -> None:
    workbook = opened(write(tmp_path / f"a{suffix}", ROWS))
    rows = list(workbook.sheet().rows())
    assert workbook.kind == suffix[1:]
    assert rows[1] == ["Kode", "Nama", "Pagu"]
    assert rows[2] == ["1.10", "Dinas Pendidikan", 1500]
    assert rows[3] == ["001", "", 2.5]


def test_columns_keep_their_letters_where_the_table_begins_at_column_c(tmp_path) -> None:
    workbook = opened(write_xlsx(tmp_path / "a.xlsx", [[], ["", "", "Kode"], ["", "", "1.10"]]))
    assert list(workbook.sheet().rows()) == [["", "", ""], ["", "", "Kode"], ["", "", "1.10"]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_text_of_any_separator_and_encoding(tmp_path, separator, encoding) -> None:
    rows = [["Kode", "Nama", "Pagu"], ["1.10", "Café, “Sentra”; utara", "1.234.567,00"]]
    workbook = opened(write_csv(tmp_path / "a.csv", rows, separator=separator, encoding=encoding))
    assert list(workbook.sheet().rows()) == rows
    assert workbook.notices


def test_honours_the_separator_line_of_excel(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=,\nKode,Pagu\n1.10,5\n", encoding="utf-8")
    assert list(opened(path).sheet().rows()) == [["Kode", "Pagu"], ["1.10", "5"]]


def test_sheets_are_named_and_hidden_ones_are_not_the_first(tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    hidden = book.add_worksheet("Rahasia")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.add_worksheet("Data").write(0, 0, "y")
    book.get_worksheet_by_name("Data").activate()
    book.close()
    workbook = opened(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [("Rahasia", True), ("Data", False)]
    assert workbook.sheet().name == "Data"
    with pytest.raises(Unreadable, match="Rahasia"):
        workbook.sheet("Tidak ada")


def test_formula_errors_and_uncomputed_formulas_are_seen(tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["Kode", "Pagu"])
    sheet.write_formula(1, 1, "=A9/0", None, "#DIV/0!")
    sheet.write_formula(2, 1, "=1+1", None, 2)
    book.close()
    rows = list(opened(tmp_path / "a.xlsx").sheet().rows())
    assert rows[1][1] == "#DIV/0!"
    assert rows[2][1] == 2
    never = openpyxl.Workbook()
    never.active.append(["Kode", "Pagu"])
    never.active.append(["1", "=1+1"])
    never.save(tmp_path / "b.xlsx")
    assert list(opened(tmp_path / "b.xlsx").sheet().rows())[1][1] == "=1+1"


@pytest.mark.parametrize("count", [3, 900])
def test_formula_errors_of_an_old_workbook_are_seen(tmp_path, count) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Lain").write(0, 0, "x")
    sheet = book.add_sheet("Realisasi")
    for at in range(count):
        sheet.write(at, 0, f"teks {at}")
        sheet.write(at, 1, 7)
    sheet.write(2, 2, xlwt.Formula("1/0"))
    sheet.write_merge(count, count, 0, 1, "akhir")
    sheet.row(1).set_cell_error(2, 0x17)
    book.save(str(tmp_path / "a.xls"))
    content = (tmp_path / "a.xls").read_bytes()
    record = struct.pack("<HH", 2, 2)
    at = content.index(b"\x06\x00", content.index(record) - 8)
    failed = content[: at + 10] + b"\x02\x00\x07\x00\x00\x00\xff\xff" + content[at + 18 :]
    (tmp_path / "b.xls").write_bytes(failed)
    rows = list(opened(tmp_path / "b.xls").sheet("Realisasi").rows())
    assert [row[2] for row in rows[:3]] == ["", "#REF!", "#DIV/0!"]
    assert rows[2][:2] == ["teks 2", 7]


def test_dates_are_dates(tmp_path) -> None:
    workbook = opened(write_xlsx(tmp_path / "a.xlsx", [["Tanggal"], [datetime.date(2026, 4, 18)]]))
    assert list(workbook.sheet().rows())[1] == [datetime.date(2026, 4, 18)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.csv", b"   \n\n", "empty"),
        ("a.pdf", b"%PDF-1.7", "wrong_type"),
        ("a.xlsx", b"%PDF-1.7 ...", "wrong_type"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "wrong_type"),
        ("a.csv", b"a;b\n1;\x00\n", "wrong_type"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "disguised_html"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "disguised_html"),
        ("a.xlsx", b"Kode;Pagu\n1;2\n", "type_mismatch"),
        ("a.xlsm", b"PK\x03\x04", "macros"),
        ("a.xlsx", b"PK\x03\x04 not really a zip", "damaged"),
        ("tanpa_akhiran", b"Kode;Pagu", "wrong_type"),
    ],
)
def test_refuses_what_is_no_table(tmp_path, name, content, code) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path).code == code


def test_refuses_a_workbook_without_a_filled_cell(tmp_path) -> None:
    assert refused(write_xlsx(tmp_path / "a.xlsx", [])).code == "empty"


def test_refuses_a_right_file_under_a_wrong_name(tmp_path) -> None:
    path = write_xls(tmp_path / "a.xlsx", ROWS)
    refusal = refused(path)
    assert refusal.code == "type_mismatch"
    assert "Excel lama" in refusal.message


def test_refuses_a_password_protected_workbook(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path).code == "password"


def test_refuses_a_workbook_whose_parts_are_encrypted(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    assert refused(path).code == "password"


def test_refuses_a_password_protected_opendocument(tmp_path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x01\x02")
    assert refused(path).code == "password"


def test_refuses_macros_inside_an_innocent_name(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert refused(path).code == "macros"
    old = tmp_path / "a.xls"
    old.write_bytes(write_xls(tmp_path / "b.xls", ROWS).read_bytes() + "_VBA_PROJECT".encode("utf-16-le"))
    assert refused(old).code == "macros"


@pytest.mark.parametrize("chain", ["of a stream", "of the list of sectors", "of small sectors"])
def test_refuses_an_old_workbook_whose_sectors_run_in_a_circle(tmp_path, chain) -> None:
    content = bytearray(write_xls(tmp_path / "a.xls", ROWS).read_bytes())
    table = struct.unpack_from("<I", content, 76)[0]
    if chain == "of a stream":
        struct.pack_into("<I", content, (table + 1) * 512, 0)
    elif chain == "of the list of sectors":
        content += struct.pack("<127I", *[0xFFFFFFFF] * 127) + struct.pack("<I", len(content) // 512 - 1)
        struct.pack_into("<I", content, 68, len(content) // 512 - 2)
    else:
        content += struct.pack("<128I", 1, 0, *[0xFFFFFFFF] * 126)
        place = len(content) // 512 - 2
        struct.pack_into("<I", content, 60, place)
        struct.pack_into("<I", content, (table + 1) * 512 + 4 * place, 0xFFFFFFFE)
    path = tmp_path / "b.xls"
    path.write_bytes(bytes(content))
    assert refused(path).code == "damaged"


@pytest.mark.parametrize(("offset", "value"), [(30, 31), (32, 9), (76, 70_000)])
def test_refuses_an_old_workbook_with_a_wrong_header(tmp_path, offset, value) -> None:
    content = bytearray(write_xls(tmp_path / "a.xls", ROWS).read_bytes())
    struct.pack_into("<H" if value < 60_000 else "<I", content, offset, value)
    path = tmp_path / "b.xls"
    path.write_bytes(bytes(content))
    assert refused(path).code == "damaged"


def test_outlives_an_old_workbook_that_kills_the_process_reading_it(tmp_path) -> None:
    content = bytearray(write_xls(tmp_path / "a.xls", ROWS).read_bytes())
    dimensions = content.index(b"\x00\x02\x0e\x00")
    content[dimensions + 5] = 0xF1
    path = tmp_path / "b.xls"
    path.write_bytes(bytes(content))
    assert not survives(path)
    assert refused(path).code == "damaged"


def test_refuses_an_old_document_that_is_no_workbook(tmp_path) -> None:
    content = write_xls(tmp_path / "a.xls", ROWS).read_bytes()
    path = tmp_path / "b.xls"
    path.write_bytes(content.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")))
    assert refused(path).code == "wrong_type"


def with_sheet(path: Path, sheet_xml: bytes) -> Path:
    """A valid workbook whose only sheet is the given XML."""
    plain = write_xlsx(path.with_suffix(".tmp"), ROWS)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet_xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_refuses_a_zip_bomb(tmp_path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", SHEET % (b"<!--" + b" " * 12_000_000 + b"-->"))
    assert refused(path).code == "zip_bomb"


def test_refuses_a_zip_bomb_that_lies_about_its_size(tmp_path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", SHEET % (b"<!--" + b" " * 12_000_000 + b"-->"))
    content = bytearray(path.read_bytes())
    true_size = struct.pack("<I", len(SHEET % (b"<!--" + b" " * 12_000_000 + b"-->")))
    assert content.count(true_size) == 2
    path.write_bytes(bytes(content).replace(true_size, struct.pack("<I", 500)))
    assert refused(path).code == "zip_bomb"


def test_refuses_an_archive_of_too_many_parts(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(60):
            archive.writestr(f"xl/media/{number}.txt", b"")
    assert refused(path, limits=Limits(entries=50)).code == "zip_bomb"


def test_refuses_other_office_documents(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    refusal = refused(path)
    assert refusal.code == "wrong_type"
    assert "Word" in refusal.message


def test_refuses_a_truncated_workbook(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path).code == "damaged"


def test_refuses_a_sheet_that_is_no_xml(tmp_path) -> None:
    assert refused(with_sheet(tmp_path / "a.xlsx", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1")).code in (
        "damaged",
        "empty",
    )


def test_refuses_a_file_above_the_size_limit(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert refused(path, limits=Limits(file_bytes=1000)).code == "too_large"


@pytest.mark.parametrize("quote", [b'"', b"'"])
@pytest.mark.parametrize(
    ("cell", "code"), [(b"A900000", "too_many_rows"), (b"XFD1", "too_many_columns"), (b"DA7", "too_many_columns")]
)
def test_refuses_one_far_cell_that_would_claim_the_memory(tmp_path, quote, cell, code) -> None:
    row = b"<row><c r=%s%s%s><v>1</v></c></row>" % (quote, cell, quote)
    assert refused(with_sheet(tmp_path / "a.xlsx", SHEET % row)).code == code


def test_ignores_far_cells_that_only_carry_a_format(tmp_path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="900000"><c r="A900000" s="1"/></row>'
    assert list(opened(with_sheet(tmp_path / "a.xlsx", SHEET % rows)).sheet().rows()) == [[1.0]]


def test_refuses_opendocument_cells_repeated_without_end(tmp_path) -> None:
    path = write_ods(tmp_path / "a.ods", ROWS)
    many = tmp_path / "b.ods"
    for attribute, tag in (
        (b'table:number-columns-repeated="16000"', b"<table:table-cell"),
        (b'table:number-rows-repeated="900000"', b"<table:table-row"),
    ):
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(many, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "content.xml":
                    content = content.replace(tag + b" ", tag + b" " + attribute + b" ").replace(
                        tag + b">", tag + b" " + attribute + b">"
                    )
                new.writestr(name, content)
        assert refused(many).code in ("too_many_columns", "too_many_rows")


def test_refuses_too_many_rows(tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Kode", "Pagu"]] + [["1", "2"]] * 1200)
    assert refused(path, limits=Limits(data_rows=100)).code == "too_many_rows"


@pytest.mark.parametrize("length", [40_000, 10_000_000])
def test_refuses_a_cell_of_many_megabytes(tmp_path, length) -> None:
    refusal = refused(write_csv(tmp_path / "a.csv", [["Kode", "Pagu"], ["1", "x" * length]]))
    assert refusal.code == "long_cell"
    assert "2" in refusal.message
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"abcdefgh" * (length // 8))
    content = SHEET % text
    path = with_sheet(tmp_path / "a.xlsx", content)
    assert refused(path).code in ("long_cell", "zip_bomb")


def test_refuses_a_quote_that_is_never_closed(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Kode;Pagu\n"1;2\n' + "3;4\n" * 60_000, encoding="utf-8")
    assert refused(path).code == "long_cell"


def test_is_not_fooled_by_a_fuzzed_workbook(tmp_path) -> None:
    good = write_xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    for position in range(0, len(good), 97):
        path = tmp_path / "fuzzed.xlsx"
        content = bytearray(good)
        content[position] ^= 0xFF
        path.write_bytes(bytes(content))
        with contextlib.suppress(Unreadable):
            read_all(path)


def test_holds_no_formula_for_live(tmp_path) -> None:
    text = '=HYPERLINK("http://contoh.invalid","klik")'
    stream = io.StringIO()
    stream.write(f"Nama\n'{text.replace(chr(34), '')}\n")
    path = tmp_path / "a.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    assert list(opened(path).sheet().rows())[1][0].startswith("'=HYPERLINK")
