"""The bench: answers changed on a copy. Nothing here is ever kept."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from manfaat import engine
from manfaat.analysis.whatif import Change, Floats, Gain, Plan, best_within, by_effort, changed, gains, path, total_of
from manfaat.apps.evaluations.computing import Given
from manfaat.engine.instruments import Row, evaluate_instrument
from manfaat.engine.instruments.rules import extremes
from manfaat.engine.series import Series, Status

MOST = 1e15
"""No answer beyond this is proposed: it would only stand for an open class."""


@dataclass(frozen=True)
class Trial:
    """What came of the copy. path: the total before, and after each change one on top of the other."""

    before: float
    predicate_before: str
    after: float
    predicate_after: str
    changes: tuple[Change, ...]
    path: tuple[float, ...]
    gaps: tuple[Gain, ...]
    plan: Plan | None

    @property
    def steps(self) -> list[tuple[Change, float, float]]:
        """Each change with the points it brought and the total after it."""
        pairs = zip(self.changes, self.path, self.path[1:], strict=False)
        return [(change, after - before, after) for change, before, after in pairs]


@dataclass
class Bench:
    """One sheet on the bench. rows: those that can be tried, in printed order."""

    given: Given
    rows: tuple[Row, ...]
    answers: Floats

    def score(self, sheets: Floats) -> Floats:
        """Totals of many sheets at once, NaN where there is none."""
        n = len(sheets)
        answers = {}
        for at, row in enumerate(self.rows):
            kept = self.given.entries.get(row.code)
            state = kept if isinstance(kept, Status) else Status.MISSING
            values = sheets[:, at]
            status = np.where(np.isnan(values), np.uint8(state), np.uint8(Status.KNOWN))
            answers[row.code] = Series.from_arrays(values, status)
        result = evaluate_instrument(
            self.given.instrument,
            answers,
            coefficient=None if self.given.coefficient is None else Series.of([self.given.coefficient] * n),
            not_locus={code: np.ones(n, dtype=np.bool_) for code in self.given.not_locus},
            last_year={code: Series.of([entry] * n) for code, entry in self.given.last_year.items()},
            scores={code: Series.of([points] * n) for code, points in self.given.scores.items()},
        )
        return result.total.score.values

    def predicate(self, total: float) -> str:
        """The band of a total."""
        scale = self.given.instrument.scale
        return (engine.classify(Series.of([total]), scale).labels[0] or "") if scale else ""

    def change(self, row: Row, value: float, effort: float | None) -> Change:
        """One answer changed."""
        label = self.given.instrument.label_of(row, value)
        return Change(self.rows.index(row), row.code, value, label, effort)

    def proposals(self, start: Floats, tried: Mapping[str, float], efforts: Mapping[str, float]) -> list[Change]:
        """Per row the answer tried, else the best the instrument allows; rows without a limit propose nothing."""
        found = []
        for at, row in enumerate(self.rows):
            best = tried.get(row.code, extremes(self.given.instrument, row)[1])
            now = start[at]
            if best is not None and abs(best) < MOST and (np.isnan(now) or best != now):
                found.append(self.change(row, best, efforts.get(row.code)))
        return found


def bench(given: Given) -> Bench:
    """The sheet as it stands; rows that are no locus cannot be tried."""
    rows = tuple(row for row in given.instrument.leaves if row.code not in given.not_locus)
    kept = [given.entries.get(row.code) for row in rows]
    return Bench(given, rows, np.array([entry if isinstance(entry, float) else np.nan for entry in kept], dtype=float))


def try_out(desk: Bench, tried: Mapping[str, float], efforts: Mapping[str, float], budget: float | None) -> Trial | str:
    """What the changes and gaps come to, or the sentence why that cannot be said.

    tried: per row the answer on the copy. efforts: per row, in the user's own unit. budget: of effort, None without.
    Where the sheet has no total yet, the answers tried first complete it; then gaps are those of the completed copy.
    """
    changes = [desk.change(row, tried[row.code], None) for row in desk.rows if row.code in tried]
    start = desk.answers
    try:
        if np.isnan(desk.score(start[np.newaxis, :])[0]):
            start, changes = changed(start, changes), []
        before = total_of(desk.score, start)
        totals = path(desk.score, start, changes)
        proposals = desk.proposals(start, {} if start is not desk.answers else tried, efforts)
        found = gains(desk.score, start, proposals)
        plan = None if budget is None else best_within(desk.score, start, proposals, budget)
    except (ValueError, engine.EngineError) as error:
        return str(error)
    ranked = by_effort(found)
    return Trial(
        before=before,
        predicate_before=desk.predicate(before),
        after=totals[-1],
        predicate_after=desk.predicate(totals[-1]),
        changes=tuple(changes),
        path=tuple(totals),
        gaps=(*ranked, *(one for one in found if one.per_effort is None)),
        plan=plan,
    )
