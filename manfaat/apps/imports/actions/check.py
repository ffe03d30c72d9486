"""Choosing the columns, and checking the file against the records."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.imports.actions.claims import Claim
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.reading import Description, read_batch
from manfaat.readers.problems import Unreadable

State = ImportBatch.State
STALE_FORM = gettext_noop(
    "Halaman ini sudah usang: impor ini diubah orang lain atau dari jendela lain. Muat ulang, lalu ulangi."
)


def set_mapping(
    batch: ImportBatch,
    description: Description,
    *,
    columns: dict[str, int],
    options: dict[str, Any],
    version: int,
    by: User,
) -> ImportBatch:
    """Keep the user's choice of sheet, columns and options, and ask for a check. Whoever holds `IMPORT_DATA` may.

    Recorded: one event. Refused: a stale form, a batch that is queued, applied or undone, a mapping with gaps.
    """
    check_may(by, Right.IMPORT_DATA, government_id=batch.government_id)
    mapping = description.mapping.with_columns(columns)
    if gaps := mapping.gaps():
        raise Refused(" ".join(gaps) + " " + _("Pilih kolomnya, lalu periksa lagi."))
    kept = {**description.as_dict(), "reader": mapping.as_dict(), "options": options}
    with transaction.atomic():
        changed = ImportBatch.objects.filter(
            pk=batch.pk, version=version, state__in=[State.UPLOADED, State.CHECKING, State.CHECKED, State.FAILED]
        ).update(
            state=State.CHECKING, mapping=kept, sheet=mapping.sheet, rows_total=description.rows, rows_done=0,
            claim=None, error="", version=F("version") + 1,
        )  # fmt: skip
        if not changed:
            raise Refused(_(STALE_FORM))
        batch.refresh_from_db()
        record_event(
            by=by,
            verb="set_mapping",
            subject=batch,
            summary=f"Kolom berkas “{batch.source_file.name[:200]}” dipetakan.",
            government_id=batch.government_id,
            detail={"columns": mapping.columns, "options": options},
        )
    return batch


def check_batch(claim: Claim, *, by: User) -> ImportBatch:
    """Read the file and keep what was found; the records stay as they are. Whoever holds `IMPORT_DATA` may.

    Not recorded: nothing changes but the preview. A file that cannot be read leaves the batch failed, with a sentence.
    """
    batch = claim.batch
    check_may(by, Right.IMPORT_DATA, government_id=batch.government_id)
    try:
        checked = read_batch(batch, claim.report)
    except Unreadable as error:
        claim.release(state=State.FAILED, error=f"{error.message} {error.advice}")
        return batch
    claim.release(
        state=State.CHECKED,
        summary=checked.summary,
        problems=[asdict(problem) for problem in checked.problems],
        rows_total=checked.summary["rows"],
        rows_done=checked.summary["rows"],
    )
    return batch
