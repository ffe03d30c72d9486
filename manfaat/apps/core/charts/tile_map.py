"""A map in which every area is one square of the same size, coloured by class."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import Chart
from manfaat.apps.core.charts.scale import finite, known
from manfaat.apps.core.charts.words import no_data, said

SHADES = ("#eff3ff", "#bdd7e7", "#6baed6", "#2f7ab3", "#08519c")
CITY = "Kota "
KINDS = ("Kabupaten ", CITY, "Provinsi ", "Kepulauan ", "Daerah Istimewa ", "Daerah Khusus ")


@dataclass(frozen=True)
class Tile:
    """One area at a column and row of the map; `value` None is drawn hatched."""

    code: str
    label: str
    column: int
    row: int
    value: float | None
    note: str = ""


@dataclass(frozen=True)
class Classes:
    """Up to five classes by their upper limits (the last one is open upwards)."""

    limits: tuple[float, ...]

    def of(self, value: float | None) -> int | None:
        """The class of a value, 0 for the lowest."""
        if value is None:
            return None
        return sum(value > limit for limit in self.limits)

    def shade(self, number: int) -> int:
        """Which of the five shades a class wears: few classes still reach from pale to dark."""
        return number if not self.limits else round(number * 4 / len(self.limits))


def quantile_limits(values: Sequence[float | None], classes: int) -> tuple[float, ...]:
    """Upper limits that put about as many areas into every class; equal limits fall together."""
    numbers = sorted(known(values))
    cuts = {numbers[len(numbers) * i // classes - 1] for i in range(1, classes) if len(numbers) * i // classes > 0}
    return tuple(sorted(cuts - {numbers[-1]})) if numbers else ()


def tile_map(
    *,
    title: str,
    tiles: Sequence[Tile],
    unit: str,
    classes: int = 5,
    limits: Sequence[float] = (),
    lower_is_better: bool = False,
    decimals: int = 1,
) -> Chart:
    """The map; `limits` are class limits that a regulation sets, else quantiles. The table begins with the neediest."""
    tiles = [replace(tile, value=finite(tile.value)) for tile in tiles]
    groups = Classes(tuple(sorted(limits)) or quantile_limits([t.value for t in tiles], min(classes, 5)))
    ranges = _ranges(groups, tiles, unit, decimals)
    description = _description(tiles, ranges, unit, decimals)
    ordered = sorted(
        tiles, key=lambda t: (t.value is None, (-t.value if lower_is_better else t.value) if t.value is not None else 0)
    )
    with_value = [t for t in ordered if t.value is not None]
    rows = [
        [
            tile.label,
            said(tile.value, unit, decimals),
            no_data() if (group := groups.of(tile.value)) is None else ranges[group],
            "–" if tile.value is None else str(1 + [t.value for t in with_value].index(tile.value)),
            tile.note,
        ]
        for tile in ordered
    ]
    return Chart(
        kind="tile-map",
        title=title,
        description=description,
        svg=svg.both_widths(
            lambda w, uid: _draw(tiles, groups, ranges, (title, description, unit), (w, decimals, uid))
        ),
        columns=[gettext("Wilayah"), gettext("Nilai"), gettext("Kelas"), gettext("Urutan"), gettext("Catatan")],
        rows=rows,
    )


def _ranges(groups: Classes, tiles: Sequence[Tile], unit: str, decimals: int) -> list[str]:
    """Each class as the span of the values it holds, else of its limits."""
    found: list[str] = []
    for number in range(len(groups.limits) + 1):
        inside = [t.value for t in tiles if t.value is not None and groups.of(t.value) == number]
        if not inside:
            bound = groups.limits[min(number, len(groups.limits) - 1)] if groups.limits else None
            found.append(f"{'>' if number == len(groups.limits) else '≤'} {said(bound, unit, decimals)}")
        else:
            ends = [said(end, unit, decimals) for end in (min(inside), max(inside))]
            found.append(ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix('%')}–{ends[1]}")
    return found


def _description(tiles: Sequence[Tile], ranges: Sequence[str], unit: str, decimals: int) -> str:
    there = [t for t in tiles if t.value is not None]
    if not there:
        return gettext("Peta ubin. Belum ada data.")
    least, most = min(there, key=lambda t: t.value or 0), max(there, key=lambda t: t.value or 0)
    return gettext(
        "Peta ubin %(count)s wilayah dalam %(classes)s kelas. Terendah %(least)s %(low)s, tertinggi %(most)s %(high)s."
        " %(missing)s wilayah belum ada data."
    ) % {
        "count": len(tiles),
        "classes": len(ranges),
        "least": least.label,
        "low": said(least.value, unit, decimals),
        "most": most.label,
        "high": said(most.value, unit, decimals),
        "missing": len(tiles) - len(there),
    }


def _draw(
    tiles: Sequence[Tile],
    groups: Classes,
    ranges: Sequence[str],
    words: tuple[str, str, str],
    how: tuple[float, int, str],
) -> SafeString:
    (title, description, unit), (width, decimals, uid) = words, how
    wide = width > svg.NARROW
    first_column, first_row = min((t.column for t in tiles), default=0), min((t.row for t in tiles), default=0)
    columns = max((t.column for t in tiles), default=0) - first_column + 1
    rows = max((t.row for t in tiles), default=0) - first_row + 1
    side = min(width / columns, 78.0 if wide else 60.0)
    left = (width - side * columns) / 2
    body: list[str] = [svg.hatch(uid)] if any(groups.of(t.value) is None for t in tiles) else []
    for tile in tiles:
        corner = (left + (tile.column - first_column) * side, (tile.row - first_row) * side)
        body.append(_tile(tile, groups, corner, side, (unit if wide else None, decimals, uid)))
    cities = any(t.label.startswith(CITY) for t in tiles) and not all(t.label.startswith(CITY) for t in tiles)
    legend, height = _legend(groups, [*ranges, *([gettext("Sudut bulat: kota")] * cities)], rows * side + 14, width)
    return svg.drawing(
        title,
        description,
        (width, height),
        [*body, svg.tag("g", *legend, aria_hidden="true")],
        uid=uid,
        kind="chart__wide" if wide else "chart__narrow",
    )


def _tile(
    tile: Tile, groups: Classes, corner: tuple[float, float], side: float, how: tuple[str | None, int, str]
) -> SafeString:
    unit, decimals, uid = how  # without a unit there is no title: the small map has no pointer to rest on it
    x, y = corner
    group = groups.of(tile.value)
    shade = None if group is None else groups.shade(group)
    words = no_data() if group is None else said(tile.value, unit or "", decimals)
    title = [svg.tag("title", f"{tile.label}: {words}")] if unit is not None else []
    fill = svg.hatched(uid) if shade is None else SHADES[shade]
    kind = "c-none" if shade is None else f"c-map-{shade + 1}"
    ink = "#fff" if shade is not None and shade >= 3 else svg.INK
    round_by = side / 3.5 if tile.label.startswith(CITY) else 3
    area = svg.box(x + 1, y + 1, side - 2, side - 2, fill=fill, stroke=svg.GREY, rx=round_by, class_=kind)
    name = tile.label
    for word in KINDS:
        name = name.removeprefix(word)
    if side < 22:
        return svg.tag("g", *title, area)
    size = 11.0 if side > 44 and len(name) * 6.2 < side - 4 else 9.5 if side > 36 else 9.0
    letters = int((side - 4) / 5.4) if side > 36 else 4
    label = svg.text(x + side / 2, y + side / 2 - 1, _fitted(name, letters))
    number = said(tile.value, "", decimals) if group is not None else "–"
    value = svg.text(x + side / 2, y + side / 2 + size + 2, number) if len(number) * size * 0.56 < side - 4 else ""
    return svg.tag(
        "g",
        *title,
        area,
        label,
        value,
        fill=ink,
        font_size=size,
        text_anchor="middle",
        class_="c-on-none" if shade is None else f"c-on-{shade + 1}",
    )


def _fitted(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: max(letters - 1, 3)] + ("." if letters > 4 else "")


def _legend(groups: Classes, ranges: Sequence[str], top: float, width: float) -> tuple[list[str], float]:
    """The classes (and what round corners mean) in columns, and the height the drawing needs with them."""
    per_row = max(int(width // 124), 1)
    marks: list[str] = []
    for number, words in enumerate(ranges):
        x, y = (number % per_row) * 124.0 + 1, top + (number // per_row) * 22
        if number <= len(groups.limits):
            shade = groups.shade(number)
            marks.append(svg.box(x, y, 14, 14, fill=SHADES[shade], stroke=svg.GREY, class_=f"c-map-{shade + 1}"))
        else:
            marks.append(svg.box(x, y, 14, 14, fill="none", stroke=svg.GREY, rx=4.5, class_="c-outline"))
        marks.append(svg.text(x + 20, y + 11.5, words, font_size=11, fill=svg.INK, class_="c-text"))
    return marks, top + -(-len(ranges) // per_row) * 22
