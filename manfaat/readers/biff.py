"""Formula errors in old workbooks: the fast reader turns them into empty cells, and missing is not failed."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FORMULA, _BOOLERR, _BOUNDSHEET, _EOF = 0x0006, 0x0205, 0x0085, 0x000A
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def formula_errors(stream: bytes, sheet: str) -> dict[int, dict[int, str]]:
    """Row (from 1) -> column (from 0) -> error text, for one sheet of a BIFF8 `Workbook` stream.

    Source: [MS-XLS] 2.4.28 BoundSheet8, 2.4.24 BoolErr, 2.4.127 Formula, 2.5.133 FormulaValue.
    """
    faults: dict[int, dict[int, str]] = {}
    start = _start_of(stream, sheet)
    if start is None:
        return faults
    for kind, data in _records(stream, start):
        if kind == _EOF:
            break
        code = None
        if kind == _BOOLERR and len(data) >= 8 and data[7]:
            code = data[6]
        elif kind == _FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
            code = data[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", data)
            faults.setdefault(row + 1, {})[column] = _ERRORS.get(code, "#VALUE!")
    return faults


def _start_of(stream: bytes, sheet: str) -> int | None:
    """Offset of the first record of the sheet of that name."""
    for kind, data in _records(stream, 0):
        if kind == _EOF:
            return None
        if kind == _BOUNDSHEET and len(data) > 8:
            size, is_wide = data[6], data[7] & 1
            name = data[8 : 8 + size * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")
            if name == sheet:
                return int(struct.unpack_from("<I", data)[0])
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
