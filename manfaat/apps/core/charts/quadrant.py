"""Benefit against money: each thing a dot, the plane cut in four by two lines that people agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt
from textwrap import wrap

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import Chart
from manfaat.apps.core.charts.scale import Linear, finite, known, nice_ticks
from manfaat.apps.core.charts.words import no_data, said, tick

LABELLED, LETTER = 8, 6.3
NAMES = 38.0
"""Height of two lines of a quadrant's name, kept free of other words."""
ALARM = 3
"""The quadrant at the lower right (high `x`, low `y`) stands out: money went, benefit did not come."""


@dataclass(frozen=True)
class Point:
    """One dot. Without an `x` or a `y` it stands only in the table. `size` (pagu) makes its area."""

    label: str
    x: float | None
    y: float | None
    size: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Plane:
    """What the two axes mean: where the lines cross, the words and the unit beside them, the names of the quadrants.

    `names` are upper left, upper right, lower left, lower right.
    """

    x_line: float
    y_line: float
    x_label: str
    y_label: str
    names: tuple[str, str, str, str]
    unit: str = "%"

    def quadrant(self, point: Point) -> int | None:
        """0 to 3 in the order of `names`; a dot on a line belongs to the right and to the upper side."""
        if point.x is None or point.y is None:
            return None
        return (0 if point.y >= self.y_line else 2) + (1 if point.x >= self.x_line else 0)


def quadrant(
    *,
    title: str,
    points: Sequence[Point],
    x_line: float,
    y_line: float,
    x_label: str,
    y_label: str,
    names: tuple[str, str, str, str],
    unit: str = "%",
    size_label: str = "",
) -> Chart:
    """The plane with its dots; the eight farthest from the crossing are named, all stand in the table."""
    plane = Plane(x_line, y_line, x_label, y_label, names, unit)
    points = [replace(point, x=finite(point.x), y=finite(point.y), size=finite(point.size)) for point in points]
    columns = [gettext("Nama"), x_label, y_label, gettext("Kuadran")]
    rows = [[p.label, said(p.x, unit), said(p.y, unit), _name(plane, p)] for p in points]
    if size_label:
        columns.insert(3, size_label)
        rows = [[*row[:3], said(p.size, "Rp"), row[3]] for row, p in zip(rows, points, strict=True)]
    if any(p.note for p in points):
        columns.append(gettext("Catatan"))
        rows = [[*row, p.note] for row, p in zip(rows, points, strict=True)]
    description = _description(plane, points)
    return Chart(
        kind="quadrant",
        title=title,
        description=description,
        svg=svg.both_widths(lambda width, uid: _draw(plane, points, (title, description), width, uid)),
        columns=columns,
        rows=rows,
    )


def _name(plane: Plane, point: Point) -> str:
    place = plane.quadrant(point)
    return no_data() if place is None else plane.names[place]


def _description(plane: Plane, points: Sequence[Point]) -> str:
    places = [plane.quadrant(point) for point in points]
    counted = "; ".join(f"{name}: {places.count(i)}" for i, name in enumerate(plane.names))
    parts = {"x": plane.x_label, "y": plane.y_label, "counted": counted, "missing": places.count(None)}
    said_counts = gettext("Mendatar %(x)s, tegak %(y)s. %(counted)s.") % parts
    if parts["missing"]:
        said_counts += " " + gettext("%(missing)s tidak digambar karena nilainya belum ada.") % parts
    return said_counts + " " + gettext("Letak titik menunjukkan hubungan, bukan sebab.")


def _axis(values: Sequence[float], line: float) -> list[float]:
    low, high = min([*values, line]), max([*values, line])
    room = (high - low) * 0.06 or abs(line) * 0.1 or 1.0
    return nice_ticks(low - room if low - room >= 0 or low < 0 else 0.0, high + room)


def _draw(plane: Plane, points: Sequence[Point], words: tuple[str, str], width: float, uid: str) -> SafeString:
    wide = width > svg.NARROW
    height = 420.0 if wide else 380.0
    left, right, top, bottom = (64.0, width - 22, 16.0, height - 48) if wide else (58.0, width - 20, 12.0, height - 44)
    drawn = [(p, p.x, p.y) for p in points if plane.quadrant(p) is not None and p.x is not None and p.y is not None]
    x_ticks, y_ticks = _axis([x for _, x, _ in drawn], plane.x_line), _axis([y for _, _, y in drawn], plane.y_line)
    x, y = Linear(x_ticks[0], x_ticks[-1], left, right), Linear(y_ticks[0], y_ticks[-1], bottom, top)
    body: list[str] = [
        svg.tag("g", *_ground(plane, x, y), aria_hidden="true"),
        svg.tag("g", *_axes(plane, x_ticks, y_ticks, x, y), aria_hidden="true", fill=svg.GREY, class_="c-quiet"),
    ]
    if drawn:
        places = [(p, x(px), y(py), _radius(p, points, wide)) for p, px, py in drawn]
        body += _dots(plane, places, wide)
        body += _labels(plane, places, (x(plane.x_line), y(plane.y_line)), (left, top, right, bottom))
    else:
        body.append(svg.text((left + right) / 2, (top + bottom) / 2 + 30, no_data(), text_anchor="middle"))
    return svg.drawing(*words, (width, height), body, uid=uid, kind="chart__wide" if wide else "chart__narrow")


