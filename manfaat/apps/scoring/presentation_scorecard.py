"""The scorecard of a government or an agency as lines of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, bullet_row, sparkline
from manfaat.apps.core.formats import decimal_id, month_id, roman
from manfaat.apps.scoring.presentation import is_met, known, number_words, short_list
from manfaat.apps.scoring.queries.shapes import IndicatorRow, Money, MonthLine, ShownFigure

LEAST_POINTS_OF_A_TREND = 2
MOST_OF_A_ROUTINE_YEAR = 50


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator with its pictures and words. `state` is good, warn, bad or none."""

    row: IndicatorRow
    bullet: Chart | None
    spark: Chart | None
    trend: str
    direction: str
    state: str
    status: str
    source: str
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
    order = {"bad": 0, "warn": 1, "none": 2, "good": 3}
    return sorted(lines, key=lambda line: (order[line.state], line.row.code))


def _indicator_line(row: IndicatorRow) -> IndicatorLine:
    state, status = _status(row)
    return IndicatorLine(
        row=row,
        bullet=_bullet(row),
        spark=_spark(row),
        trend=trend_words(row),
        direction=gettext("makin rendah makin baik") if row.lower_is_better else gettext("makin tinggi makin baik"),
        state=state,
        status=status,
        source=row.value.source if row.value else "",
        target_missing=status_words(row.target, gettext("tanpa target")),
        value_missing=status_words(row.value, gettext("belum diisi")),
        achievement_missing=status_words(row.achievement, gettext("belum terukur")),
    )


def status_words(figure: ShownFigure | None, missing: str) -> str:
    """The kind of absence in two words; the whole reason stands on the figure's own page."""
    words = {"not_due": gettext("belum jatuh tempo"), "not_measurable": gettext("tidak dapat diukur")}
    return words.get(figure.status if figure else "", missing)


def _status(row: IndicatorRow) -> tuple[str, str]:
    change = row.change.value if row.change else None
    if not known(row.achievement):
        return "none", _moved_words(change)
    if is_met(row):
        return "good", gettext("Mencapai target")
    if change is not None and change < 0:
        return "bad", gettext("Belum, dan memburuk")
    if change is not None and change > 0:
        return "warn", gettext("Belum, membaik")
    return "warn", gettext("Belum mencapai target")


def _moved_words(change: float | None) -> str:
    """What can be said without a target: which way it went."""
    if change is None:
        return gettext("Belum terukur")
    if change == 0:
        return gettext("Tak terukur, tetap")
    return gettext("Tak terukur, membaik") if change > 0 else gettext("Tak terukur, memburuk")


def _bullet(row: IndicatorRow) -> Chart | None:
    value, target = known(row.value), known(row.target)
    if value is None or target is None:
        return None
    earlier = [number for _year, number in row.history[:-1]]
    return bullet_row(
        label=row.name,
        realised=value.value,
        target=target.value,
        previous=earlier[-1] if earlier else None,
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
    if start and below and below.value is not None and below.value > 0:
        said.append(
            gettext("Serapan triwulan I %(start)s, %(below)s di bawah batas bawah acuan serapan daerah.")
            % {"start": number_words(start), "below": number_words(below)}
        )
    routine = known(money.routine_share)
    if routine and routine.value is not None and routine.value > MOST_OF_A_ROUTINE_YEAR:
        said.append(
            gettext("Lebih dari separuh realisasi adalah belanja rutin (%(share)s).") % {"share": number_words(routine)}
        )
    return " ".join(said)


def gaps(money: Money, months: MonthLine, month: int, indicators: Sequence[IndicatorRow]) -> list[str]:
    """What the page cannot show, each in one sentence: missing is said, never drawn as zero."""
    said = []
    empty = [n for n in range(1, month + 1) if not known(months.absorption[n - 1])]
    partly = [n for n in empty if known(months.reported[n - 1])]
    names = [month_id(n) for n in empty if n not in partly]
    if names:
        said.append(gettext("Realisasi belum dimuat untuk %(months)s.") % {"months": short_list(names, 12)})
    if partly:
        said.append(
            gettext("Baru sebagian perangkat daerah yang melapor untuk %(months)s.")
            % {"months": short_list([month_id(n) for n in partly], 12)}
        )
    if not any(known(figure) for figure in months.plan):
        said.append(gettext("Rencana kas (RAK) belum dimuat, jadi serapan tidak dapat dibandingkan dengan rencana."))
    if not known(money.routine_share):
        reason = money.routine_share.reason if money.routine_share else ""
        text = gettext("Belanja rutin belum dapat dipisahkan dari belanja program")
        said.append(f"{text}: {reason}." if reason else f"{text}.")
    no_target = [row.name for row in indicators if not known(row.target)]
    if no_target:
        said.append(gettext("Tanpa target: %(names)s.") % {"names": short_list(no_target)})
    no_value = [row.name for row in indicators if not known(row.value)]
    if no_value:
        said.append(gettext("Tanpa realisasi: %(names)s.") % {"names": short_list(no_value)})
    return said
