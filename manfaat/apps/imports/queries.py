"""The doors to imports."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.errors import NotFound
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person

State = ImportBatch.State


def batches_for(user: Person, government: Government) -> QuerySet[ImportBatch]:
    """The imports of a government, newest first, for whoever may import there."""
    check_may(user, Right.IMPORT_DATA, government_id=government.pk)
    batches = ImportBatch.objects.filter(government=government).defer("mapping", "problems")
    return batches.select_related("source_file", "created_by", "applied_by")


def batch_for(user: Person, government: Government, public_id: UUID) -> ImportBatch:
    """One import of a government, for whoever may import there."""
    check_may(user, Right.IMPORT_DATA, government_id=government.pk)
    batch = (
        ImportBatch.objects.filter(government=government, public_id=public_id)
        .select_related("government", "source_file", "created_by", "applied_by")
        .first()
    )
    if batch is None:
        raise NotFound(_("Impor ini tidak ada di pemerintah daerah ini."))
    return batch


def same_upload(government: Government, kind: str, sha256: str, year: int, month: int | None) -> ImportBatch | None:
    """The living import of the very same bytes for the same kind, year and month."""
    same = ImportBatch.objects.filter(
        government=government, kind=kind, source_file__sha256=sha256, year=year, month=month
    ).exclude(state__in=[State.FAILED, State.UNDONE])
    return same.select_related("source_file", "created_by").order_by("-created_at").first()


def other_uses(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """Applied imports of the same bytes for another month or year."""
    same = ImportBatch.objects.filter(
        government=batch.government, source_file__sha256=batch.source_file.sha256, state=State.APPLIED
    )
    return same.exclude(pk=batch.pk).select_related("source_file")


def earlier_mapping(government: Government, kind: str, titles: list[str]) -> dict[str, Any] | None:
    """The mapping last chosen for the same header, in a file with errors too, so that corrections are made once."""
    earlier = ImportBatch.objects.filter(government=government, kind=kind, state__in=[State.CHECKED, State.APPLIED])
    for mapping in earlier.order_by("-created_at").values_list("mapping", flat=True)[:20]:
        if mapping["reader"]["titles"] == titles:
            return dict(mapping)
    return None
