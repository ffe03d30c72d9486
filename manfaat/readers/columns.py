"""Which row of a sheet is its header and which column holds which field.

A layout names fields with their titles and synonyms. The guess reads the first rows, tries each as a header (alone, and
joined with the row under it for merged two-row headers), and takes the one that names most fields: first by normalised
equal text, then by likeness. The user may correct the result with `Mapping.with_columns`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz

from manfaat.readers.problems import column_letter
from manfaat.readers.workbook import Cell, Sheet, Workbook

ColumnKind = Literal["code", "text", "amount", "month", "number", "year", "date", "period"]

_HEAD_ROWS = 40
_LIKENESS = 84
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
#: Words that change what a header means; two headers are alike only where they agree on these.
_TELLING = frozenset(
    (
        "kode", "nama", "sub", "unit", "no", "nomor", "tanggal", "persen", "sisa", "selisih", "target", "realisasi",
        "pagu", "anggaran", "rencana", "total", "sebelum", "setelah", "murni", "perubahan", "atas", "bawah", "setoran",
        "sp2d", "spm", "spp", "spd", "simpan", "transfer", "lalu", "ini", "awal", "akhir", "capaian", "fungsi",
        "urusan", "bidang",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a layout: `name` in code, `title` as printed in our own files, other headers it is known by."""

    name: str
    title: str
    kind: ColumnKind
    synonyms: tuple[str, ...] = ()
    required: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: its columns in order, and groups of fields of which at least one must be there."""

    name: str
    title: str
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that field. Raises: KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: row number from 1 of its first row, how many rows it takes, the text over each column."""

    row: int
    height: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """Which column (from 0) of a sheet holds which field of a layout, and how sure the guess is (0 to 1)."""

    layout: Layout
    sheet: str
    header_row: int
    header_height: int
    titles: tuple[str, ...]
    columns: dict[str, int]
    confidence: dict[str, float] = field(default_factory=dict)

    def with_columns(self, columns: MappingOf[str, int]) -> Mapping:
        """The same mapping with the user's choice of columns; his choice counts as sure."""
        known = {column.name for column in self.layout.columns}
        chosen = {name: index for name, index in columns.items() if name in known}
        sure = {
            name: self.confidence.get(name, 1.0) if self.columns.get(name) == at else 1.0 for name, at in chosen.items()
        }
        return replace(self, columns=chosen, confidence=sure)

    def where(self, name: str) -> str:
        """Column letter and header of a field, for a message: `D (Kode Program)`; empty where it is not mapped."""
        index = self.columns.get(name)
        if index is None:
            return ""
        title = (
            self.titles[index] if index < len(self.titles) and self.titles[index] else self.layout.column(name).title
        )
        return f"{column_letter(index)} ({title})"

    def gaps(self) -> list[str]:
        """Sentences (Indonesian) on what the layout needs and the mapping lacks; empty where it can be read."""
        missing = [
            column.title for column in self.layout.columns if column.required and column.name not in self.columns
        ]
        gaps = [f"Kolom “{title}” belum ditemukan." for title in missing]
        for group in self.layout.one_of:
            if not any(name in self.columns for name in group):
                titles = " atau ".join(f"“{self.layout.column(name).title}”" for name in group)
                gaps.append(f"Perlu salah satu kolom: {titles}.")
        return gaps

    def as_dict(self) -> dict[str, Any]:
        """Plain values for keeping the mapping as JSON."""
        return {
            "layout": self.layout.name,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "header_height": self.header_height,
            "titles": list(self.titles),
            "columns": dict(self.columns),
            "confidence": dict(self.confidence),
        }

    @classmethod
    def from_dict(cls, kept: MappingOf[str, Any], layout: Layout) -> Mapping:
        """A mapping kept by `as_dict`, for the layout of that name."""
        return cls(
            layout=layout,
            sheet=str(kept["sheet"]),
            header_row=int(kept["header_row"]),
            header_height=int(kept["header_height"]),
            titles=tuple(kept["titles"]),
            columns={str(name): int(index) for name, index in kept["columns"].items()},
            confidence={str(name): float(share) for name, share in kept["confidence"].items()},
        )


def normalised(text: object) -> str:
    """A header's words in lower case without marks, units and line breaks: "Pagu\\n(Rp.)" -> "pagu"."""
    words = re.sub(r"\(?\brp\b\.?\)?", " ", str(text).casefold())
    words = re.sub(r"[^0-9a-z%/]+", " ", words.replace("s.d.", " sd ").replace("s/d", " sd ").replace("s.d", " sd "))
    return " ".join(words.replace("/", " ").split())


def detect_header(sheet: Sheet, layout: Layout) -> Header:
    """The header of a sheet: the row, or pair of rows, that names most fields of the layout; row 0 where none does."""
    rows = sheet.head(_HEAD_ROWS)
    candidates = _candidates(rows)
    promising = sorted(candidates, key=lambda header: -_exact_count(header.titles, layout))[:3]
    if not promising or _exact_count(promising[0].titles, layout) == 0:
        promising = candidates
    best, best_score = Header(0, 1, ()), 0.0
    for candidate in promising:
        score = sum(share for _, share in _matches(candidate.titles, layout).values())
        if candidate.height == 2 and _reaches_over(rows[candidate.row - 1], rows[candidate.row]):
            score += 0.02
        if score > best_score + 0.01:
            best, best_score = candidate, score
    if best.row and _is_number_row(rows[best.row + best.height - 1 : best.row + best.height]):
        best = Header(best.row, best.height + 1, best.titles)
    return best


