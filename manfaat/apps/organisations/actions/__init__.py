"""What changes governments, their structure and their periods."""

from manfaat.apps.organisations.actions.agencies import (
    AgencyFacts,
    close_agency,
    merge_agencies,
    move_agency,
    open_agency,
    rename_agency,
    split_agency,
)
from manfaat.apps.organisations.actions.governments import open_government, open_with_administrator
from manfaat.apps.organisations.actions.periods import close_period, ensure_period, open_periods, reopen_period

__all__ = [
    "AgencyFacts",
    "close_agency",
    "close_period",
    "ensure_period",
    "merge_agencies",
    "move_agency",
    "open_agency",
    "open_government",
    "open_periods",
    "open_with_administrator",
    "rename_agency",
    "reopen_period",
    "split_agency",
]
