"""What each template of scoring is given, put together from the queries' answers. Pure functions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from manfaat.apps.core.formats import rupiah_short
from manfaat.apps.core.why import why_page
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.presentation import (
    Kpi,
    PeriodChoice,
    benefit_note,
    finding,
    is_outcome,
    known,
    spending_sentence,
)
from manfaat.apps.scoring.presentation_benefit import benefit_chart, benefit_finding, by_ceiling, groups_by_need
from manfaat.apps.scoring.presentation_money import chain_end, curve, distinct_nodes, month_rows, routine_chart
from manfaat.apps.scoring.presentation_scorecard import first_quarter_warning, gaps, indicator_lines, quarter_lines
from manfaat.apps.scoring.queries.measured import MeasuredCount
from manfaat.apps.scoring.queries.shapes import (
    AgencyScorecard,
    Benefit,
    BenefitPicture,
    FigureDetail,
    Money,
    Scorecard,
)

Context = dict[str, Any]
MOST_AGENCY_INDICATORS = 15


def money_kpis(money: Money) -> list[Kpi]:
    """Absorption, its distance to the cash plan, routine share: the three every page about money begins with."""
    absorption = Kpi(gettext("Serapan anggaran"), money.absorption, _spent_note(money))
    reported = known(money.absorption_reported)
    if not known(money.absorption) and reported:
        absorption = Kpi(reported.label, reported, gettext("yang lain belum melapor"))
    routine = Kpi(
        gettext("Belanja rutin"), money.routine_share, gettext("bagian dari realisasi"), gettext("belum dipisah")
    )
    if not known(money.routine_share) and known(money.routine_share_ceiling):
        routine = Kpi(gettext("Belanja rutin"), money.routine_share_ceiling, gettext("bagian dari pagu"))
    return [
        absorption,
        Kpi(gettext("Selisih dari rencana kas"), money.deviation_points, _deviation_note(money), gettext("belum ada")),
        routine,
    ]


def _spent_note(money: Money) -> str:
    realised, ceiling = known(money.realised), known(money.ceiling)
    if realised is None or ceiling is None:
        return ""
    return gettext("%(realised)s dari pagu %(ceiling)s") % {
        "realised": rupiah_short(realised.value),
        "ceiling": rupiah_short(ceiling.value),
    }


def _deviation_note(money: Money) -> str:
    deviation = known(money.deviation_points)
    if deviation is None or deviation.value is None:
        return gettext("rencana kas belum dimuat") if money.deviation_points is None else ""
    if deviation.value > 0:
        return gettext("serapan di bawah rencana")
    return gettext("serapan di atas rencana") if deviation.value < 0 else gettext("tepat menurut rencana")


def benefit_kpis(benefit: Benefit) -> list[Kpi]:
    """The mean achievement and how many met their target."""
    return [Kpi(gettext("Manfaat"), benefit.benefit, benefit_note(benefit), gettext("belum terukur"))]


def order_links() -> list[tuple[str, str]]:
    """How the agencies may be put in order: the word of the address and its name."""
    return [
        ("need", gettext("serapan terendah")),
        ("ceiling", gettext("pagu terbesar")),
        ("benefit", gettext("manfaat tertinggi")),
        ("code", gettext("kode")),
    ]


def unmeasured_kpis(government: Government, period: PeriodChoice, count: MeasuredCount) -> list[Kpi]:
    """How many agencies have no measured benefit, leading to their list; nothing where there are no agencies."""
    if not count.agencies:
        return []
    href = f"{reverse('benefit', args=[government.code])}?{period.query}#tanpa-manfaat"
    text = gettext("%(some)s dari %(all)s") % {"some": count.unmeasured, "all": count.agencies}
    note = gettext("perangkat daerah membelanjakan uang yang manfaatnya tidak diketahui")
    return [Kpi(gettext("Tanpa manfaat terukur"), None, note, text=text, href=href)]


def government_page(government: Government, period: PeriodChoice, card: Scorecard, count: MeasuredCount) -> Context:
    """The scorecard of a government."""
    of_agencies = indicator_lines([row for row in card.indicators if row.agency_name])
    return {
        "government": government,
        "period": period,
        "card": card,
        "finding": finding(government.name, period, card.money, card.indicators),
        "kpis": [
            *money_kpis(card.money),
            *benefit_kpis(card.benefit),
            *unmeasured_kpis(government, period, count),
        ],
        "lines": indicator_lines([row for row in card.indicators if not row.agency_name]),
        "agency_lines": of_agencies[:MOST_AGENCY_INDICATORS],
        "more_agency_lines": max(len(of_agencies) - MOST_AGENCY_INDICATORS, 0),
        "quarters": quarter_lines(card.months, period.month),
        "warning": first_quarter_warning(card.money, card.months),
        "gaps": gaps(card.money, card.months, period.month, card.indicators),
        "orders": order_links(),
        "previous_page": card.agencies.number - 1,
        "next_page": card.agencies.number + 1,
    }


def agency_page(government: Government, period: PeriodChoice, card: AgencyScorecard) -> Context:
    """The scorecard of one agency."""
    outcomes = [row for row in card.indicators if is_outcome(row)]
    outputs = [row for row in card.indicators if not is_outcome(row)]
    return {
        "government": government,
        "period": period,
        "card": card,
        "finding": finding(card.name, period, card.money, card.indicators),
        "kpis": money_kpis(card.money) + benefit_kpis(card.benefit),
        "lines": indicator_lines(outcomes),
        "output_lines": indicator_lines(outputs),
        "quarters": quarter_lines(card.months, period.month),
        "warning": first_quarter_warning(card.money, card.months),
        "curve": curve(card.months, card.money, period),
        "chain_end": chain_end(card.nodes),
        "chain": [node for node in distinct_nodes(card.nodes) if node.in_tree],
        "loose": [node for node in card.nodes if not node.in_tree],
        "gaps": gaps(card.money, card.months, period.month, card.indicators),
    }


def money_page(government: Government, period: PeriodChoice, card: Scorecard) -> Context:
    """The money of a government."""
    return {
        "government": government,
        "period": period,
        "card": card,
        "finding": spending_sentence(government.name, period, card.money),
        "kpis": money_kpis(card.money),
        "warning": first_quarter_warning(card.money, card.months),
        "curve": curve(card.months, card.money, period),
        "months": month_rows(card.months, period.month),
        "routine": routine_chart(government.name, card.money, card.agencies.rows),
        "chain_end": chain_end(card.nodes),
        "chain": [node for node in distinct_nodes(card.nodes) if node.in_tree],
        "loose": [node for node in card.nodes if not node.in_tree],
        "gaps": gaps(card.money, card.months, period.month, ()),
    }


def benefit_page(government: Government, period: PeriodChoice, picture: BenefitPicture) -> Context:
    """Benefit against absorption of a government's agencies."""
    return {
        "government": government,
        "period": period,
        "picture": picture,
        "groups": groups_by_need(picture),
        "unmeasured": by_ceiling(picture.unmeasured),
        "finding": benefit_finding(picture, government.name),
        "quadrant": benefit_chart(picture),
    }


def figure_page(government: Government, detail: FigureDetail) -> Context:
    """Why a figure is what it is; its inputs lead on to the figures they come from."""
    hrefs = {used.key: reverse("why", args=[used.public_id]) for used in detail.used_figures}
    run = detail.run
    file_name = f"manfaat-{government.code}-{run.year}-{run.month:02d}-v1.json"
    return {"government": government, "detail": detail, "why": why_page(detail.record, hrefs), "file_name": file_name}
