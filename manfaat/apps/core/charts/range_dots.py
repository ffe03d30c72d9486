"""A ranking that says how sure it is: a dot for the value, a whisker for its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.scale import Linear, known, nice_ticks
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
    drawn = rows[:MOST]
    numbers = known(number for row in drawn for number in (row.value, row.low, row.high))
    ticks = nice_ticks(min(numbers, default=0.0), max(numbers, default=1.0), 4)
    x = Linear(ticks[0], ticks[-1], LEFT, WIDTH - 14)
    foot = TOP + max(len(drawn), 1) * ROW
    body: list[str] = [svg.tag("g", *_axis(ticks, x, foot, unit), aria_hidden="true", fill=svg.GREY, class_="c-quiet")]
    if any(row.value is None for row in drawn):
        body.insert(0, svg.hatch(UID))
    for index, row in enumerate(drawn):
        body += _row(row, x, TOP + (index + 0.5) * ROW, said(row.value, unit, decimals))
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


def _row(row: RangeDot, x: Linear, y: float, words: str) -> list[str]:
    weight = "700" if row.highlight else None
    marks: list[str] = [
        svg.text(
            LEFT - 12,
            y + 4,
            svg.short(row.label, 21),
            text_anchor="end",
            font_weight=weight,
            class_="c-text",
            font_size=11,
        )
    ]
    if row.value is None or not known([row.value]):
        title = svg.tag("title", f"{row.label}: {no_data()}")
        return [*marks, svg.box(LEFT, y - 4, WIDTH - LEFT - 14, 8, title, fill=svg.hatched(UID))]
    if row.low is not None and row.high is not None and len(known([row.low, row.high])) == 2:
        marks.append(svg.line(x(row.low), y, x(row.high), y, stroke=svg.GREY, stroke_width=2, class_="c-whisker"))
    title = svg.tag("title", f"{row.label}: {words}")
    fill, kind = (svg.SERIES[1], "c-mine") if row.highlight else (svg.SERIES[0], "c-other")
    marks.append(svg.dot(x(row.value), y, 6 if row.highlight else 5, title, fill=fill, class_=kind))
    return marks
