"""Cumulative plan against cumulative realisation by month, with the quarters as bands."""

from collections.abc import Sequence
from itertools import zip_longest

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import Chart
from manfaat.apps.core.charts.scale import Linear, finite, known, nice_ticks
from manfaat.apps.core.charts.words import difference, no_data, said, tick
from manfaat.apps.core.formats import roman

MOST_DOTS = 24
Values = Sequence[float | None]
Points = list[tuple[float, float] | None]


class _Curve:
    """The numbers of one picture, and where the last realisation stands."""

    def __init__(self, months: Sequence[str], planned: Values, realised: Values, previous: Values, unit: str) -> None:
        self.months, self.unit = months, unit
        self.planned, self.realised, self.previous = (
            [finite(value) for value, _ in zip_longest(line[: len(months)], months)]
            for line in (planned, realised, previous)
        )
        self.last = max((i for i, value in enumerate(self.realised) if value is not None), default=None)

    def gap(self, index: int | None) -> float | None:
        """Realisation minus plan in one month, where both are known."""
        if index is None:
            return None
        planned, realised = self.planned[index], self.realised[index]
        return None if planned is None or realised is None else realised - planned


def s_curve(
    *,
    title: str,
    months: Sequence[str],
    planned: Values,
    realised: Values,
    previous: Values | None = None,
    unit: str = "%",
) -> Chart:
    """The S-curve; the three lists run beside `months`, cumulative, None where there is no number (yet)."""
    curve = _Curve(months, planned, realised, previous or [], unit)
    description = _description(curve)
    columns = [gettext("Bulan"), gettext("Rencana kumulatif"), gettext("Realisasi kumulatif"), gettext("Deviasi")]
    rows = [
        [month, said(curve.planned[i], unit), said(curve.realised[i], unit), _difference(curve.gap(i), unit)]
        for i, month in enumerate(months)
    ]
    if previous is not None:
        columns.append(gettext("Tahun lalu"))
        rows = [[*row, said(curve.previous[i], unit)] for i, row in enumerate(rows)]
    return Chart(
        kind="s-curve",
        title=title,
        description=description,
        svg=svg.both_widths(lambda width, uid: _draw(curve, title, description, width, uid)),
        columns=columns,
        rows=rows,
    )


def _difference(gap: float | None, unit: str) -> str:
    return said(None, unit) if gap is None else difference(gap, unit)


def _description(curve: _Curve) -> str:
    if curve.last is None:
        return gettext("Kurva S. Belum ada realisasi yang tercatat.")
    parts = {
        "month": curve.months[curve.last],
        "realised": said(curve.realised[curve.last], curve.unit),
        "planned": said(curve.planned[curve.last], curve.unit),
    }
    if curve.planned[curve.last] is None:
        return gettext("Kurva S. Realisasi sampai %(month)s %(realised)s; rencana bulan itu belum ada.") % parts
    return gettext("Kurva S. Sampai %(month)s rencana %(planned)s, realisasi %(realised)s.") % parts


def _draw(curve: _Curve, title: str, description: str, width: float, uid: str) -> SafeString:
    wide = width > svg.NARROW
    height, left, right, top, bottom = (340.0, 52.0, 128.0, 30.0, 30.0) if wide else (310.0, 44.0, 20.0, 60.0, 26.0)
    values = known([*curve.planned, *curve.realised, *curve.previous])
    ticks = nice_ticks(min([0.0, *values]), max([*values, 100.0 if curve.unit == "%" else 0.0]), 5 if wide else 4)
    count = len(curve.months)
    x = Linear(0, max(count, 1), left, width - right)
    y = Linear(ticks[0], ticks[-1], height - bottom, top)
    body: list[str] = [
        svg.tag("g", *_bands(count, x, top, height - bottom), aria_hidden="true"),
        svg.tag(
            "g",
            *_axes(curve, ticks, x, y, (left, width - right, height - 8)),
            aria_hidden="true",
            fill=svg.GREY,
            class_="c-quiet",
        ),
    ]
    if values:
        body += _lines(curve, x, y, wide)
    else:
        body.append(svg.text((left + width - right) / 2, height / 2, no_data(), text_anchor="middle", class_="c-text"))
    return svg.drawing(title, description, (width, height), body, uid=uid, kind=_which(wide))


def _which(wide: bool) -> str:
    return "chart__wide" if wide else "chart__narrow"


def _bands(count: int, x: Linear, top: float, bottom: float) -> list[str]:
    """The quarters of a year: every second one tinted, each named at its head."""
    marks: list[str] = []
    if not 1 < count <= 12:
        return marks
    for number, start in enumerate(range(0, count, 3), start=1):
        left, right = x(start), x(min(start + 3, count))
        if number % 2:
            marks.append(svg.box(left, top, right - left, bottom - top, fill=svg.PALE, class_="c-band"))
        words = f"TW {roman(number)}"
        marks.append(svg.text((left + right) / 2, top - 8, words, text_anchor="middle", class_="c-quiet", font_size=11))
    return marks


