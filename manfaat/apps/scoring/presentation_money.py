"""The money page: the S-curve, the months behind it, routine against programme, and how far the chain reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, StackRow, s_curve, stacked_bars
from manfaat.apps.core.formats import month_id, percent_id, points_id
from manfaat.apps.plans.models import GoalNode
from manfaat.apps.scoring.presentation import PeriodChoice, known, number_words, plan_words, short_months
from manfaat.apps.scoring.queries.shapes import AgencyRow, Money, MonthLine, NodeRow, ShownFigure

WHOLE = 100
MOST_BARS = 11


@dataclass(frozen=True)
class MonthRow:
    """One month under the S-curve; `note` says why nothing stands there, `reported` is the partial figure."""

    name: str
    plan: ShownFigure | None
    absorption: ShownFigure | None
    reported: ShownFigure | None
    note: str
    closes_quarter: bool


def curve(months: MonthLine, money: Money, period: PeriodChoice) -> Chart | None:
    """The S-curve with its finding as title; None where not one month is known."""
    realised = [v if n <= period.month else None for n, v in enumerate(months.realised_percent, start=1)]
    if all(value is None for value in [*realised, *months.plan_percent]):
        return None
    previous = list(months.previous) if any(value is not None for value in months.previous) else None
    return s_curve(
        title=_curve_title(months, money, period),
        months=short_months(),
        planned=months.plan_percent,
        realised=realised,
        previous=previous,
        unit="%",
    )


def _curve_title(months: MonthLine, money: Money, period: PeriodChoice) -> str:
    absorption = known(money.absorption)
    if absorption is None:
        return gettext("Realisasi sampai %(period)s belum ada") % {"period": period.words}
    said = gettext("Realisasi %(share)s pagu sampai %(period)s") % {
        "share": number_words(absorption),
        "period": period.words,
    }
    deviation = known(money.deviation_points)
    if deviation is None or deviation.value is None:
        return gettext("%(said)s; rencana kas belum dimuat") % {"said": said}
    if deviation.value == 0:
        return f"{said}, {plan_words(deviation)}"
    return f"{said}, {points_id(abs(deviation.value), deviation.decimals)} {plan_words(deviation)}"


def month_rows(months: MonthLine, month: int) -> list[MonthRow]:
    """Twelve months; a month after the period is not due, one before without a number is not filled."""
    rows = []
    for number in range(1, 13):
        absorption = known(months.absorption[number - 1])
        note = gettext("belum jatuh tempo") if number > month else gettext("belum diisi")
        rows.append(
            MonthRow(
                name=month_id(number),
                plan=known(months.plan[number - 1]),
                absorption=absorption if number <= month else None,
                reported=known(months.reported[number - 1]) if number <= month else None,
                note=note,
                closes_quarter=number % 3 == 0,
            )
        )
    return rows


def routine_chart(name: str, money: Money, agencies: Sequence[AgencyRow]) -> Chart | None:
    """Routine against programme spending, the whole first and then each agency where it is known."""
    shares = [(name, known(money.routine_share))]
    shares += [(agency.name, known(agency.routine_share)) for agency in agencies]
    rows = [
        StackRow(label, [figure.value, WHOLE - figure.value])
        for label, figure in shares
        if figure and figure.value is not None
    ][:MOST_BARS]
    if not rows:
        return None
    whole = known(money.routine_share)
    title = gettext("Belanja rutin dan belanja program")
    if whole:
        title = gettext("%(share)s realisasi adalah belanja rutin") % {"share": percent_id(whole.value, whole.decimals)}
    return stacked_bars(title=title, rows=rows, parts=[gettext("Rutin"), gettext("Program")], unit="%")


def distinct_nodes(nodes: Sequence[NodeRow]) -> list[NodeRow]:
    """The boxes without those that repeat the one before (a programme that several agencies carry out)."""
    return [
        node for before, node in zip([None, *nodes], nodes, strict=False) if before is None or not _same(before, node)
    ]


def _same(one: NodeRow, other: NodeRow) -> bool:
    return (one.level, one.code, one.title, one.ceiling) == (other.level, other.code, other.title, other.ceiling)


def chain_end(nodes: Sequence[NodeRow]) -> str:
    """Plainly how far the chain from mission to programme can be followed with the data there are."""
    if not nodes:
        return gettext("Data yang dimuat tidak merinci program, jadi uang hanya dapat diikuti sampai pagu keseluruhan.")
    in_tree = [node for node in nodes if node.in_tree]
    loose = len(nodes) - len(in_tree)
    if not in_tree:
        return gettext(
            "Pohon kinerja (misi, tujuan, sasaran) belum dimuat, jadi rantai berhenti di program: "
            "%(count)s program punya uang, tetapi tidak tersambung ke sasaran."
        ) % {"count": loose}
    levels = [str(level.label) for level in GoalNode.Level]
    deepest = max((node.level for node in in_tree), key=levels.index)
    said = gettext("Rantai dapat diikuti sampai %(level)s.") % {"level": deepest.lower()}
    if loose:
        said += " " + gettext("%(count)s program anggaran tidak ada dalam rencana.") % {"count": loose}
    return said
