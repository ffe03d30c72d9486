"""A table whose cells carry a colour and their value: the cheapest picture of all, and already its own table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts.chart import UID, Chart
from manfaat.apps.core.charts.svg import tag
from manfaat.apps.core.charts.words import no_data
from manfaat.apps.core.formats import MISSING


@dataclass(frozen=True)
class HeatCell:
    """One cell: the value as it is printed, its level from 1 (worst) to 5 (best), and where it leads."""

    text: str
    level: int | None = None
    href: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One row of cells beside its name; None is a cell without a number."""

    label: str
    cells: Sequence[HeatCell | None]
    href: str = ""


def heat_table(*, title: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> Chart:
    """The table; `columns` name the cells, without the column of the names."""
    heads = [tag("th", gettext("Nama"), scope="col"), *(tag("th", c, scope="col", class_="num") for c in columns)]
    body = [tag("tr", _name(row), *(_cell(cell) for cell in row.cells)) for row in rows]
    table = tag(
        "table",
        tag("caption", title, class_="visually-hidden", id=f"{UID}-t"),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *body),
        class_="table table--dense heat",
    )
    missing = sum(cell is None for row in rows for cell in row.cells)
    return Chart(
        kind="heat",
        title=title,
        description=gettext("%(rows)s baris dan %(columns)s kolom; %(missing)s sel belum ada data.")
        % {"rows": len(rows), "columns": len(columns), "missing": missing},
        svg=tag("div", table, class_="table-wrap", role="region", tabindex="0", aria_labelledby=f"{UID}-t"),
        columns=[gettext("Nama"), *columns],
        rows=[[row.label, *(MISSING if cell is None else cell.text for cell in row.cells)] for row in rows],
    )


def _name(row: HeatRow) -> str:
    return tag("th", tag("a", row.label, href=row.href) if row.href else row.label, scope="row")


def _cell(cell: HeatCell | None) -> str:
    if cell is None:
        dash = tag("span", MISSING, aria_hidden="true")
        return tag("td", dash, tag("span", no_data(), class_="visually-hidden"), class_="num heat-none")
    kind = f"num heat-{cell.level}" if cell.level else "num"
    return tag("td", tag("a", cell.text, href=cell.href) if cell.href else cell.text, class_=kind)
