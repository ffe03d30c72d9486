"""A trend inside a row of a table: a line, and a dot at its last value."""

from collections.abc import Sequence

from django.utils.translation import gettext

from manfaat.apps.core.charts import svg
from manfaat.apps.core.charts.chart import Chart
from manfaat.apps.core.charts.scale import Linear, finite, known
from manfaat.apps.core.charts.words import no_data, said

WIDTH, HEIGHT = 96.0, 24.0


def sparkline(
    *, label: str, values: Sequence[float | None], names: Sequence[str] = (), unit: str = "", decimals: int = 1
) -> Chart:
    """The line; `names` say what each value is of (years, quarters), else they are counted."""
    values = [finite(value) for value in values]
    numbers = known(values)
    heads = [*names, *(str(i + 1) for i in range(len(names), len(values)))][: len(values)]
    description = _description(numbers, unit, decimals)
    return Chart(
        kind="sparkline",
        title=f"{label}: {description}",
        description=description,
        svg=svg.drawing(f"{label}: {description}", description, (WIDTH, HEIGHT), _marks(values), kind="sparkline"),
        columns=[label, gettext("Nilai")],
        rows=[[head, said(value, unit, decimals)] for head, value in zip(heads, values, strict=True)],
    )


def _description(numbers: Sequence[float], unit: str, decimals: int) -> str:
    if not numbers:
        return no_data()
    first, last = said(numbers[0], unit, decimals), said(numbers[-1], unit, decimals)
    if len(numbers) == 1:
        return gettext("hanya satu nilai, %(last)s") % {"last": last}
    if first == last:
        return gettext("tetap %(last)s") % {"last": last}
    moved = gettext("naik dari %(first)s ke %(last)s")
    if numbers[-1] < numbers[0]:
        moved = gettext("turun dari %(first)s ke %(last)s")
    return moved % {"first": first, "last": last}


def _marks(values: Sequence[float | None]) -> list[str]:
    numbers = known(values)
    if not numbers:
        return [
            svg.line(4, HEIGHT / 2, WIDTH - 4, HEIGHT / 2, stroke=svg.GREY, stroke_dasharray="2 4", class_="c-grid")
        ]
    low, high = min(numbers), max(numbers)
    y = Linear(low, high, HEIGHT - 5, 5) if high > low else Linear(low - 1, low + 1, HEIGHT - 5, 5)
    x = Linear(0, max(len(values) - 1, 1), 4, WIDTH - 5)
    points = [None if value is None else (x(i), y(value)) for i, value in enumerate(values)]
    end = next(point for point in reversed(points) if point)
    return [
        svg.path(points, stroke=svg.GREY, stroke_width=1.75, class_="c-trend"),
        svg.dot(*end, 3, fill=svg.INK, class_="c-real-dot"),
    ]
