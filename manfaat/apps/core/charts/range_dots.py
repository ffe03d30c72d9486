"""A ranking that says how sure it is: a dot for the value, a whisker for its interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.scale import Linear, finite, known, nice_ticks
from manfaat.apps.core.charts.words import no_data, said, tick

WIDTH, LEFT, ROW, TOP, MOST = 400.0, 150.0, 20.0, 26.0, 40


@dataclass(frozen=True)
class RangeDot:
    """One row: `low` and `high` bound the value, or are None where no interval is known; `highlight` is ours."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    highlight: bool = False


def range_dots(*, title: str, rows: Sequence[RangeDot], unit: str = "%", decimals: int = 1) -> Chart:
    """The ranking in the order given, at most forty drawn; the table holds all."""
    rows = [replace(row, value=finite(row.value), low=finite(row.low), high=finite(row.high)) for row in rows]
    drawn = rows[:MOST]
    numbers = known(number for row in drawn for number in (row.value, row.low, row.high))
    ticks = nice_ticks(min(numbers, default=0.0), max(numbers, default=1.0), 4)
    x = Linear(ticks[0], ticks[-1], LEFT, WIDTH - 14)
    foot = TOP + max(len(drawn), 1) * ROW
    body = [
        svg.tag("g", *_axis(ticks, x, foot, unit), aria_hidden="true", fill=svg.GREY, class_="c-quiet"),
        svg.tag("g", *_labels(drawn), text_anchor="end", font_size=11, fill=svg.INK, class_="c-text"),
        *_marks(drawn, x, unit, decimals),
    ]
    description = _description(rows, len(drawn), unit, decimals)
    return Chart(
        kind="ranking",
        title=title,
        description=description,
        svg=svg.drawing(title, description, (WIDTH, foot + 4), body, kind="chart__single"),
        columns=[gettext("Nama"), gettext("Nilai"), gettext("Batas bawah"), gettext("Batas atas")],
        rows=[[r.label, *(said(number, unit, decimals) for number in (r.value, r.low, r.high))] for r in rows],
    )


def _description(rows: Sequence[RangeDot], drawn: int, unit: str, decimals: int) -> str:
    there = [row for row in rows if row.value is not None]
    if not there:
        return gettext("Peringkat. Belum ada data.")
    words = gettext("%(count)s baris, dari %(first)s %(high)s sampai %(last)s %(low)s.") % {
        "count": len(rows),
        "first": there[0].label,
        "high": said(there[0].value, unit, decimals),
        "last": there[-1].label,
        "low": said(there[-1].value, unit, decimals),
    }
    if any(row.low is not None and row.high is not None for row in rows):
        words += " " + gettext("Baris yang rentangnya bertumpang tindih belum tentu berbeda.")
    return words if drawn == len(rows) else words + " " + gettext("%(all)s baris ada di tabel.") % {"all": len(rows)}


def _axis(ticks: Sequence[float], x: Linear, foot: float, unit: str) -> list[str]:
    marks: list[str] = []
    for value in ticks:
        marks.append(svg.line(x(value), TOP - 4, x(value), foot, stroke=svg.LINE, class_="c-grid"))
        marks.append(svg.text(x(value), 14, tick(value, unit), text_anchor="middle", font_size=11))
    return marks


def _place(index: int) -> float:
    return TOP + (index + 0.5) * ROW


def _labels(rows: Sequence[RangeDot]) -> list[str]:
    return [
        svg.text(LEFT - 12, _place(i) + 4, svg.short(row.label, 21), font_weight="700" if row.highlight else None)
        for i, row in enumerate(rows)
    ]


def _marks(rows: Sequence[RangeDot], x: Linear, unit: str, decimals: int) -> list[str]:
    """The hatched rows, the whiskers, and on top of them the dots."""
    missing: list[str] = []
    whiskers: list[str] = []
    others: list[str] = []
    mine: list[str] = []
    for index, row in enumerate(rows):
        y = _place(index)
        if row.value is None:
            title = svg.tag("title", f"{row.label}: {no_data()}")
            missing.append(svg.box(LEFT, y - 4, WIDTH - LEFT - 14, 8, title))
            continue
        if row.low is not None and row.high is not None:
            whiskers.append(svg.line(x(row.low), y, x(row.high), y))
        title = svg.tag("title", f"{row.label}: {said(row.value, unit, decimals)}")
        (mine if row.highlight else others).append(svg.dot(x(row.value), y, 6 if row.highlight else 5, title))
    groups: list[str] = [svg.hatch(UID), svg.tag("g", *missing, fill=svg.hatched(UID))] if missing else []
    return [
        *groups,
        svg.tag("g", *whiskers, stroke=svg.GREY, stroke_width=2, class_="c-whisker"),
        svg.tag("g", *others, fill=svg.SERIES[0], class_="c-other"),
        svg.tag("g", *mine, fill=svg.SERIES[1], class_="c-mine"),
    ]
