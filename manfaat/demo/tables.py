"""Reads the tables of the demo and where their figures come from."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Origin:
    """A published table: who published it, what is known to be wrong with it and how it was checked."""

    key: str
    file: str
    publisher: str
    title: str
    year: int
    note: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def digest(self) -> str:
        return sha256(self.path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file (the header is 1) and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def rupiah(self, column: str) -> int | None:
        """The amount in whole rupiah; None where the source has none."""
        return int(self.cells[column]) if self.cells[column] else None


@cache
def origins() -> dict[str, Origin]:
    """The origins of all tables by key."""
    return {key: Origin(key, **entry) for key, entry in read_toml("sources.toml").items()}


def read_toml(file: str) -> dict[str, Any]:
    """The content of a TOML file of the folder."""
    return tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))


@cache
def read_rows(file: str) -> tuple[Row, ...]:
    """The lines of a CSV file of the folder, numbered as a spreadsheet numbers them."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as stream:
        return tuple(Row(number, cells) for number, cells in enumerate(csv.DictReader(stream), start=2))


def account_names() -> dict[str, str]:
    """The names of the account groups that the tables use."""
    return {row["rekening"]: row["nama"] for row in read_rows("accounts.csv")}
