"""What comes back from the runs: scorecards, the why of a figure, comparisons.

The doors (all raise `NotFound` for a stranger):
`latest_run_for(user, government, year, month)`, `available_periods(government)`, `is_stale(run)`,
`scorecard_for(user, government, *, year, month, page=1, order="code")`,
`agency_scorecard_for(user, government, agency, *, year, month)`,
`benefit_against_absorption_for(user, government, run)`, `province_picture_for(user, province, *, year, month)`,
`comparison_for(user, province, *, year, indicator)`, `comparable_indicators_for(user, province)`,
`figure_for(user, public_id)`.
"""
