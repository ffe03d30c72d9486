"""What a file really is, judged by its bytes, and whether it is safe to open."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from manfaat.readers.compound import read_compound
from manfaat.readers.problems import Unreadable

Kind = Literal["xlsx", "xls", "ods", "csv"]

SAVE_AGAIN = (
    "Buka berkas itu di Excel atau LibreOffice, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu unggah lagi."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one upload, in bytes, entries, rows and characters."""

    file_bytes: int = 20_000_000
    text_bytes: int = 100_000_000
    unpacked_bytes: int = 600_000_000
    unpacked_ods_bytes: int = 200_000_000
    ratio: int = 200
    ratio_from_bytes: int = 5_000_000
    entries: int = 2_000
    data_rows: int = 100_000
    cell_characters: int = 32_767


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Inspection:
    """Kind of the file, and whether a worksheet holds formula errors or formulas without a stored result."""

    kind: Kind
    has_formula_errors: bool = False
    has_uncomputed_formulas: bool = False


EXTENSIONS: dict[str, Kind] = {
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}
KIND_NAMES: dict[str, str] = {
    "xlsx": "Excel (.xlsx)",
    "xls": "Excel lama (.xls)",
    "ods": "OpenDocument (.ods)",
    "csv": "teks",
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "dokumen PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip GZ"),
    (b"GIF8", "gambar GIF"),
    (b"{\\rtf", "dokumen RTF"),
)
_HTML = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|meta|style|div|\?xml|!--)", re.IGNORECASE)
_CHUNK = 1 << 20
_OVERLAP = 512

# Excel, LibreOffice and every library we met write attributes as name="value"; the quick patterns rely on it, and a
# chunk in which a name ending in r is written otherwise is searched with the patient ones.
_ODD_QUOTING = re.compile(rb"""r(?:=[^"]|\s+=)""")
_ERROR_CELL = re.compile(rb"""\st\s*=\s*["']e["']""")
_UNCOMPUTED = re.compile(
    rb"""<c\s(?![^>]{0,200}\st=["']str["'])[^>]{0,200}>\s*<f[^>]*?(?:/>|>[^<]{0,400}</f>)\s*(?:<v\s*/>|<v>\s*</v>|</c>)"""
)
# A filled cell right of column CZ or below row 109,999: the reader lays a sheet out as a full rectangle, so one such
# cell could claim gigabytes. Cells that only carry a format end in "/>" and do no harm.
_WIDE, _DEEP = rb"(?:[D-Z][A-Z]|[A-Z]{3})\d+", rb"[A-Z]{1,3}(?:1[1-9]\d{4}|[2-9]\d{5}|\d{7,})"
_FAR_RIGHT = re.compile(rb'r="' + _WIDE + rb'"(?:[^>]*[^/>])?>')
_FAR_DOWN = re.compile(rb'r="' + _DEEP + rb'"(?:[^>]*[^/>])?>')
_FAR_RIGHT_ODD = re.compile(rb"""\sr\s*=\s*["']""" + _WIDE + rb"""["'](?:[^>]*[^/>])?>""")
_FAR_DOWN_ODD = re.compile(rb"""\sr\s*=\s*["']""" + _DEEP + rb"""["'](?:[^>]*[^/>])?>""")
_ODS_REPEATED_COLUMNS = re.compile(
    rb"""<table:table-cell(?=[^>]*office:value-type)[^>]*columns-repeated=["'](\d+)["']"""
)
_ODS_REPEATED_ROWS = re.compile(rb"""<table:table-row[^>]*rows-repeated=["'](\d{3,})["'](?:[^>]*[^/>])?>""")


