"""Invented answers to the satisfaction survey of Kabupaten Contoh: always the same, and nobody's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction

from manfaat.apps.accounts.models import User
from manfaat.apps.organisations.models import Government
from manfaat.apps.services.actions import NewResponse, open_units, record_responses, set_served
from manfaat.apps.services.models import Response, Served, ServiceUnit
from manfaat.demo.contoh import CODE, LAST_MONTH
from manfaat.demo.sources import is_loaded, open_source
from manfaat.demo.tables import Row, origins, read_rows

ORIGIN, FILE = "contoh-kepuasan", "contoh/counters.csv"
ELEMENTS = range(1, 10)
BLANK_SHARE = 0.01
"""Answers left blank."""
SEXES = list(Response.Sex.values)
AGES = [*Response.Age.values, "20-29", "30-39", "30-39", "40-49"]
EDUCATIONS = ["SD", "SLTP", "SLTA", "SLTA", "SLTA", "SLTA", "D", "S1", "S1", "S1", ""]
JOBS = ["asn", "swasta", "swasta", "swasta", "wiraswasta", "wiraswasta", "pelajar", "petani", "lain", "lain"]
SERVED_YEAR = 2025


@dataclass(frozen=True)
class Draw:
    """Numbers from 0 to 1 that depend on words alone."""

    digest: bytes

    @classmethod
    def of(cls, *words: object) -> "Draw":
        """The draw of those words."""
        return cls(blake2b("|".join(map(str, words)).encode(), digest_size=64).digest())

    def share(self, at: int) -> float:
        """The number at a place, 0 to 31."""
        return int.from_bytes(self.digest[2 * at : 2 * at + 2], "big") / 65536

    def pick(self, at: int, choices: Sequence[str]) -> str:
        """One of the choices."""
        return choices[int(self.share(at) * len(choices))]


def load_satisfaction(*, planner: User) -> int:
    """Units, answers and people served; returns how many answers were entered, none when they are there already."""
    government, origin = Government.objects.get(code=CODE), origins()[ORIGIN]
    if is_loaded(government, origin):
        return 0
    counters = read_rows(FILE)
    with transaction.atomic():
        open_units(government, [row["unit"] for row in counters], by=planner)
        units = {unit.name: unit for unit in ServiceUnit.objects.filter(government=government)}
        responses = [one for row in counters for one in _responses(row, units[row["unit"]].pk)]
        months = {(one.unit_id, one.year, one.month) for one in responses}
        source = open_source(government, origin)
        written = record_responses(source, responses, months, replaces=False, by=planner)
        for row in counters:
            if row["dilayani_2025"]:
                set_served(
                    units[row["unit"]], kind=Served.Kind.YEAR, year=SERVED_YEAR, number=1,
                    people=int(row["dilayani_2025"]), by=planner,
                )  # fmt: skip
    return written["responses"]


def _responses(row: Row, unit_id: int) -> Iterator[NewResponse]:
    """The answers of one counter, month by month, around the level that its row describes."""
    number = 0
    months = [(year, month) for year, last in LAST_MONTH.items() for month in range(1, last + 1)]
    for elapsed, (year, month) in enumerate(months):
        size = int(row["jawaban_sebulan"])
        count = round(size * (0.7 + 0.6 * Draw.of(row["unit"], year, month).share(0)))
        level = float(row["nilai"]) + float(row["naik_sebulan"]) * elapsed
        is_weak = f"{year}-{month:02d}" >= row["mulai_lemah"]
        for _respondent in range(count):
            number += 1
            draw = Draw.of(row["unit"], number)
            levels = [
                level + (float(row["selisih"]) if is_weak and str(u) == row["unsur_lemah"] else 0) for u in ELEMENTS
            ]
            yield NewResponse(
                unit_id, year, month, [_answer(draw, u, levels[u - 1]) for u in ELEMENTS], draw.pick(20, SEXES),
                draw.pick(21, AGES), draw.pick(22, EDUCATIONS), draw.pick(23, JOBS), number,
            )  # fmt: skip


def _answer(draw: Draw, element: int, level: float) -> int | None:
    """1 to 4 around `level` / 25, pulled together by the respondent's own mood; blank now and then."""
    if draw.share(element + 9) < BLANK_SHARE:
        return None
    mood = 1.2 * (draw.share(0) - 0.5)
    return min(4, max(1, round(level / 25 + mood + 1.4 * (draw.share(element) - 0.5))))
