"""The outcomes of a run in the order of their need, as the run itself holds it."""

from collections.abc import Sequence

from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.models import Run
from manfaat.apps.scoring.queries.parts import indicator_rows
from manfaat.apps.scoring.queries.shapes import IndicatorRow, Missing

Need = tuple[int, int | None, str]
"""Indicator, its agency or None, and one of `scoring.needs.NEEDS`."""


def needs_of(run: Run) -> list[Need]:
    """Every outcome and impact indicator of the run, most in need first; no query."""
    return [(pk, agency, need) for pk, agency, need in run.parameters.get("needs", ())]


def missing_of(run: Run | None, what: str) -> Missing:
    """Which outcomes lack a target (`without_target`) or a value (`without_value`); no query."""
    found = run.parameters.get(what) if run else None
    return Missing(tuple(found["names"]), found["count"]) if found else Missing()


def rows_by_need(run: Run, needs: Sequence[Need], most: int) -> tuple[IndicatorRow, ...]:
    """The first `most` of the government itself, then the first `most` of its agencies, in the order of the run."""
    own = [pk for pk, agency, _need in needs if agency is None][:most]
    of_agencies = [pk for pk, agency, _need in needs if agency is not None][:most]
    place = {pk: number for number, pk in enumerate([*own, *of_agencies])}
    rows = indicator_rows(run, Indicator.objects.filter(pk__in=place))
    return tuple(sorted(rows, key=lambda row: place[row.pk]))
