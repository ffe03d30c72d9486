"""What a picture is: a finding as its title, the drawing, and the table of every number drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

UID = "chart-uid"
"""Stands in the drawing wherever an id is needed; the template tag puts a number unique on the page in its place."""


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its table.

    `svg` is safe markup made by a module of this package: every text in it is escaped there. `columns` and `rows` are
    plain words and formatted numbers; the first column heads its row.
    """

    kind: str
    title: str
    description: str
    svg: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    source: str = ""
    csv_href: str = ""

    def with_source(self, source: str, csv_href: str = "") -> "Chart":
        """The same picture with the line that says where its numbers come from."""
        return replace(self, source=source, csv_href=csv_href)

    def drawing(self, uid: str) -> str:
        """The SVG with ids that begin with `uid`."""
        return self.svg.replace(UID, uid)
