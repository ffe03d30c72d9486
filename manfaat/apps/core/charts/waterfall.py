"""Where points went: from full marks down to what was reached, one bar a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.scale import Linear
from manfaat.apps.core.charts.words import said
from manfaat.apps.core.formats import MISSING

WIDTH, TOP, ROW, BAR, MOST = 400.0, 4.0, 40.0, 15.0, 16
LETTER = 6.6
"""About how wide a letter is: a line that would cross the words is left out."""
LOST, OPEN, GAINED = "lost", "open", "gained"


@dataclass(frozen=True)
class Fall:
    """One step: points lost, negative where points were gained. `is_open`: not lost, but not decided yet.

    `is_rest`: several small steps drawn as one.
    """

    label: str
    points: float
    of: float | None = None
    is_open: bool = False
    is_rest: bool = False


def waterfall(
    *, title: str, start: tuple[str, float], falls: Sequence[Fall], end: tuple[str, float], decimals: int = 2
) -> Chart:
    """The steps in their order; of more than sixteen the largest are drawn and the rest as one step.

    The table holds every step. `start` and `end` are the name and height of the first and last bar; start less all
    steps is end.
    """
    falls = [fall for fall in falls if isfinite(fall.points)]
    drawn = _drawn(falls)
    description = gettext("Dari %(start)s %(from)s turun melalui %(count)s langkah menjadi %(end)s %(to)s.") % {
        "start": start[0],
        "from": said(start[1], "", decimals),
        "count": len(falls),
        "end": end[0],
        "to": said(end[1], "", decimals),
    }
    size = (WIDTH, TOP + (len(drawn) + 2) * ROW)
    return Chart(
        kind="waterfall",
        title=title,
        description=description,
        svg=svg.drawing(title, description, size, _body(start, drawn, end, decimals), kind="chart__single"),
        columns=[gettext("Langkah"), gettext("Poin"), gettext("Dari paling banyak"), gettext("Tersisa")],
        rows=_table(start, falls, end, decimals),
    )


def _open_words(points: str) -> str:
    """Points that nobody has decided yet, as a bar is named."""
    return gettext("%(points)s belum diputuskan") % {"points": points.lstrip("−")}


def _drawn(falls: Sequence[Fall]) -> list[Fall]:
    if len(falls) <= MOST:
        return list(falls)
    largest = sorted(range(len(falls)), key=lambda at: -abs(falls[at].points))[: MOST - 1]
    kept = [falls[at] for at in sorted(largest)]
    rest = [fall for at, fall in enumerate(falls) if at not in set(largest)]
    words = gettext("%(count)s langkah lain (ada di tabel)") % {"count": len(rest)}
    return [*kept, Fall(words, sum(fall.points for fall in rest), None, all(fall.is_open for fall in rest), True)]


def _table(start: tuple[str, float], falls: Sequence[Fall], end: tuple[str, float], decimals: int) -> list[list[str]]:
    rows = [[start[0], said(start[1], "", decimals), MISSING, said(start[1], "", decimals)]]
    left = start[1]
    for fall in falls:
        left -= fall.points
        label = gettext("%(name)s (belum diputuskan)") % {"name": fall.label} if fall.is_open else fall.label
        of = MISSING if fall.of is None else said(fall.of, "", decimals)
        rows.append([label, _change(fall.points, decimals), of, said(left, "", decimals)])
    return [*rows, [end[0], said(end[1], "", decimals), MISSING, said(end[1], "", decimals)]]


def _change(points: float, decimals: int) -> str:
    return ("−" if points > 0 else "+") + said(abs(points), "", decimals)


def _body(start: tuple[str, float], falls: Sequence[Fall], end: tuple[str, float], decimals: int) -> list[str]:
    heights = [start[1], end[1], 0.0]
    left = start[1]
    for fall in falls:
        left -= fall.points
        heights.append(left)
    top = max(heights)
    x = Linear(min(heights), top if top > min(heights) else top + 1, 1, WIDTH - 1)
    names = [svg.text(1, TOP + 12, f"{start[0]} {said(start[1], '', decimals)}")]
    bars: dict[str, list[str]] = {LOST: [], OPEN: [], GAINED: []}
    links: list[str] = []
    left, y = start[1], TOP + ROW
    for fall in falls:
        change = _change(fall.points, decimals)
        words = f"{svg.short(fall.label, 44)}  {_open_words(change) if fall.is_open else change}"
        names.append(svg.text(1, y + 12, words))
        low, high = sorted((x(left - fall.points), x(left)))
        kind = OPEN if fall.is_open else LOST if fall.points > 0 else GAINED
        hint = [] if fall.is_rest else [svg.tag("title", f"{fall.label}: {_change(fall.points, decimals)}")]
        bars[kind].append(svg.box(low, y + 18, max(high - low, 1.5), BAR, *hint))
        if x(left) > len(words) * LETTER:
            links.append(svg.line(x(left), y + 18 - ROW + BAR, x(left), y + 18))
        left -= fall.points
        y += ROW
    names.append(svg.text(1, y + 12, f"{end[0]} {said(end[1], '', decimals)}", font_weight=650))
    zero = x(0.0)
    wholes = [svg.box(zero, at + 18, x(value) - zero, BAR) for at, value in ((TOP, start[1]), (y, end[1]))]
    return [
        svg.tag("g", *names, fill=svg.INK, class_="c-text"),
        svg.tag("g", *links, stroke=svg.GREY, class_="c-cross"),
        svg.tag("g", *wholes, fill=svg.SERIES[0], class_="c-part-1"),
        svg.tag("g", *bars[LOST], fill=svg.SERIES[1], class_="c-part-2"),
        svg.tag("g", *bars[GAINED], fill=svg.SERIES[2], class_="c-part-3"),
        *([svg.hatch(UID), svg.tag("g", *bars[OPEN], fill=svg.hatched(UID), stroke=svg.GREY)] if bars[OPEN] else []),
    ]
