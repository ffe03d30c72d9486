"""Words shared by the screens of scoring: which period is shown, what was found, what is missing. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext

from manfaat.apps.core.formats import MONTHS, month_id, period_label, points_id, quantity_id, rupiah_short, some_of_all
from manfaat.apps.scoring.queries.shapes import (
    AvailablePeriod,
    Benefit,
    IndicatorRow,
    Money,
    OutcomeCounts,
    ShownFigure,
)


@dataclass(frozen=True)
class Kpi:
    """One key figure with its label and what to know about it; `missing` are the words where it is absent.

    `text` stands in place of the figure's own number, `words` behind it; `href` leads to the list that a count without
    a figure counts.
    """

    label: str
    figure: ShownFigure | None
    note: str = ""
    missing: str = ""
    text: str = ""
    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class MonthChoice:
    """One month of the select box."""

    number: int
    name: str


@dataclass(frozen=True)
class PeriodChoice:
    """The period on the page and what the form offers. `notice` says when another one was asked for than exists."""

    year: int
    month: int
    years: tuple[int, ...]
    months: tuple[MonthChoice, ...]
    published_version: int
    notice: str = ""

    @property
    def query(self) -> str:
        """The query string that keeps the period while going to another page."""
        return urlencode({"tahun": self.year, "bulan": self.month})

    @property
    def words(self) -> str:
        """`Desember 2022`."""
        return period_label("month", self.year, self.month)


def choose_period(periods: Sequence[AvailablePeriod], asked: Mapping[str, str]) -> PeriodChoice | None:
    """The period that `tahun` and `bulan` ask for, else the newest; None where nothing was computed."""
    if not periods:
        return None
    newest_first = sorted(periods, key=lambda period: (period.year, period.month), reverse=True)
    year, month = whole_number(asked.get("tahun", "")), whole_number(asked.get("bulan", ""))
    fitting = [p for p in newest_first if year in (None, p.year) and month in (None, p.month)]
    chosen = (fitting or [p for p in newest_first if p.year == year] or newest_first)[0]
    return PeriodChoice(
        year=chosen.year,
        month=chosen.month,
        years=tuple(dict.fromkeys(p.year for p in newest_first)),
        months=tuple(MonthChoice(n, month_id(n)) for n in sorted({p.month for p in newest_first})),
        published_version=chosen.published_version,
        notice="" if fitting else _absent_notice(chosen, newest_first),
    )


def _absent_notice(chosen: AvailablePeriod, periods: Sequence[AvailablePeriod]) -> str:
    offered = [period_label("month", p.year, p.month) for p in periods[:6]]
    return gettext(
        "Belum ada hitungan untuk bulan yang diminta. Yang tampil: %(shown)s. Yang sudah dihitung: %(offered)s."
    ) % {"shown": period_label("month", chosen.year, chosen.month), "offered": join_words(offered)}


def whole_number(text: str) -> int | None:
    """The number of an address parameter, or None where it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def join_words(words: Sequence[str]) -> str:
    """`a, b, dan c`."""
    if len(words) < 3:
        return gettext(" dan ").join(words)
    return gettext("%(names)s, dan %(last)s") % {"names": ", ".join(words[:-1]), "last": words[-1]}


def short_list(names: Sequence[str], most: int = 5, count: int = 0) -> str:
    """The first names, and how many more there are; `count` where there are more than `names` holds."""
    rest = (count or len(names)) - most
    if rest <= 0:
        return join_words(names)
    return gettext("%(names)s, dan %(rest)s lainnya") % {"names": ", ".join(names[:most]), "rest": rest}


def number_words(figure: ShownFigure) -> str:
    """A known figure with its unit, as `{% why %}` prints it."""
    return quantity_id(figure.value, figure.unit, figure.decimals)


def known(figure: ShownFigure | None) -> ShownFigure | None:
    """The figure where it has a number."""
    return figure if figure is not None and figure.is_known else None


