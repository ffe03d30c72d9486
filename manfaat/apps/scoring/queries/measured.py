"""How many agencies have a measured benefit, for the head of a scorecard."""

from dataclasses import dataclass

from django.db.models import Count, Q

from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person
from manfaat.apps.scoring.models import Figure
from manfaat.apps.scoring.queries.runs import check_may_see


@dataclass(frozen=True)
class MeasuredCount:
    """Agencies of a run: all, and those whose benefit has no number."""

    agencies: int
    unmeasured: int


def measured_count_for(user: Person, government: Government, *, year: int, month: int) -> MeasuredCount:
    """The count from the current run of the period; one query. Raises: NotFound for a stranger."""
    check_may_see(user, government)
    benefits = Figure.objects.filter(
        run__government=government,
        run__year=year,
        run__month=month,
        run__is_current=True,
        measure="benefit",
        month=month,
    ).exclude(agency=None)
    counted = benefits.aggregate(agencies=Count("pk"), unmeasured=Count("pk", filter=Q(value=None)))
    return MeasuredCount(counted["agencies"], counted["unmeasured"])
