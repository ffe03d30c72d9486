"""Checks the container of old Office files before a parser walks it.

A compound file keeps its streams as chains of sectors. The parser follows a chain without asking whether it comes back
to itself, and a chain in a circle would fill the memory of the machine; so every chain is followed here first.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
_NAME_BYTES = 64


def stream_names(content: bytes) -> set[str]:
    """Names of the streams and folders in a compound file.

    Raises: ValueError where its header, its chains or its directory are not sound.
    """
    if len(content) < _HEADER:
        raise ValueError("shorter than its header")
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sectors of an unknown size")
    size = 1 << shift
    fat = _numbers(content, _fat_sectors(content, size), size)
    _check_chains(fat)
    directory_start, mini_start = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 60)[0]
    _check_chains(_numbers(content, _chain(fat, mini_start), size))
    names: set[str] = set()
    for sector in _chain(fat, directory_start):
        for at in range((sector + 1) * size, (sector + 2) * size, 128):
            entry = content[at : at + 128]
            length = int.from_bytes(entry[_NAME_BYTES : _NAME_BYTES + 2], "little")
            if len(entry) == 128 and 2 <= length <= _NAME_BYTES:
                names.add(entry[: length - 2].decode("utf-16-le", "replace"))
    return names


def _fat_sectors(content: bytes, size: int) -> list[int]:
    """The sectors that hold the table of chains: 109 named in the header, the others in a chain of their own."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while following < _LAST_SECTOR:
        if following in seen:
            raise ValueError("the list of sectors runs in a circle")
        seen.add(following)
        *more, following = _numbers(content, [following], size)
        sectors += more
    return [sector for sector in sectors if sector < _LAST_SECTOR]


def _numbers(content: bytes, sectors: Sequence[int], size: int) -> list[int]:
    numbers: list[int] = []
    for sector in sectors:
        block = content[(sector + 1) * size : (sector + 2) * size]
        if len(block) < size:
            raise ValueError("a sector lies behind the end of the file")
        numbers += struct.unpack(f"<{size // 4}I", block)
    return numbers


def _check_chains(following: Sequence[int]) -> None:
    """Raise ValueError where a chain meets itself."""
    state = bytearray(len(following))
    for start in range(len(following)):
        path: list[int] = []
        sector = start
        while sector < len(following) and not state[sector]:
            state[sector] = 1
            path.append(sector)
            sector = following[sector]
        if sector < len(following) and state[sector] == 1:
            raise ValueError("a chain runs in a circle")
        for passed in path:
            state[passed] = 2


def _chain(following: Sequence[int], start: int) -> list[int]:
    sectors: list[int] = []
    while start < len(following):
        sectors.append(start)
        start = following[start]
    return sectors
