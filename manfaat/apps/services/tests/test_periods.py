"""Periods of an index: which months they hold, and what came before."""

import pytest

from manfaat.apps.services.boards import trend_months
from manfaat.apps.services.periods import Span, span_named, spans_of


@pytest.mark.parametrize(
    ("code", "months", "before"),
    [
        ("tahun", range(1, 13), Span(2025)),
        ("semester-1", range(1, 7), Span(2025, "semester", 2)),
        ("triwulan-1", range(1, 4), Span(2025, "quarter", 4)),
        ("triwulan-3", range(7, 10), Span(2026, "quarter", 2)),
        ("bulan-1", range(1, 2), Span(2025, "month", 12)),
    ],
)
def test_a_period_holds_its_months_and_follows_the_one_before(code: str, months: range, before: Span) -> None:
    span = span_named(2026, code)
    assert (list(span.months), span.before, span.code) == (list(months), before, code)
    assert [month for month in range(1, 13) if span.holds(2026, month)] == list(months)
    assert not span.holds(2025, months[0])


def test_a_year_has_nineteen_periods_and_a_trend_twelve_months() -> None:
    assert len({span.label for span in spans_of(2026)}) == 1 + 2 + 4 + 12
    months = trend_months(Span(2026, "quarter", 1))
    assert (months[0], months[-1], len(months)) == (Span(2025, "month", 4), Span(2026, "month", 3), 12)
