"""Taking an applied file back out of the records."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.budgets.actions import retract_entries
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.imports.actions.check import STALE_FORM
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.measurements.actions import retract_measurements
from manfaat.apps.organisations.models import Government
from manfaat.apps.plans.actions import remove_unused_indicators, retract_targets
from manfaat.apps.services.actions import retract_responses

State = ImportBatch.State


def undo_batch(batch: ImportBatch, *, version: int, by: User) -> ImportBatch:
    """Remove what the file brought and make what it superseded current again. Whoever holds `IMPORT_DATA` may.

    Agencies that it opened stay, with their history; indicators that it opened go when nothing else hangs on them.
    So do service units.
    Recorded: one event here and one per kind of record. Undoing twice undoes once. Refused: a stale form, a batch that
    is not applied, a newer file over it, a closed period among what it wrote or superseded, a value verified since.
    """
    check_may(by, Right.IMPORT_DATA, government_id=batch.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=batch.government_id)
        batch = (
            ImportBatch.objects.select_for_update(no_key=True)
            .select_related("government", "source_file")
            .get(pk=batch.pk)
        )
        if batch.state == State.UNDONE:
            return batch
        if batch.state != State.APPLIED or batch.version != version:
            raise Refused(_(STALE_FORM))
        if batch.kind == ImportBatch.Kind.BUDGET:
            retract_entries(batch.source_file, by=by)
        elif batch.kind == ImportBatch.Kind.SURVEY:
            retract_responses(batch.source_file, by=by)
        else:
            retract_measurements(batch.source_file, by=by)
            retract_targets(batch.source_file, by=by)
            opened = [code for code, _name in batch.summary.get("new_indicators", [])]
            if opened:
                remove_unused_indicators(batch.government, opened, by=by)
        ImportBatch.objects.filter(pk=batch.pk).update(state=State.UNDONE, version=F("version") + 1)
        batch.refresh_from_db()
        record_event(
            by=by,
            verb="undo_batch",
            subject=batch,
            summary=f"Impor berkas “{batch.source_file.name[:200]}” dibatalkan.",
            government_id=batch.government_id,
        )
    return batch