def _axes(curve: _Curve, ticks: Sequence[float], x: Linear, y: Linear, edges: tuple[float, float, float]) -> list[str]:
    left, right, foot = edges
    marks: list[str] = []
    for value in ticks:
        marks.append(svg.line(left, y(value), right, y(value), stroke=svg.LINE, class_="c-grid"))
        marks.append(svg.text(left - 8, y(value) + 4, tick(value, curve.unit), text_anchor="end"))
    letters = 3 if x(1) - x(0) > 26 else 1
    every = max(1, -(-len(curve.months) // 14))
    for index, month in enumerate(curve.months):
        if index % every == 0:
            marks.append(svg.text(x(index + 0.5), foot, month[:letters], text_anchor="middle"))
    return marks


def _points(values: Values, x: Linear, y: Linear) -> Points:
    return [None if value is None else (x(i + 0.5), y(value)) for i, value in enumerate(values)]


def _lines(curve: _Curve, x: Linear, y: Linear, wide: bool) -> list[str]:
    """The lines from the quietest to the loudest, the dots of the realisation, and the names at the ends."""
    planned, realised = _points(curve.planned, x, y), _points(curve.realised, x, y)
    marks: list[str] = [
        svg.path(_points(curve.previous, x, y), stroke=svg.GREY, stroke_width=1.5, class_="c-previous"),
        svg.path(planned, stroke=svg.SERIES[0], stroke_width=1.5, stroke_dasharray="5 4", class_="c-plan"),
    ]
    here = realised[curve.last] if curve.last is not None else None
    there = planned[curve.last] if curve.last is not None else None
    if here and there and abs(here[1] - there[1]) > 1:
        marks.append(svg.line(*there, *here, stroke=svg.SERIES[1], stroke_width=2, class_="c-gap"))
    marks.append(svg.path(realised, stroke=svg.INK, stroke_width=3.5, class_="c-real"))
    dots = [
        svg.dot(*point, 5 if i == curve.last else 3, *([_hover(curve, i)] if wide else []))
        for i, point in enumerate(realised)
        if point and (i == curve.last or (wide and len(realised) <= MOST_DOTS))
    ]
    marks.append(svg.tag("g", *dots, fill=svg.INK, class_="c-real-dot") if dots else "")
    return marks + (_names(curve, x, y) if wide else _key(curve))


def _hover(curve: _Curve, index: int) -> str:
    return svg.tag("title", f"{curve.months[index]}: {said(curve.realised[index], curve.unit)}")


def _names(curve: _Curve, x: Linear, y: Linear) -> list[str]:
    """Each line named at its own end, pushed apart where ends meet; the deviation beside the last realisation."""
    ends: list[tuple[float, str, str]] = []
    for values, name, kind in (
        (curve.planned, gettext("Rencana"), "c-plan-text"),
        (curve.realised, gettext("Realisasi"), "c-real-text"),
        (curve.previous, gettext("Tahun lalu"), "c-quiet"),
    ):
        last = max((i for i, value in enumerate(values) if value is not None), default=None)
        if last is not None and (value := values[last]) is not None:
            ends.append((y(value), f"{name} {said(value, curve.unit)}", kind))
    marks: list[str] = []
    floor = y.stop - 14
    for place, words, kind in sorted(ends):
        floor = max(place, floor + 15)
        weight = "700" if kind == "c-real-text" else None
        marks.append(svg.text(x.stop + 8, floor + 4, words, class_=kind, fill=svg.INK, font_weight=weight))
    gap = curve.gap(curve.last)
    if gap is not None and curve.last is not None:
        place = y(curve.realised[curve.last] or 0.0) + 22
        marks.append(svg.text(x.stop + 8, place, _gap_words(gap, curve.unit), class_=_gap_kind(gap), fill=svg.INK))
    return marks


def _gap_words(gap: float, unit: str) -> str:
    return gettext("deviasi %(gap)s") % {"gap": difference(gap, unit)}


def _gap_kind(gap: float) -> str:
    return "c-gap-under" if gap < 0 else "c-text"


def _key(curve: _Curve) -> list[str]:
    """On a phone the names stand in one line over the picture."""
    last = curve.last
    words = f"{gettext('Realisasi')} {said(curve.realised[last], curve.unit)}" if last is not None else ""
    plan = f"{gettext('Rencana')} {said(curve.planned[last], curve.unit)}" if last is not None else gettext("Rencana")
    marks: list[str] = [
        svg.line(2, 10, 20, 10, stroke=svg.INK, stroke_width=3.5, class_="c-real"),
        svg.text(25, 14, words or no_data(), class_="c-real-text", fill=svg.INK, font_weight="700"),
    ]
    if known(curve.planned):
        marks.append(svg.line(172, 10, 190, 10, stroke=svg.SERIES[0], stroke_dasharray="5 4", class_="c-plan"))
        marks.append(svg.text(195, 14, plan, class_="c-plan-text", fill=svg.INK))
    if known(curve.previous):
        marks.append(svg.line(172, 28, 190, 28, stroke=svg.GREY, stroke_width=1.5, class_="c-previous"))
        marks.append(svg.text(195, 32, gettext("Tahun lalu"), class_="c-quiet", fill=svg.GREY))
    gap = curve.gap(last)
    if gap is not None:
        marks.append(svg.text(25, 32, _gap_words(gap, curve.unit), class_=_gap_kind(gap), fill=svg.INK))
    return marks
