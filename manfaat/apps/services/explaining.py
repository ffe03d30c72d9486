"""The records behind the indices on the pages: made again from the answers as they are counted now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.models import Government
from manfaat.apps.services.boards import UnitLine
from manfaat.apps.services.index import mean_figure, unit_figures
from manfaat.apps.services.periods import Span
from manfaat.apps.services.presentation import PeriodChoice
from manfaat.apps.services.queries import Counted, sources_of
from manfaat.engine import Figure


def government_figure(government: Government, lines: Sequence[UnitLine], span: Span) -> Figure:
    """The mean of the units' indices as a record; without any index it says so."""
    named = [(line.unit.name, line.standing.value) for line in lines]
    return mean_figure(named, subject=government.name, period=span.label)


def unit_explained(counted: Counted, choice: PeriodChoice, key: str) -> tuple[dict[str, Any], list[str]]:
    """The record of one figure of a unit, and the keys of all of them.

    Raises: NotFound for a key that the index does not have.
    """
    files = sources_of(counted.unit, choice.span)
    source: dict[str, Any] = {"title": _("jawaban survei"), "year": choice.span.year}
    if files:
        source |= {"file": ", ".join(file.name for file in files[:3]), "sha256": files[0].sha256}
    made = unit_figures(
        counted.pool(choice.span), subject=counted.unit.name, period=choice.span.label, source=source,
        weight=choice.weight,
    )  # fmt: skip
    if key not in made:
        raise NotFound(_("Angka ini tidak ada pada indeks kepuasan."))
    return made[key].to_record(), list(made)
