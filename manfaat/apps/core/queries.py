"""Reading the chained log of events, and whether the installation is fit to serve."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.models import AuditEvent, AuditHead
from manfaat.engine.chain import ChainFault, verify_chain

CHUNK = 500
CHECKED_UNASKED = 2_000
"""Up to how many events the page of the log checks the whole chain on every view."""


@dataclass(frozen=True)
class ChainCheck:
    """What a look at one chain found."""

    count: int
    checked: bool
    faults: list[ChainFault]


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


def events_of(government_id: int | None, verb: str = "") -> QuerySet[AuditEvent]:
    """The events of one chain, newest first; of one verb when it is given."""
    events = _chain(government_id).order_by("-sequence")
    return events.filter(verb=verb) if verb else events


def verbs_of(government_id: int | None) -> list[str]:
    """The verbs that occur in one chain, by name."""
    verbs = _chain(government_id).order_by("verb")
    return list(verbs.values_list("verb", flat=True).distinct())


def event_of(government_id: int | None, sequence: int) -> AuditEvent:
    """One event of a chain by its number."""
    event = _chain(government_id).filter(sequence=sequence).first()
    if event is None:
        raise NotFound(_("Peristiwa nomor ini tidak ada di jejak audit."))
    return event


def chain_faults(government_id: int | None) -> list[ChainFault]:
    """What is wrong with one chain, from its first event to its head; empty when it holds."""
    head = AuditHead.objects.filter(Q(government_id=government_id)).first()
    records = (chain_record(event) for event in _in_order(government_id))
    return verify_chain(records, last_digest=head.digest if head else "")


def chain_check(government_id: int | None, *, whole: bool) -> ChainCheck:
    """How long the chain is and whether it holds; a long one is read only when `whole` asks for it."""
    count = _chain(government_id).count()
    if not whole and count > CHECKED_UNASKED:
        return ChainCheck(count, checked=False, faults=[])
    return ChainCheck(count, checked=True, faults=chain_faults(government_id))


def export_lines(government_id: int | None) -> Iterator[str]:
    """One chain as JSON lines, oldest first, as `manfaat audit verify` reads it."""
    for event in _in_order(government_id):
        yield json.dumps(chain_record(event), sort_keys=True) + "\n"


def chains() -> list[int | None]:
    """The governments that have a chain; None stands for the installation's own."""
    heads = AuditEvent.objects.order_by("government_id")
    return list(heads.values_list("government_id", flat=True).distinct())


def faults_of_installation() -> list[str]:
    """What keeps this installation from serving: database, migrations, disk; empty when it is ready."""
    return [fault for fault in (_database_fault(), _disk_fault(Path(settings.VAR))) if fault]


def _chain(government_id: int | None) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(Q(government_id=government_id))


def _in_order(government_id: int | None) -> Iterator[AuditEvent]:
    return _chain(government_id).order_by("sequence").iterator(CHUNK)


def _database_fault() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return _("Basis data tidak menjawab (%(kind)s).") % {"kind": type(error).__name__}
    if waiting:
        return _("%(count)s migrasi belum diterapkan; jalankan manage.py migrate.") % {"count": len(waiting)}
    return ""


def _disk_fault(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"0")
    except OSError as error:
        return _("Cakram tidak dapat ditulisi di %(folder)s (%(why)s).") % {"folder": folder, "why": error.strerror}
    return ""
