"""Holding a batch while it is being run, so that two workers never run one, and a dead one's is taken over."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.core.errors import Refused
from manfaat.apps.imports.models import ImportBatch

State = ImportBatch.State
RUNNING = {State.CHECKING: State.CHECKING, State.QUEUED: State.APPLYING, State.APPLYING: State.APPLYING}
STALE = timedelta(minutes=5)
REPORT_EVERY = 5_000


@dataclass
class Claim:
    """The right to run one batch, renewed by each report of progress."""

    batch: ImportBatch
    token: UUID
    reported: int = 0

    def report(self, rows_done: int) -> None:
        """Show progress and renew the claim, in a statement of its own; raises `Refused` when somebody took it over."""
        if rows_done - self.reported < REPORT_EVERY:
            return
        self.reported = rows_done
        self.hold(rows_done=rows_done)

    def hold(self, **values: object) -> None:
        """Write to the batch as long as the claim is ours."""
        mine = ImportBatch.objects.filter(pk=self.batch.pk, claim=self.token)
        if not mine.update(claimed_at=timezone.now(), **values):
            raise Refused(_("Impor ini sudah dikerjakan proses lain. Muat ulang halamannya."))

    def release(self, **values: object) -> None:
        """Write the outcome and give the claim back."""
        self.hold(claim=None, **values)
        self.batch.refresh_from_db()


def claim_batch(batch: ImportBatch, *, stale: timedelta = STALE) -> Claim | None:
    """The claim to run this batch, or None when there is nothing to run or somebody else is running it."""
    token = uuid4()
    now = timezone.now()
    free = Q(claim=None) | Q(claimed_at__lt=now - stale)
    for waiting, running in RUNNING.items():
        taken = ImportBatch.objects.filter(free, pk=batch.pk, state=waiting).update(
            state=running, claim=token, claimed_at=now, rows_done=0
        )
        if taken:
            batch.refresh_from_db()
            return Claim(batch, token)
    return None


def claim_next(*, stale: timedelta = STALE) -> Claim | None:
    """The claim to the oldest batch that waits or whose worker has died; None when there is none."""
    free = Q(claim=None) | Q(claimed_at__lt=timezone.now() - stale)
    waiting = ImportBatch.objects.filter(free, state__in=RUNNING).select_related("government", "source_file")
    for batch in waiting.order_by("created_at"):
        if (claim := claim_batch(batch, stale=stale)) is not None:
            return claim
    return None
