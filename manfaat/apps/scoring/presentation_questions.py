"""What a leader should ask, and whom: the outcomes that worsen below their target, the agencies behind their plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from manfaat.apps.core.formats import points_id
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.needs import WORSE
from manfaat.apps.scoring.presentation import PeriodChoice, known, number_words
from manfaat.apps.scoring.presentation_scorecard import need_of_row
from manfaat.apps.scoring.queries.shapes import AgencyRow, IndicatorRow

MOST_OUTCOMES = 3


@dataclass(frozen=True)
class Question:
    """One thing to ask about: name and page, what stands against it, whom to ask (empty where the name says it)."""

    name: str
    href: str
    fact: str
    whom: str


def questions(
    government: Government, period: PeriodChoice, rows: Sequence[IndicatorRow], behind: Sequence[AgencyRow]
) -> list[Question]:
    """The first outcomes that are below their target and worse than a year ago, then the agencies furthest behind."""
    worse = [row for row in rows if need_of_row(row) == WORSE][:MOST_OUTCOMES]
    return [*(_of_outcome(government, row) for row in worse), *_of_money(government, period, behind)]


def _of_outcome(government: Government, row: IndicatorRow) -> Question:
    value, target, before = known(row.value), known(row.target), known(row.previous)
    parts = [
        gettext("realisasi %(number)s") % {"number": number_words(value)} if value else "",
        gettext("target %(number)s") % {"number": number_words(target)} if target else "",
        gettext("setahun lalu %(number)s") % {"number": number_words(before)} if before else "",
    ]
    return Question(
        name=row.name,
        href=reverse("indicator", args=[government.code, row.public_id]),
        fact=", ".join(part for part in parts if part),
        whom=row.owner_post or row.agency_name,
    )


def _of_money(government: Government, period: PeriodChoice, behind: Iterable[AgencyRow]) -> Iterable[Question]:
    for row in behind:
        absorption, deviation = known(row.absorption), known(row.deviation_points)
        if absorption and deviation and deviation.value is not None:
            fact = gettext("serapan %(share)s, %(points)s di bawah rencana kas") % {
                "share": number_words(absorption),
                "points": points_id(-deviation.value, deviation.decimals),
            }
            href = f"{reverse('agency', args=[government.code, row.public_id])}?{period.query}"
            yield Question(row.name, href, fact, "")
