"""A province's kabupaten/kota side by side, with how sure the comparison is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, Point, RangeDot, Tile, quadrant, range_dots, sparkline, tile_map
from manfaat.apps.core.formats import decimal_id, quantity_id
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.presentation import join_words, short_list, whole_number
from manfaat.apps.scoring.queries.shapes_of_many import Comparison, ComparisonRow, IndicatorChoice

LEAST_POINTS = 2
STATES = {"nyata_membaik": "good", "nyata_memburuk": "bad", "ayunan_biasa": "info", "belum_cukup": "none"}


@dataclass(frozen=True)
class Asked:
    """What the form of the comparison asks for."""

    indicator: str
    year: int | None


def choose_comparison(choices: Sequence[IndicatorChoice], asked: Mapping[str, str]) -> Asked | None:
    """The indicator and year asked for, else the first indicator; None where there is nothing to compare."""
    if not choices:
        return None
    codes = [choice.code for choice in choices]
    indicator = asked.get("indikator", "")
    return Asked(indicator if indicator in codes else codes[0], whole_number(asked.get("tahun", "")))


@dataclass(frozen=True)
class ComparisonLine:
    """One government in words: every number already written, missing said in words; `page` explains its value."""

    row: ComparisonRow
    page: UUID | None
    value: str
    ranks: str
    interval: str
    change: str
    state: str
    spark: Chart | None


def comparison_lines(comparison: Comparison, pages: Mapping[str, UUID]) -> list[ComparisonLine]:
    """The governments in order of need, those without data last."""
    return [_line(row, comparison, pages.get(row.code)) for row in _by_need(comparison)]


def _by_need(comparison: Comparison) -> list[ComparisonRow]:
    return sorted(comparison.rows, key=lambda row: (row.rank is None, -(row.rank or 0), row.code))


def _line(row: ComparisonRow, comparison: Comparison, page: UUID | None) -> ComparisonLine:
    unit, decimals = comparison.indicator.unit, comparison.decimals
    known_history = [value for _year, value in row.history if value is not None]
    return ComparisonLine(
        row=row,
        page=page,
        value=quantity_id(row.value, drawn_unit(unit), decimals) if row.value is not None else "",
        ranks=rank_words(row),
        interval=_interval(row, decimals),
        change=_signed(row.change, decimals),
        state=STATES.get(row.verdict, "none"),
        spark=sparkline(
            label=row.name,
            values=[value for _year, value in row.history],
            names=[str(year) for year, _value in row.history],
            unit=unit,
            decimals=decimals,
        )
        if len(known_history) > 1
        else None,
    )


def rank_words(row: ComparisonRow) -> str:
    """`3–9`: the ranks compatible with the usual swing; one number where only that one is."""
    if row.rank is None:
        return ""
    if row.rank_best is None or row.rank_worst is None:
        return gettext("%(rank)s (selang belum diketahui)") % {"rank": row.rank}
    if row.rank_best == row.rank_worst:
        return str(row.rank)
    return f"{row.rank_best}–{row.rank_worst}"


def _interval(row: ComparisonRow, decimals: int) -> str:
    if row.low is None or row.high is None:
        return ""
    return f"{decimal_id(row.low, decimals)}–{decimal_id(row.high, decimals)}"


def _signed(change: float | None, decimals: int) -> str:
    if change is None:
        return ""
    text = decimal_id(change, decimals)
    return f"+{text}" if change > 0 else text


def comparison_finding(comparison: Comparison, province: str) -> str:
    """How many are known, how many really changed, how many pairs can be told apart; names those without data."""
    if not comparison.known:
        return gettext("Belum ada angka %(indicator)s tahun %(year)s untuk kabupaten/kota di %(province)s.") % {
            "indicator": comparison.indicator.name,
            "year": comparison.year,
            "province": province,
        }
    verdicts = [row.verdict for row in comparison.rows if row.value is not None]
    counted = [
        (verdicts.count("nyata_membaik"), gettext("%s membaik nyata")),
        (verdicts.count("nyata_memburuk"), gettext("%s memburuk nyata")),
        (verdicts.count("ayunan_biasa"), gettext("%s dalam ayunan biasa")),
    ]
    parts = [words % count for count, words in counted if count]
    said = [gettext("Dalam setahun %(parts)s.") % {"parts": join_words(parts)}] if parts else []
    if comparison.pairs_told_apart is not None and comparison.pairs_total:
        said.append(
            gettext("Dari %(all)s pasangan, %(apart)s dapat dibedakan dengan yakin.")
            % {"all": comparison.pairs_total, "apart": comparison.pairs_told_apart}
        )
    return " ".join(said)


def without_data(comparison: Comparison) -> str:
    """The governments without a figure, by name."""
    names = [row.name for row in comparison.rows if row.value is None]
    if not names:
        return ""
    return gettext("Tanpa angka untuk tahun ini: %(names)s.") % {"names": short_list(names, 40)}


def comparison_map(comparison: Comparison, province: str) -> Chart | None:
    """The tile map; None where no tile has a place."""
    tiles = [
        Tile(
            code=row.code,
            label=row.name,
            column=row.tile_column,
            row=row.tile_row,
            value=row.value,
            note=row.reason,
        )
        for row in comparison.rows
        if row.tile_column is not None and row.tile_row is not None
    ]
    if not tiles:
        return None
    title = gettext("%(indicator)s %(year)s di %(province)s") % {
        "indicator": comparison.indicator.name,
        "year": comparison.year,
        "province": province,
    }
    return tile_map(
        title=title,
        tiles=tiles,
        unit=drawn_unit(comparison.indicator.unit),
        lower_is_better=comparison.lower_is_better,
        decimals=comparison.decimals,
    )


def comparison_dots(comparison: Comparison) -> Chart | None:
    """The ranking with its intervals, most in need first."""
    rows = [
        RangeDot(label=one.name, value=one.value, low=one.low, high=one.high)
        for one in _by_need(comparison)
        if one.value is not None and one.low is not None
    ]
    if not rows:
        return None
    return range_dots(
        title=gettext("Yang selangnya bertumpang tindih belum tentu berbeda"),
        rows=rows,
        unit=drawn_unit(comparison.indicator.unit),
        decimals=comparison.decimals,
    )


def change_chart(comparison: Comparison, absorbed: Mapping[str, float]) -> Chart | None:
    """Absorption (by code) against the year's change in the good direction; None where fewer than two have both."""
    points = [
        Point(label=row.name, x=absorbed[row.code], y=-row.change if comparison.lower_is_better else row.change)
        for row in comparison.rows
        if row.change is not None and row.code in absorbed
    ]
    if len(points) < LEAST_POINTS:
        return None
    line = median(point.x for point in points if point.x is not None)
    worse = [point for point in points if point.y is not None and point.x is not None and point.y < 0 <= point.x - line]
    title = gettext("Tidak satu pun menyerap di atas nilai tengah sambil memburuk hasilnya")
    if worse:
        title = gettext("%(count)s dari %(all)s menyerap di atas nilai tengah, tetapi hasilnya memburuk") % {
            "count": len(worse),
            "all": len(points),
        }
    return quadrant(
        title=title,
        points=points,
        x_line=line,
        y_line=0,
        x_label=gettext("Serapan anggaran %(year)s (%%)") % {"year": comparison.year},
        y_label=gettext("Perubahan ke arah baik (%(unit)s)") % {"unit": change_unit(comparison.indicator.unit)},
        names=(
            gettext("Membaik, serapan rendah"),
            gettext("Membaik, serapan tinggi"),
            gettext("Memburuk, serapan rendah"),
            gettext("Memburuk, serapan tinggi"),
        ),
        unit="",
    )


def drawn_unit(unit: str) -> str:
    """The unit beside each number: only the per cent sign; a longer one stands once, in the head."""
    return unit if unit == "%" else ""


def change_unit(unit: str) -> str:
    """The unit of a difference: percentages differ by points."""
    return gettext("poin") if unit in ("%", "persen") else unit


def comparison_page(
    province: Government,
    comparison: Comparison,
    choices: Sequence[IndicatorChoice],
    years: Sequence[int],
    absorbed: Mapping[str, float],
    pages: Mapping[str, UUID],
) -> dict[str, Any]:
    """What the template of the comparison is given."""
    return {
        "government": province,
        "comparison": comparison,
        "choices": choices,
        "years": years,
        "finding": comparison_finding(comparison, province.name),
        "lines": comparison_lines(comparison, pages),
        "without_data": without_data(comparison),
        "map": comparison_map(comparison, province.name),
        "dots": comparison_dots(comparison),
        "change": change_chart(comparison, absorbed),
        "change_unit": change_unit(comparison.indicator.unit),
    }
