"""A province's kabupaten/kota side by side, with how sure the comparison is."""

from dataclasses import dataclass

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, RangeDot, Tile, range_dots, sparkline, tile_map
from manfaat.apps.core.formats import decimal_id, quantity_id
from manfaat.apps.scoring.presentation import short_list
from manfaat.apps.scoring.queries.shapes import Comparison, ComparisonRow

STATES = {"nyata_membaik": "good", "nyata_memburuk": "bad", "ayunan_biasa": "info", "belum_cukup": "none"}


@dataclass(frozen=True)
class ComparisonLine:
    """One government in words: every number already written, missing said in words."""

    row: ComparisonRow
    value: str
    ranks: str
    interval: str
    change: str
    state: str
    spark: Chart | None


def comparison_lines(comparison: Comparison) -> list[ComparisonLine]:
    """The governments in order of need, those without data last."""
    rows = sorted(comparison.rows, key=lambda row: (row.rank is None, -(row.rank or 0), row.code))
    return [_line(row, comparison) for row in rows]


def _line(row: ComparisonRow, comparison: Comparison) -> ComparisonLine:
    unit, decimals = comparison.indicator.unit, comparison.decimals
    known_history = [value for _year, value in row.history if value is not None]
    return ComparisonLine(
        row=row,
        value=quantity_id(row.value, unit, decimals) if row.value is not None else "",
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
    better, worse = verdicts.count("nyata_membaik"), verdicts.count("nyata_memburuk")
    said = []
    if "ayunan_biasa" in verdicts or better or worse:
        said.append(
            gettext("Dibanding tahun sebelumnya, %(better)s membaik nyata, %(worse)s memburuk nyata, %(rest)s dalam ayunan biasa.")
            % {"better": better, "worse": worse, "rest": verdicts.count("ayunan_biasa")}
        )
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
        unit=comparison.indicator.unit,
        lower_is_better=comparison.lower_is_better,
        decimals=comparison.decimals,
    )


def comparison_dots(comparison: Comparison) -> Chart | None:
    """The ranking with its intervals, most in need first."""
    lines = comparison_lines(comparison)
    rows = [
        RangeDot(label=one.row.name, value=one.row.value, low=one.row.low, high=one.row.high, highlight=False)
        for one in lines
        if one.row.value is not None and one.row.low is not None
    ]
    if not rows:
        return None
    return range_dots(
        title=gettext("Yang selangnya bertumpang tindih belum tentu berbeda"),
        rows=rows,
        unit=comparison.indicator.unit,
        decimals=comparison.decimals,
    )
