"""Writing the chained log of events."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from manfaat.apps.core.models import AuditEvent
from manfaat.apps.core.queries import chain_record
from manfaat.engine.chain import event_digest


def record_event(
    *, by: Any, verb: str, subject: Model, summary: str, government_id: int | None, detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Append one event to the government's chain, inside the caller's transaction.

    `verb` is the name of the action, `subject` the record it was about, `summary` one Indonesian sentence without
    personal data, `detail` JSON values only. The last event is locked, so two writers cannot take one sequence.
    """
    with transaction.atomic():
        last = AuditEvent.objects.select_for_update().filter(government_id=government_id).order_by("-sequence").first()
        event = AuditEvent(
            government_id=government_id,
            sequence=last.sequence + 1 if last else 1,
            at=timezone.now(),
            actor=by,
            actor_name=str(by) if by else "sistem",
            verb=verb,
            subject=f"{subject._meta.label}:{getattr(subject, 'public_id', subject.pk)}",
            summary=summary,
            detail=detail or {},
            previous_digest=last.digest if last else "",
        )
        event.digest = event_digest(chain_record(event))
        event.save()
    return event
