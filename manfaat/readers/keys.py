"""The key of a budget row: whose, for what, on which account; read from codes and names of a block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from manfaat.readers.amounts import TextColumn
from manfaat.readers.budget_rows import CODE_FIELDS, NAME_FIELDS
from manfaat.readers.codes import CodeColumn
from manfaat.readers.columns import Mapping, normalised
from manfaat.readers.problems import Problems
from manfaat.readers.reading import CodeBooks
from manfaat.readers.rows import Block

_SUB_ACTIVITY = re.compile(r"^(([\dX]\.[\dX]{2}\.\d{2})\.\d\.\d{2})\.\d{2,4}$")
_ACTIVITY = re.compile(r"^([\dX]\.[\dX]{2}\.\d{2})\.\d\.\d{2}$")


#: Likeness, out of 100, below which two names are taken for two things.
_SAME_NAME = 55


_COMMON_WORDS = frozenset(
    ("dinas", "badan", "kantor", "bagian", "biro", "kabupaten", "kota", "provinsi", "program", "kegiatan", "sub", "dan")
)


def _proper(name: str) -> str:
    """A name without the words that half of all names share; the whole name where nothing else is left."""
    words = normalised(name).split()
    return " ".join(word for word in words if word not in _COMMON_WORDS) or " ".join(words)


class KeyColumns:
    """Reads the code and name columns of a block; fills what a longer code tells, and reports codes that disagree."""

    def __init__(self, mapping: Mapping, problems: Problems, books: CodeBooks) -> None:
        self.problems = problems
        self.mapping = mapping
        self._books = books
        self._compared: set[tuple[str, str, str]] = set()
        self._codes = {
            field: CodeColumn(mapping.layout.column(field).title, mapping.where(field), problems, books.get(field))
            for field in CODE_FIELDS
        }
        self._texts = {field: TextColumn() for field in (*NAME_FIELDS, "funding_source", "ceiling_stage")}
        self._chains: dict[tuple[str, str, str], tuple[str, str, str] | None] = {}

    def read(self, block: Block) -> dict[str, list[str]]:
        """Field -> texts, for every code and name field, mapped or not; "" where the file gives nothing."""
        count = len(block.numbers)
        columns: dict[str, list[str]] = {}
        for field, reader in self._texts.items():
            cells = block.cells.get(field)
            columns[field] = reader.read(cells) if cells is not None else [""] * count
        for field, name_field in zip(CODE_FIELDS, NAME_FIELDS, strict=True):
            columns[field] = self._read_codes(block, field, columns[name_field])
            if self._books.get(field):
                self._check_names(block.numbers, self._books[field], field, (columns[field], columns[name_field]))
        self._fill_chain(columns, block.numbers)
        return columns

    def wrong_rows(self) -> set[int]:
        """Rows in which a code is wrong, so that no other fault need be found with it."""
        return set().union(*(column.wrong_rows for column in self._codes.values()))

    def finish(self) -> None:
        """Note once per column that whole numbers were taken for codes."""
        for field, reader in self._codes.items():
            if reader.whole_numbers:
                self.problems.add(
                    "warning",
                    "code_is_number",
                    f"{reader.whole_numbers} sel {reader.title} berupa angka bulat; "
                    "nol di depan mungkin hilang (001 menjadi 1).",
                    "Periksa kodenya. Bila salah, ubah format kolom menjadi Teks dan ketik ulang.",
                    column=self.mapping.where(field),
                )

    def _read_codes(self, block: Block, field: str, names: list[str]) -> list[str]:
        reader = self._codes[field]
        cells = block.cells.get(field)
        codes = reader.read(cells, block.numbers, names) if cells is not None else [""] * len(names)
        if reader.names:
            for position, code in enumerate(codes):
                if code and not names[position]:
                    names[position] = reader.names.get(code, "")
        if reader.book:
            for position, code in enumerate(codes):
                if not code and names[position] and (cells is None or cells[position] == ""):
                    codes[position] = reader.by_name(names[position], block.numbers[position])
        return codes

    def _check_names(
        self, numbers: Sequence[int], book: dict[str, str], field: str, pairs: tuple[list[str], list[str]]
    ) -> None:
        """Warn once of each code whose name in the file is quite another than in the book."""
        for row, code, name in zip(numbers, *pairs, strict=True):
            if not code or not name or (field, code, name) in self._compared:
                continue
            self._compared.add((field, code, name))
            known = book.get(code, "")
            if known and fuzz.token_set_ratio(_proper(known), _proper(name)) < _SAME_NAME:
                self.problems.add(
                    "warning",
                    "name_differs",
                    f"Kode {code} bernama “{known}” di aplikasi, tetapi “{name}” di berkas.",
                    "Periksa apakah kodenya benar. Yang dipakai adalah kodenya.",
                    row=row,
                    column=self.mapping.where(field),
                    value=name,
                )

    def _fill_chain(self, columns: dict[str, list[str]], numbers: Sequence[int]) -> None:
        programmes, activities, subs = columns["programme_code"], columns["activity_code"], columns["sub_activity_code"]
        for position, given in enumerate(zip(programmes, activities, subs, strict=True)):
            if given not in self._chains:
                self._chains[given] = _chain(*given)
            chain = self._chains[given]
            if chain is None:
                self.problems.add(
                    "error",
                    "codes_disagree",
                    f"Kode program, kegiatan, subkegiatan tidak sejalan: {' / '.join(code for code in given if code)}.",
                    "Kode sub kegiatan harus diawali kode kegiatannya, dan kode kegiatan diawali kode programnya.",
                    row=numbers[position],
                    column=self.mapping.where("sub_activity_code") or self.mapping.where("activity_code"),
                    value=given[2] or given[1],
                )
            elif chain is not given:
                programmes[position], activities[position], subs[position] = chain


def _chain(programme: str, activity: str, sub_activity: str) -> tuple[str, str, str] | None:
    """The three codes with blanks filled from the longer code, or None where they contradict each other."""
    if match := _SUB_ACTIVITY.match(sub_activity):
        if activity and _ACTIVITY.match(activity) and not _same(activity, match[1]):
            return None
        activity = activity or match[1]
    if match := _ACTIVITY.match(activity):
        if programme and re.match(r"^[\dX]\.[\dX]{2}\.\d{2}$", programme) and not _same(programme, match[1]):
            return None
        programme = programme or match[1]
    return programme, activity, sub_activity


def _same(one: str, other: str) -> bool:
    """Equal codes; the X of the shared supporting programme stands for any digit."""
    return len(one) == len(other) and all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=True))
