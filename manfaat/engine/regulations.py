"""Rules as data: the TOML files of `manfaat/regulations`, loaded once and checked by file and name.

Each folder is one regulation, or one practice where no national rule exists. It holds `regulation.toml` (what it is,
its evidence grade, the places in it that may be cited), `scale_*.toml` (dated scales), `vectors_*.toml` (worked
examples of operators and scales), `instrument_*.toml` (dated instruments) and `examples_*.toml` (theirs).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from manfaat.engine.canonical import sha256_of
from manfaat.engine.errors import EngineError
from manfaat.engine.registry import Cite

FOLDER = Path(__file__).parent.parent / "regulations"
NOT_SET = "belum ditetapkan"

GRADES = {
    "P": "naskah peraturannya sendiri dibaca",
    "S": "dari laporan, paparan, atau halaman resmi yang memakai aturan ini",
    "I": "dari kode sumber e-SAKIP publik milik pemerintah daerah: praktik, bukan hukum",
    "N": "naskahnya belum ditemukan; jangan dianggap pasti",
    "M": "ditetapkan oleh Manfaat sendiri karena tidak ada aturan nasional yang ditemukan",
}
"""Evidence grades: how the content is known."""

KINDS = ("peraturan", "praktik", "metode")
_REGULATION_KEYS = {"id", "title", "kind", "grade", "in_force", "source", "note", "place"}
_PLACE_KEYS = {"code", "text", "grade", "note"}
_EXAMPLES = ("vectors_", "examples_")
_FILES = ("scale_", "instrument_", *_EXAMPLES)


@dataclass(frozen=True)
class Place:
    """A citable place in a regulation or practice."""

    code: str
    text: str
    grade: str
    note: str


@dataclass(frozen=True)
class Regulation:
    """A regulation, a practice or a method, as its folder describes it."""

    id: str
    title: str
    kind: str
    grade: str
    in_force: str
    source: str
    note: str
    places: Mapping[str, Place]


@dataclass(frozen=True)
class Citation:
    """A resolved citation, as records carry it."""

    regulation: str
    title: str
    place: str
    grade: str

    @property
    def grade_words(self) -> str:
        """What the evidence grade means."""
        return GRADES.get(self.grade, "tingkat bukti tidak dikenal")

    def to_record(self) -> dict[str, str]:
        """JSON-able dict with the fields in their fixed order."""
        return {"regulation": self.regulation, "title": self.title, "place": self.place, "grade": self.grade}


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a dict. A doubled key is refused by TOML itself.

    Raises: EngineError that names the file and the line.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as fault:
        raise EngineError(f"{_where(path)}: bukan TOML yang benar: {fault}.") from fault


def _where(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def check_keys(
    path: Path, name: str, table: Mapping[str, Any], *, allowed: Iterable[str], required: Iterable[str]
) -> None:
    """Refuses a table with a key nobody reads or without one that is needed.

    Raises: EngineError that names file, table and key.
    """
    permitted = set(allowed)
    for key in table:
        if key not in permitted:
            raise EngineError(
                f"{_where(path)}, {name}: kunci “{key}” tidak dikenal. Yang dikenal: {', '.join(sorted(permitted))}."
            )
    for key in required:
        if key not in table or table[key] in ("", None):
            raise EngineError(f"{_where(path)}, {name}: kunci “{key}” belum diisi.")


def check_grade(path: Path, name: str, grade: str) -> str:
    """The evidence grade. Raises: EngineError for a letter that is none."""
    if grade not in GRADES:
        raise EngineError(
            f"{_where(path)}, {name}: tingkat bukti “{grade}” tidak dikenal. Yang dikenal: {', '.join(GRADES)}."
        )
    return grade


def read_date(path: Path, name: str, value: Any) -> str:
    """A date as ISO text, or `belum ditetapkan`. Raises: EngineError for anything else."""
    if isinstance(value, date):
        return value.isoformat()
    if value == NOT_SET:
        return NOT_SET
    raise EngineError(f'{_where(path)}, {name}: “{value}” bukan tanggal. Tulis tanggal TOML atau "{NOT_SET}".')


def load_regulation(path: Path) -> Regulation:
    """The regulation that a `regulation.toml` describes.

    Raises: EngineError by file and name for an unknown key, a missing one, a doubled place, or a foreign id.
    """
    table = read_toml(path)
    name = str(table.get("id", "tanpa id"))
    check_keys(path, name, table, allowed=_REGULATION_KEYS, required=_REGULATION_KEYS - {"note"})
    if name != path.parent.name:
        raise EngineError(f"{_where(path)}: id “{name}” tidak sama dengan nama folder “{path.parent.name}”.")
    if table["kind"] not in KINDS:
        raise EngineError(f"{_where(path)}: jenis “{table['kind']}” tidak dikenal. Yang dikenal: {', '.join(KINDS)}.")
    places: dict[str, Place] = {}
    for row in table["place"]:
        code = str(row.get("code", "tanpa code"))
        check_keys(path, code, row, allowed=_PLACE_KEYS, required=("code", "text", "grade"))
        if code in places:
            raise EngineError(f"{_where(path)}: tempat “{code}” ditulis dua kali.")
        places[code] = Place(code, str(row["text"]), check_grade(path, code, row["grade"]), str(row.get("note", "")))
    return Regulation(
        id=name,
        title=str(table["title"]),
        kind=str(table["kind"]),
        grade=check_grade(path, name, table["grade"]),
        in_force=read_date(path, "in_force", table["in_force"]),
        source=str(table["source"]),
        note=str(table.get("note", "")),
        places=places,
    )


def load_folder(folder: Path) -> dict[str, Regulation]:
    """All regulations of a folder by id, in the order of their names.

    Raises: EngineError for a folder without `regulation.toml` or a file of an unknown kind.
    """
    found: dict[str, Regulation] = {}
    for inner in sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("_")):
        for path in sorted(inner.iterdir()):
            if path.suffix == ".toml" and path.name != "regulation.toml" and not path.name.startswith(_FILES):
                raise EngineError(
                    f"{_where(path)}: nama berkas tidak dikenal. Pakai regulation, {'…, '.join(_FILES)}…."
                )
        if not (inner / "regulation.toml").is_file():
            raise EngineError(f"{inner.name}: tidak ada regulation.toml. Setiap folder perlu sumber dan tingkat bukti.")
        found[inner.name] = load_regulation(inner / "regulation.toml")
    return found


@cache
def regulations() -> Mapping[str, Regulation]:
    """The regulations that come with the engine, by id."""
    return load_folder(FOLDER)


def resolve(cite: Cite, within: Mapping[str, Regulation] | None = None) -> Citation:
    """The citation with its title, place in words and evidence grade.

    Raises: EngineError when the regulation or the place in it does not exist.
    """
    known = regulations() if within is None else within
    regulation = known.get(cite.regulation)
    if regulation is None:
        raise EngineError(f"Rujukan “{cite.regulation}” tidak ada di folder peraturan.")
    place = regulation.places.get(cite.place)
    if place is None:
        raise EngineError(f"Rujukan “{cite.regulation}” tidak memuat tempat “{cite.place}”.")
    return Citation(regulation.id, regulation.title, place.text, cite.grade or place.grade)


@cache
def rules_digest() -> str:
    """SHA-256 over all regulations, scales and instruments (not their worked examples): equal digest, equal rules."""
    paths = sorted(path for path in FOLDER.glob("*/*.toml") if not path.name.startswith(_EXAMPLES))
    return sha256_of({_where(path): _dated(read_toml(path)) for path in paths})


def _dated(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _dated(inner) for key, inner in value.items()}
    return [_dated(inner) for inner in value] if isinstance(value, list) else value
