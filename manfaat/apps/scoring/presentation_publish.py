"""The page on which a period is frozen."""

from collections.abc import Sequence
from typing import Any

from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.forms import ComputeForm, PublishForm
from manfaat.apps.scoring.presentation import PeriodChoice, finding
from manfaat.apps.scoring.presentation_pages import benefit_kpis, money_kpis
from manfaat.apps.scoring.presentation_scorecard import gaps, indicator_lines
from manfaat.apps.scoring.published import PublishedVersion
from manfaat.apps.scoring.queries.shapes import Scorecard


def publish_page(
    government: Government,
    period: PeriodChoice | None,
    card: Scorecard,
    versions: Sequence[PublishedVersion],
    form: PublishForm,
) -> dict[str, Any]:
    """What will be frozen, as the public will read it, and the versions of the same period."""
    return {
        "government": government,
        "period": period,
        "card": card,
        "form": form,
        "versions": versions,
        "next_version": max((version.version for version in versions), default=0) + 1,
        "finding": finding(government.name, period, card.money, card.outcomes) if period else "",
        "kpis": benefit_kpis(card.benefit, card.outcomes) + money_kpis(card.money),
        "lines": indicator_lines(card.indicators),
        "gaps": gaps(
            card.money, card.months, card.month, without_target=card.without_target, without_value=card.without_value
        ),
    }


def nothing_to_publish_page(government: Government, form: ComputeForm) -> dict[str, Any]:
    """The form for the first computation of a period."""
    return {"government": government, "form": form}