def guess_mapping(sheet: Sheet, layout: Layout) -> Mapping:
    """Header and columns of the sheet as the layout would have them, each with a confidence from 0 to 1."""
    header = detect_header(sheet, layout)
    matches = _matches(header.titles, layout)
    return Mapping(
        layout=layout,
        sheet=sheet.name,
        header_row=header.row,
        header_height=header.height,
        titles=header.titles,
        columns={name: index for name, (index, _) in matches.items()},
        confidence={name: round(share, 2) for name, (_, share) in matches.items()},
    )


def guess_sheet(workbook: Workbook, layouts: Sequence[Layout]) -> Mapping:
    """The guess for the visible sheet and the layout that fit best; the earlier one wins a tie."""
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden] or workbook.sheets
    return max((guess_layout(sheet, layouts) for sheet in visible), key=_fitness)


def guess_layout(sheet: Sheet, layouts: Sequence[Layout]) -> Mapping:
    """The guess for the layout that fits best: fewest gaps, then most columns found; the earlier one wins a tie."""
    guesses = [guess_mapping(sheet, layout) for layout in layouts]
    return max(guesses, key=_fitness)


def _fitness(guess: Mapping) -> tuple[int, float]:
    return -len(guess.gaps()), sum(guess.confidence.values())


def _candidates(rows: Sequence[Sequence[Cell]]) -> list[Header]:
    """Every row that holds text, alone and joined with the next one where that may be the lower half of a header."""
    found: list[Header] = []
    for index, row in enumerate(rows):
        if not any(isinstance(cell, str) and cell.strip() for cell in row):
            continue
        found.append(Header(index + 1, 1, tuple(_title(cell) for cell in row)))
        if index + 1 < len(rows) and _may_be_second_row(rows[index + 1]):
            found.append(Header(index + 1, 2, _joined_titles(row, rows[index + 1])))
    return found


def _title(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _may_be_second_row(row: Sequence[Cell]) -> bool:
    texts = [cell for cell in row if cell != ""]
    return bool(texts) and all(isinstance(cell, str) and not re.search(r"\d{4,}", cell) for cell in texts)


def _reaches_over(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the lower row only names parts of a merged upper cell: words without a digit, one under an empty cell."""
    pairs = list(zip(upper, lower, strict=False))
    is_words = not any(re.search(r"\d", str(below)) for below in lower)
    return is_words and any(above == "" and below != "" for above, below in pairs)


def _joined_titles(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[str, ...]:
    """One title per column of a two-row header; a merged upper cell reaches over the columns that have a lower text."""
    titles: list[str] = []
    group = ""
    width = max(len(upper), len(lower))
    for index in range(width):
        above = _title(upper[index]) if index < len(upper) else ""
        below = _title(lower[index]) if index < len(lower) else ""
        group = above or (group if below else "")
        titles.append(" ".join(part for part in (group, below) if part))
    return tuple(titles)


def _is_number_row(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the row under the header only numbers the columns: 1, 2, 3 or (1) (2) (3=1-2)."""
    if not rows:
        return False
    texts = [_title(cell) for cell in rows[0] if cell != ""]
    marks = [re.match(r"^\(?(\d{1,2})\)?(?:\s*\(?=.*)?$", text) for text in texts]
    numbers = [int(mark[1]) for mark in marks if mark]
    return (
        len(texts) >= 3 and len(numbers) == len(texts) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


@cache
def _wanted(layout: Layout) -> tuple[tuple[str, str], ...]:
    """Pairs of field and normalised text by which it is known."""
    return tuple(
        (column.name, normalised(text)) for column in layout.columns for text in (column.title, *column.synonyms)
    )


def _exact_count(titles: Sequence[str], layout: Layout) -> int:
    known = {text: name for name, text in _wanted(layout)}
    return len({known.get(normalised(_YEAR.sub(" ", title))) for title in titles} - {None})


def _matches(titles: Sequence[str], layout: Layout) -> dict[str, tuple[int, float]]:
    """Field -> (column, likeness): equal texts first, then the most alike pairs; a column serves one field."""
    wanted = _wanted(layout)
    exact = {text: name for name, text in reversed(wanted)}
    found: dict[str, tuple[int, float]] = {}
    rest: list[tuple[int, str]] = []
    for index, title in _newest_first(titles):
        text = normalised(title)
        name = exact.get(text) if text else None
        if name and name not in found:
            found[name] = (index, 1.0)
        elif text and name is None:
            rest.append((index, text))
    likely = sorted(
        (
            (_likeness(text, known), index, name)
            for index, text in rest
            if len(text) < 80
            for name, known in wanted
            if name not in found
        ),
        key=lambda pair: -pair[0],
    )
    used: set[int] = set()
    for share, index, name in likely:
        if share >= _LIKENESS / 100 and name not in found and index not in used:
            found[name] = (index, share * 0.9)
            used.add(index)
    return found


def _newest_first(titles: Sequence[str]) -> list[tuple[int, str]]:
    """Column and title without its year; of "Realisasi 2025" and "Realisasi 2026" the newer comes first."""
    dated = [
        (int(max(_YEAR.findall(title), default="9999")), index, _YEAR.sub(" ", title))
        for index, title in enumerate(titles)
    ]
    return [(index, title) for _, index, title in sorted(dated, key=lambda entry: (-entry[0], entry[1]))]


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 6 or _telling(one) != _telling(other):
        return 0.0
    return fuzz.ratio(one, other) / 100


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    return _TELLING.intersection(text.split()), tuple(re.findall(r"\d+", text))
