"""What may be done to runs and publications: one module per noun."""

from manfaat.apps.scoring.actions.publications import publish_run
from manfaat.apps.scoring.actions.runs import compute_run

__all__ = ["compute_run", "publish_run"]
