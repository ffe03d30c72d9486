"""What comes back from the runs: scorecards, the why of a figure, comparisons. `shapes` says what each returns.

Every door that takes a `user` raises `NotFound` for a stranger to the government.
"""

from manfaat.apps.scoring.queries.benefits import absorption_of_each_for, benefit_against_absorption_for
from manfaat.apps.scoring.queries.comparisons import comparable_indicators_for, comparison_for
from manfaat.apps.scoring.queries.figures import figure_for
from manfaat.apps.scoring.queries.runs import (
    available_periods,
    government_to_publish_for,
    is_stale,
    latest_run_for,
    stale_runs,
)
from manfaat.apps.scoring.queries.scorecards import agency_scorecard_for, scorecard_for

__all__ = [
    "absorption_of_each_for",
    "agency_scorecard_for",
    "available_periods",
    "benefit_against_absorption_for",
    "comparable_indicators_for",
    "comparison_for",
    "figure_for",
    "government_to_publish_for",
    "is_stale",
    "latest_run_for",
    "scorecard_for",
    "stale_runs",
]
