"""CSV and TSV: which encoding, which separator, and the rows."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from manfaat.readers.containers import Limits, too_many_rows
from manfaat.readers.problems import Unreadable

SEPARATORS = ";,\t|"
SEPARATOR_NAMES = {";": "titik koma", ",": "koma", "\t": "tab", "|": "garis tegak"}
_SAMPLE_ROWS = 60


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: encoding, separator, and lines to drop before the table (`sep=;`)."""

    encoding: str
    separator: str
    skip_lines: int = 0

    @property
    def sentence(self) -> str:
        """What was guessed, for the preview."""
        encoding = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}[self.encoding]
        return f"Terbaca sebagai teks {encoding} dengan pemisah {SEPARATOR_NAMES[self.separator]}."


def sniff(path: Path, limits: Limits) -> TextForm:
    """Encoding and separator of the file.

    Raises: Unreadable where it holds no text, bytes that are no text, too many lines.
    """
    encoding = _encoding_of(path, limits)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        first = stream.readline(4096)
        announced = first.strip().lower()
        if announced.startswith("sep=") and len(announced) <= 5:
            return TextForm(encoding, first.strip()[4:] or "\t", 1)
        sample = first + stream.read(200_000)
    if not sample.strip():
        raise Unreadable("empty", "Berkas tidak berisi apa-apa.", "Periksa berkasnya, lalu unggah lagi.")
    return TextForm(encoding, _separator_of(sample))


def _encoding_of(path: Path, limits: Limits) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    is_utf8 = True
    with path.open("rb") as stream:
        start = stream.read(2)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        chunk = start + stream.read(1 << 20)
        while chunk:
            lines += chunk.count(b"\n")
            if b"\x00" in chunk:
                raise Unreadable(
                    "wrong_type", "Isi berkas bukan teks.", "Simpan sebagai CSV atau .xlsx, lalu unggah lagi."
                )
            if is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            chunk = stream.read(1 << 20)
    if lines > 2 * limits.data_rows:
        raise too_many_rows(limits)
    return "utf-8-sig" if is_utf8 else "cp1252"


def _separator_of(sample: str) -> str:
    """The separator that cuts most lines into the same number (above one) of cells."""
    best, best_score = ";", 0.0
    for separator in SEPARATORS:
        try:
            rows = [
                row
                for row, _ in zip(
                    csv.reader(sample.splitlines(), delimiter=separator), range(_SAMPLE_ROWS), strict=False
                )
            ]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, number = widths.most_common(1)[0]
        score = number * 1000 + width
        if score > best_score:
            best, best_score = separator, score
    return best


def rows_of(path: Path, form: TextForm) -> Iterator[list[str]]:
    """Rows of cells as text, first row first; a row has as many cells as its line.

    Raises: Unreadable for a cell longer than the csv module takes, or bytes outside the encoding.
    """
    errors = "replace" if form.encoding == "cp1252" else "strict"
    with path.open(encoding=form.encoding, errors=errors, newline="") as stream:
        for _ in range(form.skip_lines):
            stream.readline()
        reader = csv.reader(stream, delimiter=form.separator)
        number = 0
        try:
            for number, row in enumerate(reader, start=1):  # noqa: B007 (used below, where the reader fails)
                yield row
        except csv.Error as error:
            raise Unreadable(
                "long_cell",
                f"Baris {number + 1} memuat sel yang terlalu panjang atau tanda kutip yang tidak ditutup.",
                'Periksa tanda kutip (") di baris itu, lalu unggah lagi.',
            ) from error
        except UnicodeDecodeError as error:
            raise Unreadable(
                "damaged", "Teks di berkas ini rusak.", "Simpan ulang sebagai CSV UTF-8, lalu unggah lagi."
            ) from error
