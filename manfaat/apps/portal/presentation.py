"""Frozen figures in plain words for everybody: what was spent, what came of it, what is not known. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, s_curve
from manfaat.apps.core.formats import MONTHS, decimal_id, period_label, quantity_id, rupiah_short, some_of_all
from manfaat.apps.scoring.published import PublishedFigure, PublishedGovernment, PublishedSource, PublishedVersion

AGENCIES_A_PAGE = 40
SOURCES_A_PAGE = 20
TARGET_MET = 100
ORDER = ("warn", "good", "none")
Shelf = Mapping[str, PublishedFigure]


@dataclass(frozen=True)
class PublicNumber:
    """A frozen number ready to print: `text` is the number or, where there is none, the words for its absence."""

    text: str
    href: str
    is_known: bool


@dataclass(frozen=True)
class PublicCard:
    """One key figure with its label and note."""

    label: str
    number: PublicNumber
    note: str
    is_money: bool = False


@dataclass(frozen=True)
class OutcomeLine:
    """One indicator: what was promised, what was reached, and the words for it. `state` is good, warn, bad or none."""

    name: str
    subject: str
    target: PublicNumber
    value: PublicNumber
    achievement: PublicNumber
    state: str
    status: str
    change: str


@dataclass(frozen=True)
class AgencyLine:
    """One agency: its budget, how much of it was spent, and its measured benefit."""

    name: str
    ceiling: PublicNumber
    absorption: PublicNumber
    benefit: PublicNumber


@dataclass(frozen=True)
class AgencyPart:
    """One page of the agencies."""

    lines: tuple[AgencyLine, ...]
    number: int
    pages: int
    total: int


def search(governments: Iterable[PublishedGovernment], text: str) -> list[PublishedGovernment]:
    """The governments whose name or code holds the text, whatever its capitals; all where it is empty."""
    wanted = text.strip().casefold()
    return [one for one in governments if wanted in f"{one.name} {one.parent_name} {one.code}".casefold()]


def shelf_of(figures: Iterable[PublishedFigure]) -> dict[str, PublishedFigure]:
    """The figures by key."""
    return {figure.key: figure for figure in figures}


def period_words(version: PublishedVersion) -> str:
    """`Desember 2022`."""
    return period_label("month", version.year, version.month)


def number(
    version: PublishedVersion, figure: PublishedFigure | None, missing: str, *, short: bool = False
) -> PublicNumber:
    """The figure as a link to its own page; without a figure only the words."""
    if figure is None:
        return PublicNumber(missing, "", is_known=False)
    href = figure_href(version, figure.key)
    if figure.value is None:
        words = {"not_due": gettext("belum jatuh tempo"), "not_measurable": gettext("tidak dapat diukur")}
        return PublicNumber(words.get(figure.status, missing), href, is_known=False)
    if short and figure.unit == "Rp":
        return PublicNumber(rupiah_short(figure.value), href, is_known=True)
    return PublicNumber(quantity_id(figure.value, figure.unit, figure.decimals), href, is_known=True)


def figure_href(version: PublishedVersion, key: str) -> str:
    """The page of a frozen figure."""
    return reverse("public_figure", args=[version.government_code, version.year, version.month, version.version, key])


def money_key(shelf: Shelf, measure: str, month: int) -> PublishedFigure | None:
    """A figure of the whole government in a month; where some agencies have not reported, that of those that have."""
    figure = shelf.get(f"{measure}/{month:02d}")
    if figure is None or figure.value is None:
        return shelf.get(f"{measure}_reported/{month:02d}") or figure
    return figure


def finding(version: PublishedVersion, shelf: Shelf) -> str:
    """Two or three plain sentences, each only where the figures make it true."""
    said = [_spent(version, shelf), _reached(shelf), _moved(shelf)]
    return " ".join(sentence for sentence in said if sentence)


def _spent(version: PublishedVersion, shelf: Shelf) -> str:
    figure = money_key(shelf, "absorption", version.month)
    if figure is None or figure.value is None:
        return gettext("Belanja sampai %(period)s belum dilaporkan.") % {"period": period_words(version)}
    amount = quantity_id(figure.value, "", figure.decimals).removesuffix(",00")
    said = gettext("Dari setiap Rp100 yang dianggarkan, Rp%(amount)s sudah dibelanjakan sampai %(period)s") % {
        "amount": amount,
        "period": period_words(version),
    }
    if figure.measure == "absorption_reported":
        return gettext("%(said)s oleh yang sudah melapor %(who)s.") % {"said": said, "who": _in_brackets(figure.label)}
    return f"{said}."


def _in_brackets(label: str) -> str:
    return label[label.index("(") :] if "(" in label else ""


def _reached(shelf: Shelf) -> str:
    met = some_of_all(_value(shelf.get("met_share")), _value(shelf.get("measurable")))
    if not met:
        return gettext("Hasilnya belum dapat dibandingkan dengan janji, karena target atau realisasinya belum ada.")
    return gettext("%(some_of_all)s hasil yang dapat diukur mencapai yang dijanjikan.") % {"some_of_all": met}


def _moved(shelf: Shelf) -> str:
    better = some_of_all(_value(shelf.get("improved_share")), _value(shelf.get("comparable")))
    if not better:
        return ""
    return gettext("%(some_of_all)s hasil membaik atau tetap dibanding tahun sebelumnya.") % {"some_of_all": better}


def cards(version: PublishedVersion, shelf: Shelf) -> list[PublicCard]:
    """Budget, spending, share spent, benefit."""
    absorption, realised = (money_key(shelf, name, version.month) for name in ("absorption", "realised"))
    partly = _in_brackets(absorption.label) if absorption and absorption.measure == "absorption_reported" else ""
    empty = gettext("belum diisi")
    return [
        PublicCard(
            gettext("Anggaran"), number(version, shelf.get("ceiling"), empty, short=True), gettext("pagu belanja")
        ),
        PublicCard(gettext("Sudah dibelanjakan"), number(version, realised, empty, short=True), partly, is_money=True),
        PublicCard(gettext("Bagian yang terpakai"), number(version, absorption, empty), partly),
        PublicCard(
            gettext("Manfaat"),
            number(version, shelf.get("benefit"), gettext("belum terukur")),
            gettext("rata-rata capaian indikator hasil, masing-masing paling tinggi 100"),
        ),
    ]


def outcome_lines(version: PublishedVersion, shelf: Shelf) -> list[OutcomeLine]:
    """The indicators, those that fell short first; of equals those of the whole government, then by agency and name."""
    lines = [
        _outcome_line(version, shelf, figure) for figure in shelf.values() if figure.measure == "value" and figure.code
    ]
    return sorted(lines, key=lambda line: (ORDER.index(line.state), line.subject != "", line.subject, line.name))


def _outcome_line(version: PublishedVersion, shelf: Shelf, value: PublishedFigure) -> OutcomeLine:
    code = value.code
    achievement = shelf.get(f"achievement/{code}")
    state, status = _outcome_status(value, achievement)
    return OutcomeLine(
        name=_indicator_name(shelf, value),
        subject="" if value.subject == version.government_name else value.subject,
        target=_target(version, shelf, code),
        value=number(version, value, gettext("belum diisi")),
        achievement=number(version, achievement, gettext("belum terukur")),
        state=state,
        status=status,
        change=_change_words(shelf.get(f"change/{code}")),
    )


def _indicator_name(shelf: Shelf, value: PublishedFigure) -> str:
    """The name without the word that tells its figures apart."""
    achievement = shelf.get(f"achievement/{value.code}")
    return achievement.label.removeprefix("Capaian ") if achievement else value.label


def _target(version: PublishedVersion, shelf: Shelf, code: str) -> PublicNumber:
    """What was promised: a number, or a range from the lower to the upper bound."""
    low, high = shelf.get(f"target/{code}"), shelf.get(f"target_high/{code}")
    said = number(version, low, gettext("tanpa target"))
    if low is None or high is None or low.value is None or high.value is None:
        return said
    words = f"{decimal_id(low.value, low.decimals)}–{quantity_id(high.value, high.unit, high.decimals)}"
    return PublicNumber(words, said.href, is_known=True)


def _outcome_status(value: PublishedFigure, achievement: PublishedFigure | None) -> tuple[str, str]:
    if achievement is None or achievement.value is None:
        return "none", gettext("Belum jatuh tempo") if value.status == "not_due" else gettext("Belum terukur")
    if achievement.value >= TARGET_MET:
        return "good", gettext("Tercapai")
    return "warn", gettext("Belum tercapai")


def _change_words(change: PublishedFigure | None) -> str:
    if change is None or change.value is None:
        not_due = change is not None and change.status == "not_due"
        return gettext("belum jatuh tempo") if not_due else gettext("belum diketahui")
    if change.value == 0:
        return gettext("tetap")
    return gettext("membaik") if change.value > 0 else gettext("memburuk")


def agency_part(version: PublishedVersion, shelf: Shelf, page: int) -> AgencyPart:
    """One page of the agencies, the largest budget first; a page outside the range gives the nearest."""
    ceilings = [one for one in shelf.values() if one.measure == "ceiling" and one.agency_key]
    ordered = sorted(ceilings, key=lambda one: (one.value is None, -(one.value or 0), one.subject))
    pages = max(-(-len(ordered) // AGENCIES_A_PAGE), 1)
    current = min(max(page, 1), pages)
    start = (current - 1) * AGENCIES_A_PAGE
    shown = ordered[start : start + AGENCIES_A_PAGE]
    return AgencyPart(tuple(_agency_line(version, shelf, one) for one in shown), current, pages, len(ordered))


def _agency_line(version: PublishedVersion, shelf: Shelf, ceiling: PublishedFigure) -> AgencyLine:
    place = f"pd/{ceiling.agency_key}"
    return AgencyLine(
        name=ceiling.subject,
        ceiling=number(version, ceiling, gettext("belum diisi"), short=True),
        absorption=number(version, shelf.get(f"absorption/{place}/{version.month:02d}"), gettext("belum diisi")),
        benefit=number(version, shelf.get(f"benefit/{place}"), gettext("belum terukur")),
    )


def curve(version: PublishedVersion, shelf: Shelf) -> Chart | None:
    """The S-curve of the year up to the month; None where fewer than two months are known."""
    keys = [f"{month:02d}" for month in range(1, 13)]
    realised = [_value(shelf.get(f"absorption/{key}")) for key in keys]
    planned = [_value(shelf.get(f"plan_percent/{key}")) for key in keys]
    if sum(value is not None for value in realised) < 2:
        return None
    return s_curve(
        title=gettext("Belanja kumulatif terhadap anggaran, %(year)s") % {"year": version.year},
        months=[str(name)[:3] for name in MONTHS],
        planned=planned,
        realised=realised,
        unit="%",
    )


def _value(figure: PublishedFigure | None) -> float | None:
    return figure.value if figure else None


def gaps(outcomes: Sequence[OutcomeLine], agencies: AgencyPart, shelf: Shelf, version: PublishedVersion) -> list[str]:
    """What this publication does not tell, in sentences."""
    said = []
    without_target = [line.name for line in outcomes if not line.target.is_known]
    if without_target:
        said.append(gettext("Tanpa target, jadi belum dapat dinilai tercapai: %s.") % ", ".join(without_target))
    without_value = [line.name for line in outcomes if not line.value.is_known]
    if without_value:
        said.append(gettext("Tanpa realisasi: %s.") % ", ".join(without_value))
    figure = shelf.get(f"absorption/{version.month:02d}")
    if figure is None or figure.value is None:
        said.append(gettext("Belanja seluruh pemerintah daerah belum lengkap dilaporkan."))
    if not agencies.total:
        said.append(gettext("Angka tidak dirinci per perangkat daerah."))
    return said


def publication_page(
    version: PublishedVersion,
    versions: Sequence[PublishedVersion],
    figures: Iterable[PublishedFigure],
    sources: Sequence[PublishedSource],
    page: str,
) -> dict[str, Any]:
    """What the template of a publication is given."""
    shelf = shelf_of(figures)
    outcomes = outcome_lines(version, shelf)
    agencies = agency_part(version, shelf, page_number(page))
    return {
        "public": True,
        "fictitious": version.is_fictitious,
        "version": version,
        "period": period_words(version),
        "finding": finding(version, shelf),
        "cards": cards(version, shelf),
        "outcomes": outcomes,
        "agencies": agencies,
        "previous_page": agencies.number - 1,
        "next_page": agencies.number + 1,
        "curve": curve(version, shelf),
        "gaps": gaps(outcomes, agencies, shelf, version),
        "richer": richer_period(version, versions),
        "same_period": [one for one in versions if (one.year, one.month) == (version.year, version.month)],
        "other_periods": [
            (period_words(one), one)
            for one in versions
            if one.is_latest and (one.year, one.month) != (version.year, version.month)
        ],
        "sources": sources,
        "file_name": file_name(version, "json"),
    }


@dataclass(frozen=True)
class RicherPeriod:
    """An earlier period that tells more: its name, its version, and how many outcomes it holds against a target."""

    words: str
    version: PublishedVersion


def richer_period(version: PublishedVersion, versions: Iterable[PublishedVersion]) -> RicherPeriod | None:
    """The earlier period with the most outcomes held against a target, the latest of equals; None where none does."""
    period = (version.year, version.month)
    earlier = [one for one in versions if one.is_latest and (one.year, one.month) < period]
    best = max(earlier, key=lambda one: (one.measured, one.year, one.month), default=None)
    if best is None or best.measured <= version.measured:
        return None
    return RicherPeriod(period_words(best), best)


def page_number(text: str) -> int:
    """The page asked for, 1 where it is not a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def file_name(version: PublishedVersion, suffix: str) -> str:
    """`manfaat-35.15-2022-12-v1.json`."""
    return f"manfaat-{version.government_code}-{version.year}-{version.month:02d}-v{version.version}.{suffix}"


@dataclass(frozen=True)
class SourcePart:
    """One page of the governments whose sources are listed."""

    governments: tuple[PublishedGovernment, ...]
    number: int
    pages: int

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def source_part(governments: Sequence[PublishedGovernment], page: str) -> SourcePart:
    """Twenty governments at a time, so that the page stays light."""
    pages = max(-(-len(governments) // SOURCES_A_PAGE), 1)
    current = min(max(page_number(page), 1), pages)
    start = (current - 1) * SOURCES_A_PAGE
    return SourcePart(tuple(governments[start : start + SOURCES_A_PAGE]), current, pages)