def finding(name: str, period: PeriodChoice, money: Money, outcomes: OutcomeCounts) -> str:
    """The sentences under the heading, each only where the figures make it true: what came of it, then the money."""
    sentences = [outcome_sentence(outcomes), spending_sentence(name, period, money)]
    return " ".join(sentence for sentence in sentences if sentence)


def spending_sentence(name: str, period: PeriodChoice, money: Money) -> str:
    """How much of the ceiling was spent and how far from the cash plan that is."""
    absorption, ceiling = known(money.absorption), known(money.ceiling)
    if absorption is None:
        return _without_absorption(name, period, money)
    said = gettext("Sampai %(period)s, %(name)s membelanjakan %(absorption)s pagunya") % {
        "period": period.words,
        "name": name,
        "absorption": number_words(absorption),
    }
    if ceiling:
        said += f" ({rupiah_short(ceiling.value)})"
    return f"{said}{_against_plan(known(money.deviation_points))}."


def _without_absorption(name: str, period: PeriodChoice, money: Money) -> str:
    reported = known(money.absorption_reported)
    if reported:
        return gettext("%(label)s sampai %(period)s: %(share)s. Yang lain belum melapor.") % {
            "label": reported.label,
            "period": period.words,
            "share": number_words(reported),
        }
    reason = money.absorption.reason if money.absorption else ""
    said = gettext("Serapan anggaran %(name)s sampai %(period)s belum dapat dihitung") % {
        "name": name,
        "period": period.words,
    }
    return f"{said}: {reason}." if reason else f"{said}."


def _against_plan(deviation: ShownFigure | None) -> str:
    words = plan_words(deviation)
    if deviation is None or deviation.value is None or not words:
        return ""
    if deviation.value == 0:
        return f", {words}"
    return f", {points_id(abs(deviation.value), deviation.decimals)} {words}"


def plan_words(deviation: ShownFigure | None) -> str:
    """On which side of the cash plan spending is; empty where the deviation is not known."""
    if deviation is None or deviation.value is None:
        return ""
    if deviation.value == 0:
        return gettext("tepat menurut rencana kas")
    return gettext("di atas rencana kas") if deviation.value > 0 else gettext("di bawah rencana kas")


def outcome_sentence(outcomes: OutcomeCounts) -> str:
    """How many outcome indicators met their target, how many did not, how many cannot be told; outputs do not count."""
    if not outcomes.total:
        return gettext("Belum ada indikator hasil, jadi manfaatnya belum dapat dinilai.")
    if not outcomes.measured:
        return gettext("Tidak satu pun dari %(count)s indikator hasilnya dapat dibandingkan dengan target.") % {
            "count": outcomes.total
        }
    said = gettext("Dari %(all)s indikator hasil, %(met)s mencapai target dan %(short)s belum") % {
        "all": outcomes.total,
        "met": outcomes.met,
        "short": outcomes.missed,
    }
    rest = outcomes.unmeasured
    return said + (gettext("; %(rest)s belum dapat diukur.") % {"rest": rest} if rest else ".")


def is_outcome(row: IndicatorRow) -> bool:
    """Whether the indicator tells of a benefit; an output is not yet one."""
    return row.level != "output"


def counted(share: ShownFigure | None, of: ShownFigure | None) -> str:
    """`8 dari 20` for a share of a known count; empty where either is not known."""
    return some_of_all(share.value if share else None, of.value if of else None)


def benefit_note(benefit: Benefit) -> str:
    """On how many indicators the mean of achievements rests."""
    if benefit.indicators == 0:
        return gettext("belum ada indikator hasil")
    measured = benefit.indicators - benefit.not_measurable
    if not measured:
        return gettext("tidak satu pun dari %(all)s indikator hasil dapat dibandingkan dengan target") % {
            "all": benefit.indicators
        }
    return gettext("rata-rata capaian %(measured)s indikator, masing-masing paling tinggi 100") % {"measured": measured}


def short_months() -> list[str]:
    """`Jan` to `Des`, for the axis of a chart."""
    return [str(name)[:3] for name in MONTHS]
