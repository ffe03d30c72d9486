"""Runs, and whether they still say what the records say."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may, may
from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.models import AuditHead
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, government_for, may_see
from manfaat.apps.scoring.gather import inputs_digest
from manfaat.apps.scoring.models import Figure, Publication, Run
from manfaat.apps.scoring.queries.shapes import AvailablePeriod, RunFacts, ShownFigure

RUNS_AT_HAND = 1_000


def latest_run_for(user: Person, government: Government, year: int, month: int) -> Run | None:
    """The current run of the period; None when nothing was computed yet."""
    check_may_see(user, government)
    return (
        Run.objects.filter(government=government, year=year, month=month, is_current=True)
        .select_related("computed_by", "government")
        .first()
    )


def government_to_publish_for(user: Person, code: str) -> Government:
    """The government `code` for whoever may publish its figures or compute them anew.

    Raises: NotFound for a stranger, Denied for a role that may do neither.
    """
    government = government_for(user, code)
    if not may(user, Right.COMPUTE, government_id=government.pk):
        check_may(user, Right.PUBLISH, government_id=government.pk)
    return government


def available_periods(government: Government) -> list[AvailablePeriod]:
    """The periods for which a current run stands, latest first."""
    runs = Run.objects.filter(government=government, is_current=True).values_list("year", "month")
    published = Publication.objects.filter(government=government).order_by().values_list("year", "month")
    versions = {(year, month): version for year, month, version in published.annotate(last=Max("version"))}
    return [
        AvailablePeriod(year, month, versions.get((year, month), 0)) for year, month in sorted(set(runs), reverse=True)
    ]


def is_stale(run: Run) -> bool:
    """Whether the records or the rules are no longer those the run was computed from: reads all records anew."""
    return _has_other_rules(run) or run.inputs_digest != inputs_digest(run.government, run.year, run.month)


def is_known_stale(run: Run) -> bool:
    """The same for a page: reads the records only where something was done in the government since it last looked.

    Each action writes its event into the chain of the government in its own transaction, so the number of the last
    event tells whether anything can have changed. What somebody changed in the database without an action is found by
    `is_stale`, which publishing asks.
    """
    if _has_other_rules(run):
        return True
    last = AuditHead.objects.filter(government=run.government_id).values_list("sequence", flat=True).first()
    return _was_stale_at(run.public_id, last or 0)


@lru_cache(maxsize=RUNS_AT_HAND)
def _was_stale_at(public_id: UUID, _sequence: int) -> bool:
    """Whether the run was stale when the government's chain had so many events; that does not change any more."""
    return is_stale(Run.objects.select_related("government").get(public_id=public_id))


def _has_other_rules(run: Run) -> bool:
    return run.engine_version != engine.ENGINE_VERSION or run.rules_digest != engine.rules_digest()


def stale_runs(government: Government) -> list[Run]:
    """The current runs of a government that the records have left behind."""
    runs = Run.objects.filter(government=government, is_current=True).select_related("government")
    return [run for run in runs if is_stale(run)]


def run_facts(run: Run) -> RunFacts:
    """What a page says about a run."""
    return RunFacts(
        public_id=run.public_id,
        year=run.year,
        month=run.month,
        computed_at=run.computed_at,
        computed_by=str(run.computed_by) if run.computed_by else "",
        engine_version=run.engine_version,
        rules_digest=run.rules_digest,
        result_digest=run.result_digest,
        is_stale=is_known_stale(run),
        has_data=bool(run.parameters.get("has_data")),
    )


class Found(NamedTuple):
    """A figure as pages print it, with what it is about."""

    figure: ShownFigure
    agency_id: int | None
    indicator_id: int | None
    node_code: str


SHOWN = (
    "public_id", "key", "measure", "label", "value", "unit", "status", "reason", "shown", "sentence", "decimals",
    "month", "source",
)  # fmt: skip
"""The columns a table needs, in the order of `ShownFigure`; the record stays in the database."""
ABOUT = ("agency_id", "indicator_id", "node_code")
REASON = SHOWN.index("reason")


def figures_in(run: Run) -> QuerySet[Figure]:
    """The figures of a run."""
    return Figure.objects.filter(run=run)


def found_in(figures: QuerySet[Figure]) -> Iterator[Found]:
    """The figures without their records and without model instances, of which a page would need hundreds; one query."""
    for row in figures.values_list(*SHOWN, *ABOUT):
        columns = list(row[: len(SHOWN)])
        columns[REASON] = engine.reason_sentence(columns[REASON]) if columns[REASON] else ""
        yield Found(ShownFigure(*columns), *row[len(SHOWN) :])


def shown(figure: Figure) -> ShownFigure:
    """One figure as pages print it."""
    columns = {name: getattr(figure, name) for name in SHOWN}
    return ShownFigure(**columns | {"reason": engine.reason_sentence(figure.reason) if figure.reason else ""})


def check_may_see(user: Person, government: Government) -> None:
    """Raises: NotFound for a stranger to the government."""
    if not may_see(user, government):
        raise NotFound(_("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana."))
