"""Sentences and pictures of the satisfaction pages; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.analysis.means import FALLEN, NO_DIFFERENCE, RISEN
from manfaat.apps.core.charts import Chart, RangeDot, StackRow, range_dots, sparkline, stacked_bars
from manfaat.apps.core.formats import decimal_id, month_id
from manfaat.apps.organisations.models import Government
from manfaat.apps.services.boards import (
    ElementLine,
    GroupTable,
    Standing,
    UnitLine,
    element_lines,
    month_standings,
    trend_months,
    unit_standing,
)
from manfaat.apps.services.index import total_key, weights
from manfaat.apps.services.periods import Kind, Span, spans_of
from manfaat.apps.services.queries import Counted

TONES = {"A": "good", "B": "good", "C": "warn", "D": "bad"}
ANSWERS = (
    gettext_lazy("Tidak baik"), gettext_lazy("Kurang baik"), gettext_lazy("Baik"), gettext_lazy("Sangat baik"),
)  # fmt: skip
DIMENSIONS = {
    "sex": gettext_lazy("Jenis kelamin"),
    "age": gettext_lazy("Umur"),
    "education": gettext_lazy("Pendidikan"),
    "job": gettext_lazy("Pekerjaan"),
}


@dataclass(frozen=True)
class PeriodChoice:
    """The form above the pages: which years, periods and weights there are, and which are chosen."""

    span: Span
    years: Sequence[int]
    weight: str

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Code and label of each period of the year."""
        return [(span.code, _label(span)) for span in spans_of(self.span.year)]

    @property
    def weights(self) -> list[tuple[str, str]]:
        """Code and name of each weight."""
        return weights()

    @property
    def is_other_weight(self) -> bool:
        """Whether a weight other than the usual one is chosen."""
        return bool(self.weight) and self.weight != weights()[0][0]

    @property
    def query(self) -> str:
        """The choice as addresses carry it."""
        weight = f"&bobot={self.weight}" if self.is_other_weight else ""
        return f"tahun={self.span.year}&periode={self.span.code}{weight}"


@dataclass(frozen=True)
class Row:
    """A line of the list or of the months, in words."""

    standing: Standing
    href: str
    why_href: str
    tone: str
    change: str
    trend: Chart | None = None


def list_rows(government: Government, lines: Sequence[UnitLine], choice: PeriodChoice) -> list[Row]:
    """The units, the lowest index first, those without answers in the period last."""
    names = [f"{month_id(month.number)} {month.year}" for month in trend_months(choice.span)]
    ordered = sorted(lines, key=lambda line: (line.standing.value is None, line.standing.value or 0, line.unit.name))
    rows = []
    for line in ordered:
        key = [government.code, line.unit.public_id]
        trend = sparkline(label=line.unit.name, values=line.trend, names=names, decimals=2)
        href = f"{reverse('service_unit', args=key)}?{choice.query}"
        why_href = f"{reverse('service_why', args=[*key, total_key()])}?{choice.query}"
        rows.append(_row(line.standing, href, why_href, trend))
    return rows


def month_rows(address: str, standings: Sequence[Standing], why_address: str) -> list[Row]:
    """The months of a unit, each leading to its own page."""
    queries = [f"tahun={one.span.year}&periode={one.span.code}" for one in standings]
    return [
        _row(one, f"{address}?{query}", f"{why_address}?{query}") for one, query in zip(standings, queries, strict=True)
    ]


def change_words(standing: Standing) -> str:
    """What may be said of the move since the period before, in a sentence."""
    found = standing.change
    if found is None or standing.difference is None:
        return _("tidak ada periode sebelumnya untuk dibandingkan")
    z = "" if found.z is None else f" (z {decimal_id(found.z, 2)})"
    if found.verdict in (RISEN, FALLEN):
        return _("%(moved)s, lebih dari kebetulan") % {"moved": _moved(standing)} + z
    if found.verdict == NO_DIFFERENCE:
        return _("%(moved)s, dapat terjadi karena kebetulan") % {"moved": _moved(standing)} + z
    return _("%(moved)s; jawaban terlalu sedikit untuk diuji") % {"moved": _moved(standing)}


def change_short(standing: Standing) -> str:
    """The same for a table: `naik 1,20 nyata`, `turun 0,30 kebetulan`, `naik 4,00 tidak diuji`."""
    found = standing.change
    if found is None or standing.difference is None:
        return ""
    words = {RISEN: _("nyata"), FALLEN: _("nyata"), NO_DIFFERENCE: _("kebetulan")}
    word = words.get(found.verdict, _("tidak diuji"))
    return f"{_moved(standing)}, {word}"


def _moved(standing: Standing) -> str:
    if not standing.difference:
        return _("tetap")
    size = decimal_id(abs(standing.difference), 2)
    return (_("naik %(size)s") if standing.difference > 0 else _("turun %(size)s")) % {"size": size}


