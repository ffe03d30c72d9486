"""What a comparison page offers beside its numbers: the years to choose from and where each value is explained."""

from uuid import UUID

from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, supervised_governments_for
from manfaat.apps.scoring.models import Figure


def compared_years_for(user: Person, province: Government, indicator: str) -> list[int]:
    """The years in which any kabupaten/kota of the province has a value of the indicator, latest first; one query."""
    found = Measurement.objects.filter(
        indicator__government__in=supervised_governments_for(user, province),
        indicator__code=indicator,
        indicator__agency=None,
        period__kind="year",
        is_current=True,
        value__isnull=False,
    ).exclude(state=Measurement.State.DRAFT)
    return sorted(set(found.values_list("period__year", flat=True)), reverse=True)


def value_pages_for(user: Person, province: Government, *, year: int, indicator: str) -> dict[str, UUID]:
    """By code of the government, the figure of its current run that explains the value; one query.

    A government without a run of that year is left out; of several months the latest counts.
    """
    figures = Figure.objects.filter(
        run__government__in=supervised_governments_for(user, province),
        run__year=year,
        run__is_current=True,
        measure="value",
        indicator__code=indicator,
        agency=None,
    ).order_by("run__month")
    return dict(figures.values_list("run__government__code", "public_id"))
