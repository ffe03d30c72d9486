"""What came of it: the house figures drawn from the achievements of outcome indicators.

No national rule was found that makes one figure of an agency's achievements. The house method is the plain mean of the
outcome and impact indicators, each capped at 100 so that one runaway figure cannot cover the others; outputs do not
count, because an output is not yet a benefit. Indicators without a figure are left out and counted.
"""

from collections.abc import Iterable

from manfaat import engine
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.figures.orders import Order, Sheet, absent
from manfaat.apps.scoring.figures.words import until
from manfaat.apps.scoring.gather.records import Records

BENEFIT_LEVELS = (Indicator.Level.IMPACT, Indicator.Level.OUTCOME)
Told = tuple[str, list[engine.Input], dict[str, float], str]
"""Operator, members, parameters and label of one figure."""
SHARE, NOTHING_TO_MEASURE = "Bagian indikator hasil yang", "belum ada indikator hasil atau dampak"


def make_benefit_figures(sheet: Sheet, records: Records) -> None:
    """Mean achievement, shares met and not worse, the numbers known of both, per agency and for the whole government.

    The government's own figure is over all outcome and impact indicators of the government and its agencies.
    """
    outcomes = [one for one in records.indicators if one.level in BENEFIT_LEVELS]
    orders = list(_orders(sheet, records, outcomes, "", records.government.name, None))
    for agency in records.agencies:
        own = [one for one in outcomes if one.agency_id == agency.pk]
        orders.extend(_orders(sheet, records, own, f"/pd/{agency.key}", agency.name, agency.pk))
    sheet.work_out(orders)


def _orders(
    sheet: Sheet, records: Records, own: list[Indicator], suffix: str, subject: str, agency_id: int | None
) -> Iterable[Order]:
    achievements = _inputs(sheet, "achievement", own)
    changes = _inputs(sheet, "change", own)
    told: dict[str, Told] = {
        "benefit": ("aggregate.mean", achievements, {"cap_each": 100.0}, "Manfaat: rata-rata capaian indikator hasil"),
        "met_share": ("aggregate.share_met", achievements, {"threshold": 100.0}, f"{SHARE} mencapai target"),
        "improved_share": ("aggregate.share_met", changes, {"threshold": 0.0}, f"{SHARE} membaik atau tetap"),
        "measurable": ("aggregate.count_known", achievements, {}, "Indikator hasil yang capaiannya terukur"),
        "comparable": ("aggregate.count_known", changes, {}, "Indikator hasil yang perubahannya diketahui"),
    }
    for measure, (operator, members, parameters, label) in told.items():
        counts = operator == "aggregate.count_known"
        yield Order(
            key=f"{measure}{suffix}",
            measure=measure,
            operator=operator,
            label=label,
            subject=subject,
            period=until(records.year, records.month),
            inputs={"members": members},
            unit="indikator" if counts else "%",
            decimals=0 if counts else 2,
            parameters=parameters,
            agency_id=agency_id,
            month=records.month,
        )


def _inputs(sheet: Sheet, measure: str, own: list[Indicator]) -> list[engine.Input]:
    found = [sheet.get(f"{measure}/{one.code}") for one in own]
    return [made.as_input(made.figure.label) for made in found if made] or [
        absent(NOTHING_TO_MEASURE, reason=NOTHING_TO_MEASURE)
    ]