def inspect_file(path: Path, name: str, limits: Limits = LIMITS) -> Inspection:
    """What the file at `path`, uploaded as `name`, is.

    Raises: Unreadable for a wrong or disguised type, an empty, damaged, encrypted or too large file, macros, a zip
    bomb.
    """
    expected = _expected_kind(name)
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(
            "empty", "Berkas kosong (0 byte).", "Periksa apakah pengunduhan dari sumbernya selesai, lalu unggah lagi."
        )
    if size > (limits.text_bytes if expected == "csv" else limits.file_bytes):
        megabytes = (limits.text_bytes if expected == "csv" else limits.file_bytes) // 1_000_000
        raise Unreadable(
            "too_large",
            f"Berkas berukuran {size / 1_000_000:.0f} MB, batasnya {megabytes} MB.",
            "Pecah per perangkat daerah atau hapus lembar yang tidak dipakai.",
        )
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK\x03\x04"):
        inspection = _inspect_zip(path, limits)
    elif start.startswith(_OLE):
        inspection = _inspect_ole(path.read_bytes())
    else:
        _refuse_foreign(start)
        inspection = Inspection("csv")
    if inspection.kind != expected:
        raise Unreadable(
            "type_mismatch",
            f"Nama berkas “{name}” berakhiran {Path(name).suffix.lower()}, "
            f"tetapi isinya berkas {KIND_NAMES[inspection.kind]}.",
            SAVE_AGAIN,
        )
    return inspection


def _expected_kind(name: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam", ".xla", ".xlm"):
        raise Unreadable("macros", f"Berkas {suffix} dapat memuat makro (program), jadi tidak diterima.", SAVE_AGAIN)
    if suffix not in EXTENSIONS:
        raise Unreadable(
            "wrong_type",
            f"Jenis berkas {suffix or 'tanpa akhiran'} tidak dapat dibaca.",
            "Unggah .xlsx, .xls, .ods, .csv, atau .tsv.",
        )
    return EXTENSIONS[suffix]


def _refuse_foreign(start: bytes) -> None:
    for magic, what in _FOREIGN:
        if start.startswith(magic):
            raise Unreadable(
                "wrong_type",
                f"Berkas ini sebenarnya {what}, bukan lembar kerja.",
                "Unggah .xlsx, .xls, .ods, atau .csv.",
            )
    if _HTML.match(start):
        raise Unreadable(
            "disguised_html", "Berkas ini halaman web (HTML atau XML) yang diberi nama lembar kerja.", SAVE_AGAIN
        )
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("wrong_type", "Isi berkas bukan teks dan bukan lembar kerja yang dikenal.", SAVE_AGAIN)


def _inspect_ole(content: bytes) -> Inspection:
    def holds(stream_name: str) -> bool:
        return stream_name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise _password_protected()
    if holds("_VBA_PROJECT"):
        raise Unreadable("macros", "Berkas memuat makro (program), jadi tidak diterima.", SAVE_AGAIN)
    try:
        names = set(read_compound(content).entries)
    except ValueError as error:
        raise _damaged() from error
    if not names & {"Workbook", "Book"}:
        raise Unreadable("wrong_type", "Berkas ini dokumen Office lama, bukan lembar kerja Excel.", SAVE_AGAIN)
    return Inspection("xls", has_formula_errors="Workbook" in names)


def _password_protected() -> Unreadable:
    return Unreadable(
        "password",
        "Berkas dilindungi kata sandi.",
        "Buka di Excel, hapus sandinya (Info, Proteksi Workbook, Enkripsi), simpan, lalu unggah lagi. "
        "Jangan kirimkan sandinya.",
    )


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        "Berkas rusak atau terpotong, isinya tidak dapat dibuka.",
        "Unduh ulang dari sumbernya, atau: " + SAVE_AGAIN,
    )


def _inspect_zip(path: Path, limits: Limits) -> Inspection:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _kind_of_zip(archive, limits)
            if kind == "ods":
                _check_ods(archive, limits)
                return Inspection("ods")
            return _scan_xlsx(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _damaged() from error


def _kind_of_zip(archive: zipfile.ZipFile, limits: Limits) -> Kind:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise _bomb(f"Isinya {len(entries)} bagian, batasnya {limits.entries}.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _password_protected()
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "Basic/")) for name in names):
        raise Unreadable("macros", "Berkas memuat makro (program), jadi tidak diterima.", SAVE_AGAIN)
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return "xlsx"
    is_labelled = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
    if is_labelled and b"opendocument.spreadsheet" in archive.read("mimetype"):
        return "ods"
    what = (
        "dokumen Word"
        if "word/document.xml" in names
        else "Excel biner (.xlsb)"
        if "xl/workbook.bin" in names
        else "arsip ZIP"
    )
    raise Unreadable("wrong_type", f"Berkas ini sebenarnya {what}, bukan lembar kerja yang dapat dibaca.", SAVE_AGAIN)


