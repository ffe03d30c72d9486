"""Checks the container of old Office files before a parser walks it.

A compound file keeps its streams as chains of sectors. The parser follows a chain without asking whether it comes back
to itself, and a chain in a circle would fill the memory of the machine; so every chain is followed here first.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
_NAME_BYTES = 64
_SMALL = 4096
_SMALL_SECTOR = 64
_ROOT = "Root Entry"


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file found sound: stream name -> first sector and size; the tables of large and of small sectors."""

    content: bytes
    sector_bytes: int
    entries: dict[str, tuple[int, int]]
    table: list[int]
    small_table: list[int]
    small_sectors: bytes

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises: KeyError where there is none of that name."""
        start, size = self.entries[name]
        if size >= _SMALL:
            return _joined(self.content, _chain(self.table, start), self.sector_bytes, self.sector_bytes)[:size]
        return _joined(self.small_sectors, _chain(self.small_table, start), _SMALL_SECTOR, 0)[:size]


def read_compound(content: bytes) -> Compound:
    """The compound file, its chains followed.

    Raises: ValueError where its header, its chains or its directory are not sound. Source: [MS-CFB] 2.2 to 2.6.
    """
    if len(content) < _HEADER:
        raise ValueError("shorter than its header")
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("sectors of an unknown size")
    size = 1 << shift
    table = _numbers(content, _fat_sectors(content, size), size)
    _check_chains(table)
    directory_start, small_start = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 60)[0]
    small_table = _numbers(content, _chain(table, small_start), size)
    _check_chains(small_table)
    entries: dict[str, tuple[int, int]] = {}
    directory = _joined(content, _chain(table, directory_start), size, size)
    for at in range(0, len(directory) - 127, 128):
        length = int.from_bytes(directory[at + _NAME_BYTES : at + _NAME_BYTES + 2], "little")
        if 2 <= length <= _NAME_BYTES:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            start, bytes_in_stream = struct.unpack_from("<II", directory, at + 116)
            entries.setdefault(name, (start, bytes_in_stream))
    root_start, _ = entries.get(_ROOT, (_LAST_SECTOR, 0))
    return Compound(content, size, entries, table, small_table, _joined(content, _chain(table, root_start), size, size))


def _joined(content: bytes, sectors: Sequence[int], size: int, first: int) -> bytes:
    """The sectors one after the other; sector 0 begins at byte `first`."""
    return b"".join(content[first + sector * size : first + (sector + 1) * size] for sector in sectors)


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
