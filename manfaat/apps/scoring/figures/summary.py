"""What pages ask of every run again and again, told once and kept with the run: needs, and what is missing."""

from collections.abc import Sequence
from typing import Any

from manfaat.apps.scoring.figures.benefit import BENEFIT_LEVELS
from manfaat.apps.scoring.figures.orders import Made
from manfaat.apps.scoring.gather.records import Records
from manfaat.apps.scoring.needs import NEEDS, need_of

MOST_NAMES = 5


def summary_of(records: Records, made: Sequence[Made]) -> dict[str, Any]:
    """JSON: `needs` as (indicator, agency or None, need) of outcomes and impacts, most in need first; the first names
    and the count of those without a target and without a value.
    """
    values = {one.figure.key: one.figure.value for one in made}
    outcomes = [one for one in records.indicators if one.level in BENEFIT_LEVELS]
    needs = [
        (one.pk, one.agency_id, need_of(values.get(f"achievement/{one.code}"), values.get(f"change/{one.code}")))
        for one in outcomes
    ]
    summary: dict[str, Any] = {"needs": sorted(needs, key=lambda need: NEEDS.index(need[2]))}
    for name, measure in (("without_target", "target"), ("without_value", "value")):
        names = [one.name for one in outcomes if values.get(f"{measure}/{one.code}") is None]
        summary[name] = {"count": len(names), "names": names[:MOST_NAMES]}
    return summary
