"""What each template of scoring is given, put together from the queries' answers. Pure functions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from manfaat.apps.core.formats import points_id, rupiah_short
from manfaat.apps.core.why import why_page
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.presentation import (
    Kpi,
    PeriodChoice,
    benefit_note,
    counted,
    finding,
    is_outcome,
    known,
    spending_sentence,
)
from manfaat.apps.scoring.presentation_benefit import benefit_chart, benefit_finding, groups_by_need
from manfaat.apps.scoring.presentation_money import chain_end, curve, distinct_nodes, month_rows, routine_chart
from manfaat.apps.scoring.presentation_questions import questions
from manfaat.apps.scoring.presentation_scorecard import (
    agency_line,
    counts_of,
    first_quarter_warning,
    gaps,
    indicator_lines,
    missing_in,
    quarter_lines,
    sources_of,
)
from manfaat.apps.scoring.queries.measured import MeasuredCount
from manfaat.apps.scoring.queries.shapes import (
    AgencyScorecard,
    Benefit,
    FigureDetail,
    Missing,
    Money,
    OutcomeCounts,
    Scorecard,
)
from manfaat.apps.scoring.queries.shapes_of_many import BenefitPicture

Context = dict[str, Any]


def money_kpis(money: Money) -> list[Kpi]:
    """Absorption, where it stands against the cash plan, routine share: what every page about money begins with."""
    absorption = Kpi(gettext("Serapan anggaran"), money.absorption, _spent_note(money))
    reported = known(money.absorption_reported)
    if not known(money.absorption) and reported:
        absorption = Kpi(reported.label, reported, gettext("yang lain belum melapor"))
    routine = Kpi(
        gettext("Belanja rutin"), money.routine_share, gettext("bagian dari realisasi"), gettext("belum dipisah")
    )
    if not known(money.routine_share) and known(money.routine_share_ceiling):
        routine = Kpi(gettext("Belanja rutin"), money.routine_share_ceiling, gettext("bagian dari pagu"))
    return [absorption, _plan_kpi(money), routine]


def _spent_note(money: Money) -> str:
    realised, ceiling = known(money.realised), known(money.ceiling)
    if realised is None or ceiling is None:
        return ""
    return gettext("%(realised)s dari pagu %(ceiling)s") % {
        "realised": rupiah_short(realised.value),
        "ceiling": rupiah_short(ceiling.value),
    }


def _plan_kpi(money: Money) -> Kpi:
    """`1,76 poin di atas rencana`: the sign stands in the words."""
    label, deviation = gettext("Terhadap rencana kas"), known(money.deviation_points)
    if deviation is None or deviation.value is None:
        note = gettext("rencana kas belum dimuat") if money.deviation_points is None else ""
        return Kpi(label, money.deviation_points, note, gettext("belum ada"))
    if deviation.value == 0:
        return Kpi(label, deviation, text=gettext("tepat"), words=gettext("menurut rencana"))
    words = gettext("di atas rencana") if deviation.value > 0 else gettext("di bawah rencana")
    return Kpi(label, deviation, text=points_id(abs(deviation.value), deviation.decimals), words=words)


def benefit_kpis(benefit: Benefit, outcomes: OutcomeCounts) -> list[Kpi]:
    """How many outcomes met their target, how many got better, and the mean achievement."""
    met = Kpi(
        gettext("Hasil mencapai target"), benefit.met_share, _missed_note(outcomes), gettext("belum terukur"),
        text=counted(benefit.met_share, benefit.measurable),
    )  # fmt: skip
    better = Kpi(
        gettext("Hasil membaik"), benefit.improved_share, gettext("atau tetap, dibanding setahun sebelumnya"),
        gettext("belum dapat dibandingkan"), text=counted(benefit.improved_share, benefit.comparable),
    )  # fmt: skip
    return [met, better, Kpi(gettext("Manfaat"), benefit.benefit, benefit_note(benefit), gettext("belum terukur"))]


def _missed_note(outcomes: OutcomeCounts) -> str:
    said = []
    if outcomes.worse:
        said.append(gettext("%(count)s belum dan memburuk") % {"count": outcomes.worse})
    if outcomes.unmeasured and outcomes.measured:
        said.append(gettext("%(count)s belum dapat diukur") % {"count": outcomes.unmeasured})
    return ", ".join(said)


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
    own = indicator_lines([row for row in card.indicators if not row.agency_name])
    of_agencies = indicator_lines([row for row in card.indicators if row.agency_name])
    return {
        "government": government,
        "period": period,
        "card": card,
        "finding": finding(government.name, period, card.money, card.outcomes),
        "kpis": [
            *benefit_kpis(card.benefit, card.outcomes),
            *money_kpis(card.money)[:2],
            *unmeasured_kpis(government, period, count),
        ],
        "questions": questions(government, period, card.indicators, card.behind),
        "lines": own,
        "more_lines": card.own_outcomes - len(own),
        "agency_lines": of_agencies,
        "more_agency_lines": card.outcomes.total - card.own_outcomes - len(of_agencies),
        "sources": sources_of(card.indicators),
        "quarters": quarter_lines(card.months, period.month),
        "warning": first_quarter_warning(card.money, card.months),
        "gaps": gaps(
            card.money, card.months, period.month, without_target=card.without_target, without_value=card.without_value
        ),
        "agency_lines_of_money": [agency_line(row) for row in card.agencies.rows],
        "orders": order_links(),
        "previous_page": card.agencies.number - 1,
        "next_page": card.agencies.number + 1,
    }


def agency_page(government: Government, period: PeriodChoice, card: AgencyScorecard) -> Context:
    """The scorecard of one agency."""
    outcomes = [row for row in card.indicators if is_outcome(row)]
    outputs = [row for row in card.indicators if not is_outcome(row)]
    counts = counts_of(outcomes)
    return {
        "government": government,
        "period": period,
        "card": card,
        "finding": finding(card.name, period, card.money, counts),
        "kpis": benefit_kpis(card.benefit, counts) + money_kpis(card.money),
        "lines": indicator_lines(outcomes),
        "sources": sources_of(card.indicators),
        "output_lines": indicator_lines(outputs),
        "quarters": quarter_lines(card.months, period.month),
        "warning": first_quarter_warning(card.money, card.months),
        "curve": curve(card.months, card.money, period),
        "chain_end": chain_end(card.nodes),
        "chain": [node for node in distinct_nodes(card.nodes) if node.in_tree],
        "loose": [node for node in card.nodes if not node.in_tree],
        "gaps": gaps(
            card.money, card.months, period.month,
            without_target=missing_in(outcomes, "target"), without_value=missing_in(outcomes, "value"),
        ),
    }  # fmt: skip


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
        "gaps": gaps(card.money, card.months, period.month, without_target=Missing(), without_value=Missing()),
    }


def benefit_page(government: Government, period: PeriodChoice, picture: BenefitPicture) -> Context:
    """Benefit against absorption of a government's agencies."""
    return {
        "government": government,
        "period": period,
        "picture": picture,
        "groups": groups_by_need(picture),
        "finding": benefit_finding(picture, government.name),
        "quadrant": benefit_chart(picture),
    }


def figure_page(government: Government, detail: FigureDetail) -> Context:
    """Why a figure is what it is; its inputs lead on to the figures they come from."""
    hrefs = {used.key: reverse("why", args=[used.public_id]) for used in detail.used_figures}
    run = detail.run
    file_name = f"manfaat-{government.code}-{run.year}-{run.month:02d}-v{detail.version}.json"
    return {"government": government, "detail": detail, "why": why_page(detail.record, hrefs), "file_name": file_name}
