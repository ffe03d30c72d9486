"""What each whole is made of: one bar a row, all bars the same length, parts as shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.scale import known
from manfaat.apps.core.charts.words import no_data, said
from manfaat.apps.core.formats import MISSING, percent_id

WIDTH, HEAD, ROW, MOST = 400.0, 34.0, 44.0, 30
WHITE_ON = (0,)
"""Parts dark enough for white figures; the others carry dark ones."""


@dataclass(frozen=True)
class StackRow:
    """One whole and its parts in the order of their names; a part without a number makes the row missing."""

    label: str
    values: Sequence[float | None]

    def shares(self) -> list[float] | None:
        """The parts in per cent of their sum, or None where they cannot be drawn."""
        numbers = [value for value in known(self.values) if value >= 0]
        total = sum(numbers)
        if len(numbers) < len(self.values) or total <= 0:
            return None
        return [value / total * 100 for value in numbers]


def stacked_bars(*, title: str, rows: Sequence[StackRow], parts: Sequence[str], unit: str = "Rp") -> Chart:
    """The bars, at most thirty drawn; up to four parts. The table holds amounts and shares of all rows."""
    drawn = [row for row in rows if row.values][:MOST]
    columns = [gettext("Nama")]
    for part in parts:
        columns += [part, gettext("%(part)s (bagian)") % {"part": part}]
    description = gettext("%(count)s batang, masing-masing 100%%, dibagi menjadi: %(parts)s.") % {
        "count": len(drawn),
        "parts": ", ".join(parts),
    }
    if len(rows) > len(drawn):
        description += " " + gettext("%(all)s baris ada di tabel.") % {"all": len(rows)}
    body = [svg.tag("g", *_key(parts), aria_hidden="true"), *_bars(drawn, parts)]
    return Chart(
        kind="stacked",
        title=title,
        description=description,
        svg=svg.drawing(title, description, (WIDTH, HEAD + max(len(drawn), 1) * ROW), body, kind="chart__single"),
        columns=columns,
        rows=[_table_row(row, len(parts), unit) for row in rows],
    )


def _table_row(row: StackRow, parts: int, unit: str) -> list[str]:
    shares = row.shares()
    cells = [row.label]
    for index in range(parts):
        cells.append(said(row.values[index] if index < len(row.values) else None, unit))
        cells.append(percent_id(shares[index], 1) if shares else MISSING)
    return cells


def _key(parts: Sequence[str]) -> list[str]:
    marks: list[str] = []
    x = 1.0
    for index, part in enumerate(parts):
        marks.append(svg.box(x, 4, 13, 13, fill=svg.SERIES[index % 4], class_=f"c-part-{index % 4 + 1}"))
        marks.append(svg.text(x + 19, 15, part, fill=svg.INK, class_="c-text"))
        x += 19 + len(part) * 6.6 + 18
    return marks


def _bars(rows: Sequence[StackRow], parts: Sequence[str]) -> list[str]:
    """The labels, then every part of all bars as one group, then the figures upon them, then the hatched bars."""
    labels: list[str] = []
    missing: list[str] = []
    areas: list[list[str]] = [[] for _ in parts]
    figures: list[list[str]] = [[] for _ in parts]
    for number, row in enumerate(rows):
        top, x, shares = HEAD + number * ROW, 1.0, row.shares()
        name = svg.short(row.label, 44) if shares else f"{svg.short(row.label, 40)} – {no_data()}"
        labels.append(svg.text(1, top + 12, name))
        if shares is None:
            missing.append(svg.box(1, top + 18, WIDTH - 2, 18, svg.tag("title", f"{row.label}: {no_data()}")))
        for index, share in enumerate(shares or []):
            width, words = share / 100 * (WIDTH - 2), percent_id(share, 1)
            title = svg.tag("title", f"{row.label}, {parts[index]}: {words}")
            areas[index].append(svg.box(x, top + 18, width, 18, title))
            if width > 44:
                figures[index].append(svg.text(x + 6, top + 31, words))
            x += width
    groups: list[str] = [svg.tag("g", *labels, fill=svg.INK, class_="c-text")]
    for index, area in enumerate(areas):
        ink, on = ("#fff", "c-on-part-1") if index in WHITE_ON else ("#000", "c-on-part")
        groups.append(svg.tag("g", *area, fill=svg.SERIES[index % 4], class_=f"c-part-{index % 4 + 1}"))
        groups.append(svg.tag("g", *figures[index], fill=ink, font_size=11, class_=on, pointer_events="none"))
    if missing:
        groups += [svg.hatch(UID), svg.tag("g", *missing, fill=svg.hatched(UID), stroke=svg.GREY)]
    return groups
