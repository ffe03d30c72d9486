"""Computes the figures of every government in the demo and publishes some, so that the portal has something to show."""

from collections.abc import Iterator

from manfaat.apps.accounts.models import User
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.actions import compute_run, publish_run
from manfaat.apps.scoring.models import Publication, Run
from manfaat.demo.tables import read_rows

YEAR_END = 12
OTHER_PERIODS = {
    "12.12": ((2022, 3), (2022, 6), (2022, 10), (2022, 11)),
    "99.01": ((2025, 12), (2026, 3), (2026, 6), (2026, 9), (2026, 10)),
}
"""Months beside the ends of the years of official outcomes: those for which there is monthly money."""
PUBLISHED = {
    "jatim-gubernur": (("35", 2021, 12), ("35", 2022, 12)),
    "toba-bupati": (("12.12", 2022, 11),),
    "contoh-bupati": (("99.01", 2025, 12), ("99.01", 2026, 9)),
}
"""Who publishes what; everybody only their own government."""


def compute_runs() -> int:
    """Compute the periods that have no run yet; one that somebody made stale meanwhile stays for people to see."""
    governments = Government.objects.in_bulk(field_name="code")
    there = set(Run.objects.values_list("government__code", "year", "month"))
    waiting = [period for period in _periods() if period not in there]
    for code, year, month in waiting:
        compute_run(governments[code], year=year, month=month, by=None)
    return len(waiting)


def publish_runs() -> int:
    """Publish what the list names and nobody has published yet; returns how many publications were made."""
    made = 0
    people = User.objects.in_bulk(list(PUBLISHED), field_name="username")
    for username, periods in PUBLISHED.items():
        for code, year, month in periods:
            if Publication.objects.filter(government__code=code, year=year, month=month).exists():
                continue
            run = Run.objects.get(government__code=code, year=year, month=month, is_current=True)
            publish_run(run, reason="", by=people[username])
            made += 1
    return made


def _periods() -> Iterator[tuple[str, int, int]]:
    """Two years of outcomes for every government of the tables, then the months with money."""
    for file in ("outcomes_provinces.csv", "outcomes_kabkota.csv"):
        for row in read_rows(file):
            if row["tahun"] in ("2021", "2022"):
                yield row["kode"], int(row["tahun"]), YEAR_END
    for code, periods in OTHER_PERIODS.items():
        for year, month in periods:
            yield code, year, month
