"""The scorecard of a government with 10 agencies against one with 200: as many queries, nearly the same time.

Each side is a database of its own, filled by the real actions; the page is asked for 60 times in process by a signed-in
leader, after five warm-up requests. The ratio of the 95th percentiles should stay under 1.5.
"""

import os
import statistics
import sys
import time

from bench import measure

FEW, MANY, REQUESTS = 10, 200, 60
PAGES = {"scorecard": "/pemda/99.02/?tahun=2024&bulan=6", "benefit": "/pemda/99.02/manfaat/?tahun=2024&bulan=6"}


def fill(agencies: int) -> object:
    """A government whose agencies each have a cash plan, six months of spending and two indicators; its leader."""
    from manfaat.apps.accounts.models import Role
    from manfaat.apps.organisations.tests import people
    from manfaat.apps.scoring.actions import compute_run
    from manfaat.apps.scoring.tests import facts

    government = people.a_government("99.02", name="Kabupaten Uji")
    for number in range(agencies):
        agency = people.an_agency(government, f"1.{number:03d}", name=f"Dinas Uji {number}")
        for programme in ("01", "02"):
            facts.spend(
                government,
                agency,
                ceiling=10**9 + number,
                realised={month: 10**7 * month * (number % 9 + 1) for month in range(1, 7)},
                planned=dict.fromkeys(range(1, 13), 8 * 10**7),
                programme_code=f"1.{number % 90 + 10}.{programme}",
            )
        for place in (1, 2):
            indicator = facts.an_indicator(government, f"I-{number}-{place}", agency=agency)
            facts.promise(indicator, {(2024, "quarter", 2): 80})
            facts.reach(indicator, {(2024, "quarter", 2): 60 + number % 40})
    compute_run(government, year=2024, month=6, by=None)
    return people.a_person(government=government, role=Role.LEADER)


def ask(agencies: int) -> dict[str, float]:
    """Queries and milliseconds of each page."""
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(fill(agencies))
    found: dict[str, float] = {}
    for name, address in PAGES.items():
        for _ in range(5):
            client.get(address)
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked = len(queries)  # counted here: the next request empties the log
        times = []
        for _ in range(REQUESTS):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        twentieths = statistics.quantiles(times, n=20)
        found |= {
            f"{name} queries": asked, f"{name} kB": len(response.content) / 1024,
            f"{name} p50": statistics.median(times), f"{name} p95": twentieths[18],
        }  # fmt: skip
    return found


def child(agencies: str) -> None:
    """One side in this process."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manfaat.config.settings")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS, settings.DEBUG = ["testserver"], False
    call_command("migrate", verbosity=0)
    measure.report(lambda: ask(int(agencies)))


def main() -> int:
    """Both sides and the ratios of each page."""
    few, many = (measure.side("bench.pages", str(number), times=1).result for number in (FEW, MANY))
    good = True
    for name in PAGES:
        for number, side in ((FEW, few), (MANY, many)):
            p50, p95, size = (side[f"{name} {what}"] for what in ("p50", "p95", "kB"))
            counted = f"{name:<10} {number:>4} agencies: {side[f'{name} queries']:.0f} queries"
            print(f"{counted}, p50 {p50:.1f} ms, p95 {p95:.1f} ms, {size:.0f} kB")
        ratio = many[f"{name} p95"] / few[f"{name} p95"]
        same = many[f"{name} queries"] == few[f"{name} queries"]
        print(f"{name:<10} p95 ratio {ratio:.2f}, {'the same number of queries' if same else 'MORE QUERIES'}")
        good = good and same
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1])
    else:
        sys.exit(main())
