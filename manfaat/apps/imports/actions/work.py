"""Running a claimed batch, in the request when it is small, else by the worker."""

import logging

from django.utils.translation import gettext as _

from manfaat.apps.core.errors import Denied, NotFound, Refused
from manfaat.apps.imports.actions.apply import apply_batch
from manfaat.apps.imports.actions.check import check_batch
from manfaat.apps.imports.actions.claims import Claim, claim_batch
from manfaat.apps.imports.models import ImportBatch

SMALL = 2_000
State = ImportBatch.State
logger = logging.getLogger(__name__)


def is_small(batch: ImportBatch) -> bool:
    """Whether the file is short enough to be run while the person waits."""
    return batch.rows_total <= SMALL


def run_now(batch: ImportBatch) -> ImportBatch:
    """Run the batch at once when it is small and nobody else does; otherwise it waits for the worker."""
    if is_small(batch) and (claim := claim_batch(batch)) is not None:
        return run_claimed(claim)
    return batch


def run_claimed(claim: Claim) -> ImportBatch:
    """Check or apply, whichever the batch waits for, in the name of the person who asked for it.

    Whatever goes wrong leaves the batch failed with a sentence and nothing written.
    """
    batch = claim.batch
    try:
        if batch.state == State.CHECKING:
            return check_batch(claim, by=batch.created_by)
        return apply_batch(claim, by=batch.applied_by or batch.created_by)
    except (Denied, NotFound, Refused) as refusal:
        ImportBatch.objects.filter(pk=batch.pk, claim=claim.token).update(
            state=State.FAILED, claim=None, error=str(refusal)
        )
    except Exception:
        logger.exception("import %s failed", batch.public_id)
        error = _(
            "Terjadi kesalahan pada aplikasi, tidak ada baris yang diterapkan. Coba lagi atau hubungi administrator."
        )
        ImportBatch.objects.filter(pk=batch.pk, claim=claim.token).update(state=State.FAILED, claim=None, error=error)
    batch.refresh_from_db()
    return batch