def list_finding(lines: Sequence[UnitLine], span: Span) -> str:
    """The finding above the list."""
    known = sorted(
        (line for line in lines if line.standing.value is not None), key=lambda line: line.standing.value or 0
    )
    if not known:
        return _("Belum ada jawaban survei untuk %(period)s.") % {"period": _label(span)}
    below = [line for line in known if line.standing.category[:1] in ("C", "D")]
    low = known[0].standing
    if below:
        return _("%(count)s dari %(all)s unit layanan masih kurang baik. Terendah: %(name)s, %(value)s.") % {
            "count": len(below), "all": len(known), "name": low.name, "value": decimal_id(low.value, 2),
        }  # fmt: skip
    return _("Semua %(all)s unit layanan bernilai baik atau sangat baik. Terendah: %(name)s, %(value)s.") % {
        "all": len(known), "name": low.name, "value": decimal_id(low.value, 2),
    }  # fmt: skip


def unit_finding(standing: Standing) -> str:
    """The finding above a unit's page."""
    if standing.value is None:
        return _("Belum ada IKM %(period)s: ada unsur yang tidak dijawab siapa pun.") % {"period": standing.span.label}
    return _("Pengguna menilai %(category)s. Yang paling rendah: %(lowest)s, %(value)s.") % {
        "category": standing.category.partition("(")[2].rstrip(")").lower(),
        "lowest": standing.lowest.lower(),
        "value": decimal_id(standing.lowest_value, 2),
    }


def unit_chart(standing: Standing, lines: Sequence[ElementLine]) -> Chart:
    """Each element as one bar of the four answers, the weakest element first."""
    ordered = sorted(lines, key=lambda line: (line.mean is None, line.mean or 0))
    rows = [StackRow(f"{line.code} {line.name}", list(line.counts) if sum(line.counts) else []) for line in ordered]
    title = _("Jawaban tiap unsur, dari yang terendah: %(name)s, %(period)s") % {
        "name": standing.name,
        "period": standing.span.label,
    }
    return stacked_bars(title=title, rows=rows, parts=[str(answer) for answer in ANSWERS], unit="")


def ranking(lines: Sequence[UnitLine], span: Span) -> Chart | None:
    """The units by index with the interval of each; None below two."""
    known = sorted(
        (line.standing for line in lines if line.standing.value is not None), key=lambda one: -(one.value or 0)
    )
    if len(known) < 2:
        return None
    dots = []
    for one in known:
        low = None if not one.margin or one.value is None else max(25.0, one.value - one.margin)
        high = None if not one.margin or one.value is None else min(100.0, one.value + one.margin)
        dots.append(RangeDot(one.name, one.value, low, high))
    title = _("IKM unit layanan dan galat sampelnya, %(period)s") % {"period": span.label}
    return range_dots(title=title, rows=dots, unit="", decimals=2)


@dataclass(frozen=True)
class UnitPage:
    """Everything on a unit's page but its groups."""

    standing: Standing
    row: Row
    finding: str
    change: str
    sample: str
    elements: Sequence[ElementLine]
    chart: Chart
    months: Sequence[Row]


def unit_page(counted: Counted, choice: PeriodChoice, served: int | None) -> UnitPage:
    """The page of a unit in a period."""
    key = [counted.unit.government.code, counted.unit.public_id]
    address, why_address = reverse("service_unit", args=key), reverse("service_why", args=[*key, total_key()])
    standing = unit_standing(counted, choice.span, served, choice.weight)
    lines = element_lines(counted.pool(choice.span))
    months = month_standings(counted, choice.span, choice.weight) if choice.span.kind != Kind.MONTH else []
    return UnitPage(
        standing=standing,
        row=_row(standing, "", f"{why_address}?{choice.query}"),
        finding=unit_finding(standing),
        change=change_words(standing),
        sample=sample_words(standing),
        elements=lines,
        chart=unit_chart(standing, lines),
        months=month_rows(address, months, why_address),
    )


def group_titles(tables: Sequence[GroupTable]) -> list[tuple[str, GroupTable]]:
    """Each table of groups with its title."""
    return [(str(DIMENSIONS[table.dimension]), table) for table in tables]


def sample_words(standing: Standing) -> str:
    """Whether enough people answered, where the number served is known."""
    if standing.needed is None:
        return _("Jumlah dilayani belum diisi, jadi cukup tidaknya jawaban belum dapat dinilai.")
    facts: Mapping[str, str] = {
        "served": decimal_id(standing.served, 0),
        "needed": decimal_id(standing.needed, 0),
        "there": decimal_id(standing.pool.responses, 0),
    }
    if standing.is_enough:
        return _("Cukup: dari %(served)s orang yang dilayani perlu %(needed)s jawaban, ada %(there)s.") % facts
    return _("Kurang: dari %(served)s orang yang dilayani perlu %(needed)s jawaban, baru ada %(there)s.") % facts


def _row(standing: Standing, href: str, why_href: str, trend: Chart | None = None) -> Row:
    return Row(standing, href, why_href, TONES.get(standing.category[:1], "none"), change_short(standing), trend)


def _label(span: Span) -> str:
    return _("Setahun") if span.kind == Kind.YEAR else span.label.removesuffix(f" {span.year}")
