"""The rest of the year: the pace so far, the pace needed, and a forecast where history allows one. Advice, no score."""

from collections import defaultdict

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from manfaat.analysis.absorption import LEAST_HISTORIES, Floats, Forecast, Pace, forecast_december, pace_of
from manfaat.apps.core.formats import month_id, percent_id, points_id
from manfaat.apps.organisations.models import Agency
from manfaat.apps.scoring.gather.benchmarks import benchmark_of
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.queries.shapes import MonthLine, Outlook

DECEMBER = 12
WHOLE_CEILING = 100.0


def outlook_of(run: Run, months: MonthLine, agency: Agency | None) -> Outlook | None:
    """What the months known say about December; None when no month is known. At most one query."""
    known = [value if number <= run.month else None for number, value in enumerate(months.realised_percent, start=1)]
    goal, goal_words = _goal(run, months)
    pace = pace_of(np.array([np.nan if value is None else value for value in known]), goal)
    if pace is None:
        return None
    sentences = [_pace_words(pace, goal, goal_words)]
    if pace.fell:
        sentences.append(_("Angka kumulatif turun dibanding bulan sebelumnya; periksa datanya."))
    forecast = Forecast(None, None, None, 0)
    if pace.month < DECEMBER:
        forecast = forecast_december(pace.absorption, pace.month, _histories(run, agency))
        sentences.append(_forecast_words(forecast))
    return Outlook(
        month=pace.month,
        needed_points_a_month=pace.needed,
        forecast=forecast.value,
        low=forecast.low,
        high=forecast.high,
        histories=forecast.histories,
        sentences=tuple(sentences),
    )


def _goal(run: Run, months: MonthLine) -> tuple[float, str]:
    """What December is held against: the cash plan, else the region's benchmark, else the whole ceiling."""
    planned = months.plan_percent[DECEMBER - 1]
    if planned is not None:
        return planned, _("rencana kas Desember")
    benchmark = benchmark_of(run.government.code)
    if benchmark:
        return benchmark.lower[DECEMBER - 1], _("batas bawah acuan Desember")
    return WHOLE_CEILING, _("seluruh pagu")


def _histories(run: Run, agency: Agency | None) -> Floats:
    """float64[k, 12]: the past years of this government's agencies; for a government those of its neighbours too."""
    past = Figure.objects.filter(
        measure="absorption", run__is_current=True, run__year__lt=run.year, value__isnull=False
    )
    own = Q(run__government=run.government_id)
    if agency is not None:
        past = past.filter(own).exclude(agency=None)
    else:
        parent = run.government.parent_id
        past = past.filter(own | Q(run__government__parent=parent) if parent else own, agency=None)
    found: defaultdict[tuple[int, int | None, int], Floats] = defaultdict(lambda: np.full(DECEMBER, np.nan))
    rows = past.order_by("run__month").values_list("run__government", "agency", "run__year", "month", "value")
    for government, pk, year, month, value in rows:
        if month:
            found[government, pk, year][month - 1] = value
    return np.array(list(found.values())).reshape(-1, DECEMBER)


def _pace_words(pace: Pace, goal: float, goal_words: str) -> str:
    said = _("Sampai %(month)s terserap %(absorption)s, rata-rata %(pace)s per bulan.") % {
        "month": month_id(pace.month),
        "absorption": percent_id(pace.absorption),
        "pace": points_id(pace.so_far),
    }
    if pace.needed is None:
        return said
    if pace.needed == 0:
        return f"{said} " + _("%(goal)s (%(words)s) sudah tercapai.") % {"goal": percent_id(goal), "words": goal_words}
    return f"{said} " + _("Untuk mencapai %(goal)s (%(words)s) perlu %(needed)s per bulan.") % {
        "goal": percent_id(goal),
        "words": goal_words,
        "needed": points_id(pace.needed),
    }


def _forecast_words(forecast: Forecast) -> str:
    if not forecast.suffices:
        return _("Perkiraan akhir tahun: data belum cukup (%(have)s dari %(least)s riwayat tahun lalu).") % {
            "have": forecast.histories,
            "least": LEAST_HISTORIES,
        }
    return _(
        "Bila sisa tahun berjalan seperti %(count)s riwayat tahun lalu, Desember berakhir sekitar %(value)s; delapan "
        "dari sepuluh kali antara %(low)s dan %(high)s."
    ) % {
        "count": forecast.histories,
        "value": percent_id(forecast.value),
        "low": percent_id(forecast.low),
        "high": percent_id(forecast.high),
    }
