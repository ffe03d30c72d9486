"""What an address asks for: year, period and weight."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from manfaat.apps.core.fields import whole_number
from manfaat.apps.services.index import weights
from manfaat.apps.services.periods import span_named
from manfaat.apps.services.presentation import PeriodChoice
from manfaat.apps.services.queries import Counted


def choice_of(asked: Mapping[str, str], units: Sequence[Counted]) -> PeriodChoice:
    """The period asked for; without one the latest year with answers. What is not known falls back to the usual."""
    years = sorted({year for one in units for year, _month in one.tallies}, reverse=True) or [timezone.localdate().year]
    year = whole_number(asked.get("tahun", ""))
    known = {code for code, _name in weights()}
    weight = asked.get("bobot", "")
    span = span_named(year if year is not None and year in years else years[0], asked.get("periode", ""))
    return PeriodChoice(span, years, weight if weight in known else "")
