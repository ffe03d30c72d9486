"""One indicator in one strip: realisation as a bar, target as a line, last year as a dot."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext, pgettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.scale import Linear, finite, known
from manfaat.apps.core.charts.words import no_data, said

WIDTH, HEIGHT, MARGIN = 240.0, 22.0, 6.0
BEYOND_HIGHER, BEYOND_LOWER = 1.2, 1.6
SHADES = (("#c3ccd9", "c-shade-1"), ("#d7dee7", "c-shade-2"), ("#e9edf3", "c-shade-3"))


def bullet_row(
    *,
    label: str,
    realised: float | None,
    target: float | None,
    previous: float | None = None,
    lower_is_better: bool = False,
    unit: str,
    decimals: int = 2,
    state: str = "",
    bands: Sequence[float] = (),
) -> Chart:
    """The strip. `state` (good, warn, bad) colours the bar; `bands` are up to two values where a lighter ground begins.

    The strip ends at 120% of the target (160% where lower is better); a bar that goes beyond is cut and marked.
    The small flag on the target line points to the better side.
    """
    realised, target, previous = finite(realised), finite(target), finite(previous)
    words = [said(value, unit, decimals) for value in (target, realised, previous)]
    x = _scale(realised, target, previous, lower_is_better)
    description = gettext("Realisasi %(realised)s, target %(target)s, tahun lalu %(previous)s. %(direction)s") % {
        "realised": _or_none(realised, words[1]),
        "target": _or_none(target, words[0]),
        "previous": _or_none(previous, words[2]),
        "direction": gettext("Makin rendah makin baik.") if lower_is_better else gettext("Makin tinggi makin baik."),
    }
    body = [
        *_ground(x, bands, realised is None),
        *_bar(x, realised, state, hollow=target is None, words=words[1]),
        *_target(x, target, lower_is_better, words[0]),
    ]
    if previous is not None:
        title = svg.tag("title", f"{gettext('Tahun lalu')}: {words[2]}")
        body.append(svg.dot(x(previous), HEIGHT / 2, 3.2, title, fill="#fff", stroke=svg.INK, class_="c-last"))
    return Chart(
        kind="bullet",
        title=label,
        description=description,
        svg=svg.drawing(label, description, (WIDTH, HEIGHT), body, kind="bullet"),
        columns=[pgettext("one", "Indikator"), gettext("Target"), gettext("Realisasi"), gettext("Tahun lalu")],
        rows=[[label, *words]],
    )


def _or_none(value: float | None, words: str) -> str:
    return no_data() if value is None else words


def _scale(realised: float | None, target: float | None, previous: float | None, lower: bool) -> Linear:
    numbers = known([realised, target, previous])
    top = max([0.0, *numbers]) * 1.05
    if target is not None and target > 0:
        top = target * (BEYOND_LOWER if lower else BEYOND_HIGHER)
    low = min([0.0, *numbers])
    return Linear(low, top if top > low else low + 1, MARGIN, WIDTH - MARGIN)


def _ground(x: Linear, bands: Sequence[float], missing: bool) -> list[str]:
    edges = [x.low, *sorted(bands)[:2], x.high]
    marks: list[str] = [svg.hatch(UID)] if missing else []
    shades = SHADES[-(len(edges) - 1) :]
    for (start, stop), (fill, kind) in zip(pairwise(edges), shades, strict=True):
        marks.append(svg.box(x(start), 3, x(stop) - x(start), HEIGHT - 6, fill=fill, class_=kind))
    if missing:
        words = svg.tag("title", no_data())
        marks.append(svg.box(MARGIN, 3, WIDTH - 2 * MARGIN, HEIGHT - 6, words, fill=svg.hatched(UID)))
    return marks


def _bar(x: Linear, realised: float | None, state: str, *, hollow: bool, words: str) -> list[str]:
    if realised is None:
        return []
    start, end = sorted((x(0.0), x(realised)))
    title = svg.tag("title", f"{gettext('Realisasi')}: {words}")
    kind = f"c-bar c-{state}" if state else "c-bar"
    if hollow:
        bar = svg.box(start, 7, end - start, HEIGHT - 14, title, fill="none", stroke=svg.INK, class_="c-hollow")
    else:
        bar = svg.box(start, 7, max(end - start, 1.0), HEIGHT - 14, title, fill=svg.INK, class_=kind)
    if realised <= x.high:
        return [bar]
    cut = f"M{svg.place(end - 9)} 6l3 10M{svg.place(end - 5)} 6l3 10"
    return [bar, svg.tag("path", d=cut, stroke="#fff", stroke_width=2, class_="c-cut")]


def _target(x: Linear, target: float | None, lower: bool, words: str) -> list[str]:
    if target is None:
        return []
    place, flag = svg.place(x(target)), -6 if lower else 6
    title = svg.tag("title", f"{gettext('Target')}: {words}")
    d = f"M{place} 1V{svg.place(HEIGHT - 1)}M{place} 1l{flag} 3l{-flag} 3z"
    halo = svg.tag("path", d=d, stroke="#fff", stroke_width=5, class_="c-halo")
    return [halo, svg.tag("path", title, d=d, stroke=svg.INK, fill=svg.INK, stroke_width=2, class_="c-target")]