def _bomb(reason: str) -> Unreadable:
    return Unreadable(
        "zip_bomb",
        f"Berkas mengembang tidak wajar saat dibuka. {reason}",
        "Salin tabelnya ke lembar kerja baru, lalu unggah berkas baru itu.",
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, limits: Limits) -> Iterator[bytes]:
    """Chunks of one entry as it really unpacks: the size written in the archive is not believed."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged()
    honest = copy.copy(entry)
    honest.file_size = budget + 1
    done = 0
    with archive.open(honest) as stream:
        while chunk := stream.read(_CHUNK):
            done += len(chunk)
            if done > budget:
                raise _bomb(f"Isinya lebih dari {budget // 1_000_000} MB.")
            if done > limits.ratio_from_bytes and done > limits.ratio * max(entry.compress_size, 1):
                raise _bomb(f"Isinya lebih dari {limits.ratio} kali ukuran berkas.")
            yield chunk


def _scan_xlsx(archive: zipfile.ZipFile, limits: Limits) -> Inspection:
    budget = limits.unpacked_bytes
    errors = uncomputed = False
    for entry in archive.infolist():
        is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
        tail = b""
        for chunk in _unpacked(archive, entry, budget, limits):
            budget -= len(chunk)
            if not is_sheet:
                continue
            text = tail + chunk
            is_odd = _ODD_QUOTING.search(text) is not None
            _check_extent(text, limits, is_odd=is_odd)
            errors = errors or b't="e"' in text or (is_odd and _ERROR_CELL.search(text) is not None)
            uncomputed = uncomputed or (b"<f" in text and _UNCOMPUTED.search(text) is not None)
            tail = text[-_OVERLAP:]
    return Inspection("xlsx", errors, uncomputed)


def _check_extent(text: bytes, limits: Limits, *, is_odd: bool) -> None:
    if (_FAR_DOWN_ODD if is_odd else _FAR_DOWN).search(text):
        raise too_many_rows(limits)
    if (_FAR_RIGHT_ODD if is_odd else _FAR_RIGHT).search(text):
        raise _too_wide()


def too_many_rows(limits: Limits) -> Unreadable:
    """The refusal of a sheet with more rows than the limit."""
    return Unreadable(
        "too_many_rows",
        f"Lembar berisi lebih dari {limits.data_rows:,} baris data.".replace(",", "."),
        "Pecah berkas per perangkat daerah atau per bulan, atau hapus isian yang tercecer jauh di bawah tabel.",
    )


def _too_wide() -> Unreadable:
    return Unreadable(
        "too_many_columns",
        "Lembar berisi data di sebelah kanan kolom CZ (kolom ke-104).",
        "Hapus isian yang tercecer di kanan tabel, simpan, lalu unggah lagi.",
    )


def _check_ods(archive: zipfile.ZipFile, limits: Limits) -> None:
    names = set(archive.namelist())
    for name in ("META-INF/manifest.xml", "content.xml"):
        if name not in names:
            raise _damaged()
    budget = limits.unpacked_ods_bytes
    for entry in archive.infolist():
        tail = b""
        for chunk in _unpacked(archive, entry, budget, limits):
            budget -= len(chunk)
            text = tail + chunk
            if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in text:
                raise _password_protected()
            if entry.filename == "content.xml":
                _check_ods_repeats(text, limits)
            tail = text[-4 * _OVERLAP :]


def _check_ods_repeats(text: bytes, limits: Limits) -> None:
    if any(int(match[1]) > 104 for match in _ODS_REPEATED_COLUMNS.finditer(text)):
        raise _too_wide()
    for match in _ODS_REPEATED_ROWS.finditer(text):
        row = text[match.end() : text.find(b"</table:table-row>", match.end())]
        if int(match[1]) > 1000 and b"office:value-type" in row:
            raise too_many_rows(limits)
