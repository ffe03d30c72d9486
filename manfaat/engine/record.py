"""Checks a record that came from a file before anything trusts its fields."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from manfaat.engine.errors import EngineError
from manfaat.engine.series import Status

MOST_DECIMALS = 12


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_place_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DECIMALS


def _is_status(value: Any) -> bool:
    return isinstance(value, str) and value in {status.code for status in Status}


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, Mapping) for one in value)


_SHAPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("teks", lambda value: isinstance(value, str)),
    "text?": ("teks atau kosong", lambda value: value is None or isinstance(value, str)),
    "number?": ("bilangan atau kosong", lambda value: value is None or _is_number(value)),
    "status": ("salah satu status", _is_status),
    "decimals": (f"bilangan bulat 0 sampai {MOST_DECIMALS}", _is_place_count),
    "record": ("objek", lambda value: isinstance(value, Mapping)),
    "records": ("daftar objek", _is_list_of_records),
}


def check_record(what: str, record: Any, shapes: Mapping[str, str], *, complete: bool) -> None:
    """Refuses a record with an unknown field, a field of a wrong shape, or, if `complete`, without one of the fields.

    shapes: per field one of text, text?, number?, status, decimals, record, records.
    Raises: EngineError that names the record and the field.
    """
    if not isinstance(record, Mapping):
        raise EngineError(f"Catatan {what} bukan objek.")
    name = record.get("key", record.get("name", "?"))
    for field, value in record.items():
        if field not in shapes:
            raise EngineError(f"Catatan {what} “{name}” memuat “{field}” yang tidak dikenal versi Manfaat ini.")
        words, holds = _SHAPES[shapes[field]]
        if not holds(value):
            raise EngineError(f"Catatan {what} “{name}”: {field} berisi {value!r}, seharusnya {words}.")
    absent = [field for field in shapes if field not in record]
    if complete and absent:
        raise EngineError(f"Catatan {what} “{name}” tidak memuat {', '.join(absent)}.")
