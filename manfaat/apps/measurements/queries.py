"""The doors to measured values."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from manfaat.apps.core.errors import NotFound
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import Person, may_see
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.plans.queries import targets_of_indicator


def measurements_of(government: Government, year: int) -> QuerySet[Measurement]:
    """The current values of a year, of every period in it, with indicator, period, file and verifier."""
    return Measurement.objects.filter(
        indicator__government=government, period__year=year, is_current=True
    ).select_related("indicator", "period", "source_file", "verified_by")


def measurements_of_indicator(indicator: Indicator) -> QuerySet[Measurement]:
    """The current values of one indicator, oldest period first, with period, file and people."""
    values = Measurement.objects.filter(indicator=indicator, is_current=True)
    values = values.select_related("period", "source_file", "entered_by", "verified_by")
    return values.order_by("period__year", "period__kind", "period__number")


@dataclass
class PeriodLine:
    """What was promised and what was reached in one period; either may be absent."""

    period: Period
    target: Target | None = None
    measurement: Measurement | None = None


def lines_of(indicator: Indicator) -> list[PeriodLine]:
    """Target and value side by side for every period that has either, latest first; two queries."""
    lines: dict[int, PeriodLine] = {}
    for target in targets_of_indicator(indicator):
        lines.setdefault(target.period_id, PeriodLine(target.period)).target = target
    for found in measurements_of_indicator(indicator):
        lines.setdefault(found.period_id, PeriodLine(found.period)).measurement = found
    order = list(Period.Kind)
    return sorted(
        lines.values(),
        key=lambda line: (-line.period.year, order.index(Period.Kind(line.period.kind)), -line.period.number),
    )


def measurement_for(user: Person, government: Government, public_id: UUID) -> Measurement:
    """One value of a government that `user` may see."""
    found = (
        Measurement.objects.filter(indicator__government=government, public_id=public_id)
        .select_related("indicator__agency", "period", "source_file", "entered_by", "verified_by")
        .first()
    )
    if found is None or not may_see(user, government):
        raise NotFound(_("Angka ini tidak ada di pemerintah daerah ini."))
    return found