def _ground(plane: Plane, x: Linear, y: Linear) -> list[str]:
    across, up = x(plane.x_line), y(plane.y_line)
    return [
        svg.box(x.start, y.stop, x.stop - x.start, y.start - y.stop, fill=svg.PALE, class_="c-band"),
        svg.box(across, up, x.stop - across, y.start - up, fill="#fbe9e7", class_="c-alarm-ground"),
        svg.line(across, y.stop, across, y.start, stroke=svg.GREY, class_="c-cross"),
        svg.line(x.start, up, x.stop, up, stroke=svg.GREY, class_="c-cross"),
        *_quadrant_names(plane, x, y),
    ]


def _quadrant_names(plane: Plane, x: Linear, y: Linear) -> list[str]:
    """The four names in the four corners, each only as long as its quadrant is wide."""
    across = x(plane.x_line)
    marks: list[str] = []
    for place, name in enumerate(plane.names):
        is_right, is_low = place % 2 == 1, place >= 2
        room = (x.stop - across if is_right else across - x.start) - 12
        lines = wrap(name, max(int(room / LETTER), 4), max_lines=2, placeholder="…")
        first = y.start - 9 - 14 * (len(lines) - 1) if is_low else y.stop + 17
        at, anchor = (x.stop - 8, "end") if is_right else (x.start + 8, "start")
        words = [svg.text(at, first + 14 * number, line) for number, line in enumerate(lines)]
        fill, kind = ("#8a130b", "c-alarm-text") if place == ALARM else (svg.GREY, "c-quiet")
        marks.append(svg.tag("g", *words, text_anchor=anchor, font_weight="600", fill=fill, class_=kind))
    return marks


def _axes(plane: Plane, x_ticks: Sequence[float], y_ticks: Sequence[float], x: Linear, y: Linear) -> list[str]:
    foot = y.start
    every = 2 if x.stop - x.start < 400 and len(x_ticks) > 5 else 1
    marks: list[str] = [svg.text(x(v), foot + 16, tick(v, plane.unit), text_anchor="middle") for v in x_ticks[::every]]
    marks += [svg.text(x.start - 7, y(v) + 4, tick(v, plane.unit), text_anchor="end") for v in y_ticks]
    marks.append(svg.text((x.start + x.stop) / 2, foot + 36, f"{plane.x_label} →", text_anchor="middle"))
    middle = (y.start + y.stop) / 2
    turned = f"rotate(-90 12 {svg.place(middle)})"
    marks.append(svg.text(12, middle, f"{plane.y_label} →", text_anchor="middle", transform=turned))
    return marks


def _radius(point: Point, points: Sequence[Point], wide: bool) -> float:
    """Area in proportion to the size; one size for all where none is given."""
    most = max(known(p.size for p in points), default=0.0)
    least, span = (3.5, 11.0) if wide else (3.0, 7.0)
    if most <= 0 or point.size is None:
        return 5.0 if wide else 4.0
    return least + span * sqrt(max(point.size, 0.0) / most)


Place = tuple[Point, float, float, float]


def _dots(plane: Plane, places: Sequence[Place], wide: bool) -> list[str]:
    """Round dots, square where the quadrant alarms; titles only where there is a pointer to rest on them."""
    calm, alarming = [], []
    for point, x, y, r in sorted(places, key=lambda place: -place[3]):
        words = f"{point.label}: {said(point.x, plane.unit)}; {said(point.y, plane.unit)}"
        title = [svg.tag("title", words)] if wide else []
        if plane.quadrant(point) == ALARM:
            alarming.append(svg.box(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, *title))
        else:
            calm.append(svg.dot(x, y, r, *title))
    look = {"fill_opacity": "0.75", "stroke": "#fff"}
    return [
        svg.tag("g", *calm, fill=svg.SERIES[0], class_="c-dots", **look) if calm else "",
        svg.tag("g", *alarming, fill="#a3180f", class_="c-dots c-dots--alarm", **look) if alarming else "",
    ]


def _labels(
    plane: Plane, places: Sequence[Place], crossing: tuple[float, float], edges: tuple[float, float, float, float]
) -> list[str]:
    """Names beside the dots farthest from the crossing, on whichever side is free."""
    far = sorted(places, key=lambda place: -hypot(place[1] - crossing[0], place[2] - crossing[1]))[:LABELLED]
    taken = [(x - r, y - r, x + r, y + r) for _, x, y, r in places]
    left, top, right, bottom = edges
    corners = [(left, top, right, top + NAMES), (left, bottom - NAMES, right, bottom)]
    marks: list[str] = []
    for point, x, y, r in far:
        words = svg.short(point.label, 24)
        length = len(words) * LETTER
        for anchor, start in (("start", x + r + 4), ("end", x - r - 4 - length)):
            area = (start, y - 8, start + length, y + 6)
            if start < left or start + length > right or any(_meet(area, other) for other in [*taken, *corners]):
                continue
            taken.append(area)
            at = start if anchor == "start" else start + length
            marks.append(svg.text(at, y + 4, words, text_anchor=anchor))
            break
    return [svg.tag("g", *marks, fill=svg.INK, class_="c-text")]


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
