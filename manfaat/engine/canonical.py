"""One way to write a JSON value, so that equal content has equal bytes and therefore one digest."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from manfaat.engine.errors import EngineError


def canonical_json(value: Any) -> str:
    """The value as JSON with sorted keys, no spaces, and whole floats written as integers (100.0 -> 100).

    Raises: EngineError for NaN, infinity, a key that is no text, or a type JSON does not have.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_of(value: Any) -> str:
    """SHA-256 in hexadecimal of the canonical JSON of the value in UTF-8."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def number(value: float) -> float | int:
    """The number as records hold it: an int where it is whole and exact in a double, else the float."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise EngineError(f"{value} tidak dapat ditulis sebagai JSON: bukan bilangan berhingga.")
        return number(value)
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise EngineError(f"Kunci {key!r} bukan teks; JSON hanya menerima kunci berupa teks.")
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise EngineError(f"Nilai bertipe {type(value).__name__} tidak dapat ditulis sebagai JSON.")
