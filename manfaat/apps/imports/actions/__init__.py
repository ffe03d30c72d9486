"""The way of an uploaded file into the records: upload, map, check, queue, apply, undo."""

from manfaat.apps.imports.actions.apply import apply_batch, queue_batch
from manfaat.apps.imports.actions.check import check_batch, set_mapping
from manfaat.apps.imports.actions.claims import Claim, claim_batch, claim_next
from manfaat.apps.imports.actions.undo import undo_batch
from manfaat.apps.imports.actions.upload import NewUpload, upload_file
from manfaat.apps.imports.actions.work import is_small, run_claimed, run_now

__all__ = [
    "Claim",
    "NewUpload",
    "apply_batch",
    "check_batch",
    "claim_batch",
    "claim_next",
    "is_small",
    "queue_batch",
    "run_claimed",
    "run_now",
    "set_mapping",
    "undo_batch",
    "upload_file",
]
