"""The scorecard of a government or an agency as lines of a page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, bullet_row, sparkline
from manfaat.apps.core.formats import decimal_id, month_id, points_id, roman
from manfaat.apps.scoring.needs import BETTER, MET, SHORT, UNMEASURED, WORSE, need_of
from manfaat.apps.scoring.presentation import counted, known, number_words, short_list
from manfaat.apps.scoring.queries.shapes import (
    AgencyRow,
    IndicatorRow,
    Missing,
    Money,
    MonthLine,
    OutcomeCounts,
    ShownFigure,
)

LEAST_POINTS_OF_A_TREND = 2
MOST_OF_A_ROUTINE_YEAR = 50
MOST_NAMES = 5
RANGE = "achievement.within_range"
STATES = {WORSE: "bad", SHORT: "warn", BETTER: "warn", UNMEASURED: "none", MET: "good"}
ORDER = tuple(dict.fromkeys(STATES.values()))


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator with its pictures and words. `state` is good, warn, bad or none.

    `before` is the value of the same months a year ago, or the change that says why there is none fit to compare.
    """

    row: IndicatorRow
    bullet: Chart | None
    spark: Chart | None
    trend: str
    before: ShownFigure | None
    before_missing: str
    arrow: str
    direction: str
    state: str
    status: str
    target_text: str
    target_missing: str
    value_missing: str
    achievement_missing: str


@dataclass(frozen=True)
class QuarterLine:
    """Absorption at the end of a quarter against the cash plan; `note` says why there is no number.

    `reported` is the absorption of those that did report, where others have not.
    """

    name: str
    absorption: ShownFigure | None
    reported: ShownFigure | None
    plan: ShownFigure | None
    note: str


def indicator_lines(rows: Sequence[IndicatorRow]) -> list[IndicatorLine]:
    """The indicators in order of need: worsening below target first, met last, not measurable between."""
    lines = [_indicator_line(row) for row in rows]
    return sorted(lines, key=lambda line: (ORDER.index(line.state), line.row.code))


def _indicator_line(row: IndicatorRow) -> IndicatorLine:
    state, status = _status(row)
    comparable = row.change is None or row.change.is_known
    return IndicatorLine(
        row=row,
        bullet=_bullet(row),
        spark=_spark(row),
        trend=trend_words(row),
        before=row.previous if comparable else row.change,
        before_missing=status_words(row.change, gettext("belum ada")),
        arrow=_direction(row)[0],
        direction=_direction(row)[1],
        state=state,
        status=status,
        target_text=_range_words(row),
        target_missing=status_words(row.target, gettext("tanpa target")),
        value_missing=status_words(row.value, gettext("belum diisi")),
        achievement_missing=status_words(row.achievement, gettext("belum terukur")),
    )


def _direction(row: IndicatorRow) -> tuple[str, str]:
    """The sign and the words of the good direction."""
    if row.method == RANGE:
        return "↔", gettext("baik bila di dalam rentang")
    if row.lower_is_better:
        return "↓", gettext("makin rendah makin baik")
    return "↑", gettext("makin tinggi makin baik")


def _range_words(row: IndicatorRow) -> str:
    """`1,50–3,50%`; empty for a target that is one number."""
    low, high = known(row.target), known(row.target_high)
    if low is None or high is None:
        return ""
    return f"{decimal_id(low.value, low.decimals)}–{number_words(high)}"


def status_words(figure: ShownFigure | None, missing: str) -> str:
    """The kind of absence in two words; the whole reason stands on the figure's own page."""
    words = {"not_due": gettext("belum jatuh tempo"), "not_measurable": gettext("tidak dapat diukur")}
    return words.get(figure.status if figure else "", missing)


def need_of_row(row: IndicatorRow) -> str:
    """What the indicator asks of its reader, from the figures on the page."""
    achievement, change = known(row.achievement), known(row.change)
    return need_of(achievement.value if achievement else None, change.value if change else None)


def _status(row: IndicatorRow) -> tuple[str, str]:
    need = need_of_row(row)
    words = {
        WORSE: gettext("Belum, dan memburuk"),
        SHORT: gettext("Belum mencapai target"),
        BETTER: gettext("Belum, membaik"),
        MET: gettext("Mencapai target"),
    }
    if need == UNMEASURED:
        return STATES[need], _moved_words(row)
    return STATES[need], words[need]


def _moved_words(row: IndicatorRow) -> str:
    """What can be said without an achievement: that it is not due, or which way the value went."""
    change = known(row.change)
    if change is None or change.value is None:
        not_due = row.value is not None and row.value.status == "not_due"
        return gettext("Belum jatuh tempo") if not_due else gettext("Belum terukur")
    if change.value == 0:
        return gettext("Tak terukur, tetap")
    return gettext("Tak terukur, membaik") if change.value > 0 else gettext("Tak terukur, memburuk")


def _bullet(row: IndicatorRow) -> Chart | None:
    value, target = known(row.value), known(row.target)
    if value is None or target is None or row.method == RANGE:
        return None
    before = known(row.previous) if known(row.change) else None
    return bullet_row(
        label=row.name,
        realised=value.value,
        target=target.value,
        previous=before.value if before else None,
        lower_is_better=row.lower_is_better,
        unit=row.unit,
        decimals=row.decimals,
        state=_status(row)[0],
    )


def _spark(row: IndicatorRow) -> Chart | None:
    if len(_known_history(row)) < LEAST_POINTS_OF_A_TREND:
        return None
    return sparkline(
        label=row.name,
        values=[number for _year, number in row.history],
        names=[str(year) for year, _number in row.history],
        unit=row.unit,
        decimals=row.decimals,
    )


def _known_history(row: IndicatorRow) -> list[tuple[int, float]]:
    return [(year, number) for year, number in row.history if number is not None]


