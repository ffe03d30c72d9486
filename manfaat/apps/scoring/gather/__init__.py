"""Reads the records a run is computed from, and tells when they have changed."""

from manfaat.apps.scoring.gather.digest import inputs_digest
from manfaat.apps.scoring.gather.records import Records, read_records

__all__ = ["Records", "inputs_digest", "read_records"]
