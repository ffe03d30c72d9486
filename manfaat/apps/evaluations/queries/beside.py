"""What a sheet can be put beside."""

from django.utils.translation import gettext as _

from manfaat.apps.core.errors import NotFound
from manfaat.apps.evaluations.computing import Given
from manfaat.apps.evaluations.models import Assessor
from manfaat.apps.evaluations.queries.packs import cards, instrument_in
from manfaat.apps.evaluations.queries.sheets import OpenSheet
from manfaat.apps.evaluations.siding import carried
from manfaat.engine.instruments import Instrument

ENOUGH = 0.3
"""Share of answered rows that another instrument must ask too to be offered."""


def akin(instrument: Instrument) -> list[Instrument]:
    """Other instruments that ask the same: versions of its family, then those that share enough rows by name."""
    mine = {row.name.casefold() for row in instrument.leaves}
    others = [card.instrument for card in cards() if card.instrument.id != instrument.id]
    shared = [len(mine & {row.name.casefold() for row in one.leaves}) / len(mine) for one in others]
    family = [one for one in others if one.family == instrument.family]
    near = [one for one, share in zip(others, shared, strict=True) if share >= ENOUGH and one not in family]
    return [*family, *near]


def other_given(opened: OpenSheet, given: Given, word: str) -> Given:
    """The other assessor's answers, or the same answers under the other instrument."""
    if word not in Assessor.values:
        return carried(given, instrument_in(opened.sheet.government, word))
    other = opened.columns[word].given
    if other is None:
        raise NotFound(_("Penilai ini belum mengisi."))
    return other