def trend_words(row: IndicatorRow) -> str:
    """`naik dari 71,20 (2019) ke 78,50 (2022)`, or that there is no trend yet."""
    points = _known_history(row)
    if len(points) < LEAST_POINTS_OF_A_TREND:
        return gettext("belum ada tren")
    (first_year, first), (last_year, last) = points[0], points[-1]
    verb = gettext("tetap")
    if last != first:
        verb = gettext("naik") if last > first else gettext("turun")
    return gettext("%(verb)s dari %(first)s (%(first_year)s) ke %(last)s (%(last_year)s)") % {
        "verb": verb,
        "first": decimal_id(first, row.decimals),
        "first_year": first_year,
        "last": decimal_id(last, row.decimals),
        "last_year": last_year,
    }


def quarter_lines(months: MonthLine, month: int) -> list[QuarterLine]:
    """Four quarters; one that ends after `month` is not due, one before without a number is missing.

    Empty where not one quarter has a number.
    """
    if not any(known(figure) for figure in (*months.quarters, *months.reported[2::3], *months.plan[2::3])):
        return []
    lines = []
    for index, absorption in enumerate(months.quarters):
        end = 3 * (index + 1)
        note = "" if known(absorption) else gettext("belum diisi")
        lines.append(
            QuarterLine(
                name=gettext("Triwulan %(number)s") % {"number": roman(index + 1)},
                absorption=known(absorption) if end <= month else None,
                reported=known(months.reported[end - 1]) if end <= month else None,
                plan=known(months.plan[end - 1]),
                note=gettext("belum jatuh tempo") if end > month else note,
            )
        )
    return lines


def first_quarter_warning(money: Money, months: MonthLine) -> str:
    """That the first quarter fell behind plan or benchmark, and that spending leans on routine; empty where not so."""
    start, plan = known(months.absorption[2]), known(months.plan[2])
    said = []
    if start and plan and start.value is not None and plan.value is not None and start.value < plan.value:
        said.append(
            gettext("Triwulan I baru terserap %(start)s, tertinggal dari rencana kas %(plan)s.")
            % {"start": number_words(start), "plan": number_words(plan)}
        )
    below = known(money.benchmark_first_quarter)
    if start and below and below.value is not None and below.value < 0:
        said.append(
            gettext("Serapan triwulan I %(start)s, %(below)s di bawah batas bawah acuan serapan daerah.")
            % {"start": number_words(start), "below": points_id(-below.value, below.decimals)}
        )
    routine = known(money.routine_share)
    if routine and routine.value is not None and routine.value > MOST_OF_A_ROUTINE_YEAR:
        said.append(
            gettext("Lebih dari separuh realisasi adalah belanja rutin (%(share)s).") % {"share": number_words(routine)}
        )
    return " ".join(said)


def gaps(money: Money, months: MonthLine, month: int, *, without_target: Missing, without_value: Missing) -> list[str]:
    """What the page cannot show, each in one sentence: missing is said, never drawn as zero."""
    said = [*_silent_months(months, month)]
    if not any(known(figure) for figure in months.plan):
        said.append(gettext("Rencana kas (RAK) belum dimuat, jadi serapan tidak dapat dibandingkan dengan rencana."))
    if not known(money.routine_share):
        reason = money.routine_share.reason if money.routine_share else ""
        text = gettext("Belanja rutin belum dapat dipisahkan dari belanja program")
        said.append(f"{text}: {reason}." if reason else f"{text}.")
    if without_target.count:
        said.append(gettext("Tanpa target: %(names)s.") % {"names": _first_names(without_target)})
    if without_value.count:
        said.append(gettext("Tanpa realisasi: %(names)s.") % {"names": _first_names(without_value)})
    return said


def _silent_months(months: MonthLine, month: int) -> list[str]:
    empty = [n for n in range(1, month + 1) if not known(months.absorption[n - 1])]
    partly = [n for n in empty if known(months.reported[n - 1])]
    names = [month_id(n) for n in empty if n not in partly]
    said = []
    if names:
        said.append(gettext("Realisasi belum dimuat untuk %(months)s.") % {"months": short_list(names, 12)})
    if partly:
        said.append(
            gettext("Baru sebagian perangkat daerah yang melapor untuk %(months)s.")
            % {"months": short_list([month_id(n) for n in partly], 12)}
        )
    return said


def _first_names(missing: Missing) -> str:
    return short_list(missing.names, len(missing.names), missing.count)


def missing_in(rows: Sequence[IndicatorRow], what: str) -> Missing:
    """The indicators without a number for `value` or `target`."""
    names = [row.name for row in rows if not known(getattr(row, what))]
    return Missing(tuple(names[:MOST_NAMES]), len(names))


@dataclass(frozen=True)
class AgencyLine:
    """One agency of the table: its figures, how many of its outcomes met their target, its side of the cash plan."""

    row: AgencyRow
    met: str
    against_plan: str


def agency_line(row: AgencyRow) -> AgencyLine:
    """`0 dari 2`, and `+1,15` where spending is ahead of the cash plan."""
    deviation = known(row.deviation_points)
    signed = ""
    if deviation is not None and deviation.value is not None:
        text = decimal_id(deviation.value, deviation.decimals)
        signed = f"+{text}" if deviation.value > 0 else text
    return AgencyLine(row, counted(row.met_share, row.measurable), signed)


def sources_of(rows: Sequence[IndicatorRow]) -> list[str]:
    """Where the values come from, each publisher once."""
    return list(dict.fromkeys(row.value.source for row in rows if row.value and row.value.source))


def counts_of(rows: Sequence[IndicatorRow]) -> OutcomeCounts:
    """The indicators by what they ask of their reader."""
    return OutcomeCounts(**Counter(need_of_row(row) for row in rows))
