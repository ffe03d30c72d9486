"""Writing the chained log of events."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from manfaat.apps.core.models import AuditEvent, AuditHead
from manfaat.apps.core.queries import chain_record
from manfaat.engine.chain import event_digest

SUMMARY_LENGTH = 500


def log_words(make: Callable[..., Any], *facts: Any) -> str:
    """`make(*facts)` as text in Indonesian, whatever the language of the reader: the log has one language."""
    with override("id"):
        return str(make(*facts))


def record_event(
    *, by: Any, verb: str, subject: Model, summary: str, government_id: int | None, detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Append one event to the government's chain, inside the caller's transaction.

    `verb` is the name of the action, `subject` the record it was about, `summary` one Indonesian sentence without
    personal data, `detail` JSON values only; `by` is empty when the installation itself acts (shell, worker).
    The head of the chain is locked until the transaction ends, so two writers cannot take one number. An action that
    locks other rows does so before and with `no_key=True`: the event refers to actor and government, and a full lock
    on either, held by somebody who waits for the head, would be a deadlock.
    """
    chain: dict[str, Any] = {"government_id": government_id}
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update(no_key=True).get_or_create(**chain)
        event = AuditEvent(
            government_id=government_id,
            sequence=head.sequence + 1,
            at=timezone.now(),
            actor=by,
            actor_name=str(by) if by else "sistem",
            verb=verb,
            subject=f"{subject._meta.label}:{getattr(subject, 'public_id', subject.pk)}",
            summary=summary[:SUMMARY_LENGTH],
            detail=detail or {},
            previous_digest=head.digest,
        )
        event.digest = event_digest(chain_record(event))
        event.save()
        head.sequence, head.digest = event.sequence, event.digest
        head.save()
    return event
