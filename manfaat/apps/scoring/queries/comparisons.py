"""The kabupaten/kota of a province side by side, and how sure that comparison is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from manfaat.analysis import comparison as advice
from manfaat.apps.core.errors import NotFound
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, supervised_governments_for
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.queries.runs import check_may_see
from manfaat.apps.scoring.queries.shapes_of_many import Comparison, ComparisonRow, IndicatorChoice
from manfaat.engine.rounding import format_id

Status = Measurement.Status


@dataclass(frozen=True)
class _Series:
    """What was read for one government: values by year, and the row of the year asked for."""

    values: Mapping[int, float]
    row: Measurement | None


def comparable_indicators_for(user: Person, province: Government) -> list[IndicatorChoice]:
    """The indicators that at least two kabupaten/kota of the province share by code, most shared first; none where the
    government is no province.
    """
    check_may_see(user, province)
    if province.kind != Government.Kind.PROVINCE:
        return []
    governments = supervised_governments_for(user, province)
    rows = Indicator.objects.filter(government__in=governments, agency=None).values_list("code", "name", "unit")
    shared = Counter(code for code, _name, _unit in rows)
    first = {code: IndicatorChoice(code, name, unit) for code, name, unit in reversed(list(rows))}
    return [first[code] for code, count in shared.most_common() if count > 1]


def comparison_for(user: Person, province: Government, *, year: int, indicator: str) -> Comparison:
    """The kabupaten/kota of a province for one indicator (by code) and year, missing ones included; four queries.

    Raises: NotFound for a stranger, or when no kabupaten/kota has the indicator.
    """
    governments = list(supervised_governments_for(user, province).order_by("code"))
    definitions = list(
        Indicator.objects.filter(government__in=governments, code=indicator).order_by("government__code")
    )
    if not definitions:
        raise NotFound(_("Tidak ada kabupaten/kota di provinsi ini yang punya indikator itu."))
    sheet = definitions[0]
    series = _read(definitions, year)
    years = _consecutive_years(series, year)
    found = advice.compare(
        np.array([[_of(series.get(one.pk), y) for y in years] for one in governments]),
        lower_is_better=sheet.lower_is_better,
        resolution=10.0**-sheet.decimals,
    )
    rows = [
        _row(one, series.get(one.pk), place, found, year, known=one.pk in series)
        for place, one in enumerate(governments)
    ]
    return Comparison(
        indicator=IndicatorChoice(sheet.code, sheet.name, sheet.unit),
        year=year,
        years=tuple(years),
        decimals=sheet.decimals,
        lower_is_better=sheet.lower_is_better,
        rows=tuple(rows),
        known=sum(row.value is not None for row in rows),
        noise=found.noise.sd,
        margin=found.noise.margin(),
        noise_words=_noise_words(found.noise, sheet),
        limits=_limits(found.noise),
        pairs_told_apart=None if found.noise.sd is None else found.pairs_told_apart,
        pairs_total=found.pairs,
    )


def _read(definitions: Sequence[Indicator], year: int) -> dict[int, _Series]:
    """Per government the yearly values up to the year; drafts do not count."""
    values: defaultdict[int, dict[int, float]] = defaultdict(dict)
    rows: dict[int, Measurement] = {}
    found = Measurement.objects.filter(
        indicator__in=definitions, period__kind="year", period__year__lte=year, is_current=True
    ).exclude(state=Measurement.State.DRAFT)
    for one in found.select_related("period", "source_file", "indicator").order_by("period__year"):
        government = one.indicator.government_id
        if one.value is not None:
            values[government][one.period.year] = float(one.value)
        if one.period.year == year:
            rows[government] = one
    return {one.government_id: _Series(values[one.government_id], rows.get(one.government_id)) for one in definitions}


def _consecutive_years(series: Mapping[int, _Series], year: int) -> list[int]:
    """From the first year any government knows to the year asked for, without a gap in the axis."""
    first = min((min(one.values) for one in series.values() if one.values), default=year)
    return list(range(min(first, year), year + 1))


def _of(series: _Series | None, year: int) -> float:
    return series.values.get(year, float("nan")) if series else float("nan")


def _row(
    government: Government, series: _Series | None, place: int, found: advice.Comparison, year: int, *, known: bool
) -> ComparisonRow:
    row = series.row if series else None
    value = series.values.get(year) if series else None
    verdict = str(found.verdict[place])
    return ComparisonRow(
        code=government.code,
        name=government.name,
        kind=government.kind,
        tile_column=government.tile_column,
        tile_row=government.tile_row,
        value=value,
        status=row.status if row else Status.MISSING,
        reason=_why_missing(row, known=known) if value is None else "",
        rank=_whole(found.rank[place]),
        rank_best=_whole(found.rank_best[place]),
        rank_worst=_whole(found.rank_worst[place]),
        low=_number(found.low[place]),
        high=_number(found.high[place]),
        change=_number(found.change[place]),
        verdict=verdict,
        verdict_words=_verdict_words(verdict),
        like_neighbours=None if found.noise.sd is None or value is None else int(found.alike[place]),
        history=tuple(sorted(series.values.items())) if series else (),
        source=_source(row),
    )


def _why_missing(row: Measurement | None, *, known: bool) -> str:
    if not known:
        return _("daerah ini tidak punya indikator ini")
    if row is None:
        return _("belum diisi untuk tahun ini")
    return row.reason or str(row.get_status_display()).lower()


def _source(row: Measurement | None) -> str:
    if row is None or row.source_file is None:
        return ""
    told = [row.source_file.publisher or row.source_file.name, str(row.source_file.published_year or "")]
    return " ".join(part for part in told if part)


def _whole(number: np.int64) -> int | None:
    return int(number) or None


def _number(number: np.float64) -> float | None:
    return float(number) if np.isfinite(number) else None


def _verdict_words(verdict: str) -> str:
    return {
        advice.REALLY_BETTER: _("membaik nyata"),
        advice.REALLY_WORSE: _("memburuk nyata"),
        advice.USUAL_SWING: _("dalam ayunan biasa"),
        advice.TOO_LITTLE: _("data belum cukup"),
    }[verdict]


def _noise_words(noise: advice.Noise, sheet: Indicator) -> str:
    margin = noise.margin()
    if noise.sd is None or margin is None:
        return _("Ayunan tahunan belum dapat ditaksir: perlu sedikitnya tiga tahun berturut-turut dari lima daerah.")
    return _(
        "Angka satu daerah biasa berayun sekitar %(sd)s %(unit)s dari tahun ke tahun. Selisih dua daerah di bawah "
        "%(margin)s %(unit)s tidak cukup untuk membedakan keduanya."
    ) % {
        "sd": format_id(noise.sd, sheet.decimals),
        "margin": format_id(margin, sheet.decimals),
        "unit": _("poin") if sheet.unit in ("%", "persen") else sheet.unit,
    }


def _limits(noise: advice.Noise) -> tuple[str, ...]:
    """What the estimate is, and what it is not."""
    basis = _("Ditaksir dari %(count)s lengkungan tiga tahun pada %(units)s daerah, di luar gerak bersama tiap tahun.")
    return (
        basis % {"count": noise.differences, "units": noise.units},
        _("Ini bukan galat sampling survei: galat itu tidak ada dalam berkas sumbernya."),
        _("Satu taksiran untuk semua daerah; daerah kecil dapat berayun lebih besar daripada ini."),
        _("Belokan tren yang sungguh terjadi ikut terhitung sebagai ayunan, jadi kata “nyata” dipakai hati-hati."),
    )
