"""What a picture is: a finding as its title, the drawing, and the table of every number drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

UID = "chart-uid"
"""Stands in the drawing wherever an id is needed; the template tag puts a text unique on the page in its place."""


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its table.

    `svg` is made by a module of this package, with every text in it escaped. `columns` and `rows` are plain words and
    formatted numbers; the first cell heads its row.
    """

    kind: str
    title: str
    description: str
    svg: SafeString
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    source: str = ""
    csv_href: str = ""

    def with_source(self, source: str, csv_href: str = "") -> "Chart":
        """The same picture with the line that says where its numbers come from."""
        return replace(self, source=source, csv_href=csv_href)

    def drawing(self, uid: str) -> SafeString:
        """The SVG with ids that begin with `uid`, a text of letters, digits and hyphens."""
        return SafeString(self.svg.replace(UID, uid))
