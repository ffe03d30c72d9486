"""Reading the chained log of events."""

from typing import Any

from manfaat.apps.core.models import AuditEvent


def chain_record(event: AuditEvent) -> dict[str, Any]:
    """The event as the chain hashes and exports it; `digest` is left out while it is still empty."""
    record: dict[str, Any] = {
        "government": event.government_id,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "verb": event.verb,
        "subject": event.subject,
        "summary": event.summary,
        "detail": event.detail,
        "previous_digest": event.previous_digest,
    }
    return record | {"digest": event.digest} if event.digest else record
