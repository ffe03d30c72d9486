"""The hash chain of audit events: each event holds the digest of the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from manfaat.engine.canonical import sha256_of
from manfaat.engine.errors import EngineError

FIRST_PREVIOUS = ""
"""`previous_digest` of the first event of a government."""

FIELDS = (
    "government", "sequence", "at", "actor", "verb", "subject", "summary", "detail", "previous_digest", "digest",
)  # fmt: skip


@dataclass(frozen=True)
class ChainFault:
    """One fault in a chain. kind: malformed, altered, dropped, reordered, doubled or unlinked."""

    kind: str
    government: str
    sequence: int | None
    message: str

    def __str__(self) -> str:
        return self.message


def event_digest(event: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of the canonical JSON of the event without its `digest`.

    event: JSON values only (dates as ISO text). The previous event takes part through `previous_digest`.
    Raises: EngineError for a value JSON does not have.
    """
    return sha256_of({key: value for key, value in event.items() if key != "digest"})


def verify_chain(events: Iterable[Mapping[str, Any]], last_digest: str | None = None) -> list[ChainFault]:
    """The faults found in an export, in the order of the file; empty when the chain holds.

    Each government has a chain of its own that starts at sequence 1. An altered event is named by its own digest, a
    dropped one by the gap in the sequence, a reordered one by its place in the file. Events cut off at the end can only
    be seen when `last_digest`, kept elsewhere, is given.
    """
    faults: list[ChainFault] = []
    chains: dict[str, list[Mapping[str, Any]]] = {}
    last_seen = ""
    for line, event in enumerate(events, start=1):
        absent = [field for field in FIELDS if field not in event]
        if absent or not isinstance(event.get("sequence"), int):
            what = ", ".join(absent) or "sequence (harus bilangan bulat)"
            faults.append(
                ChainFault("malformed", str(event.get("government", "?")), None, f"Baris {line}: tidak ada {what}.")
            )
            continue
        chains.setdefault(str(event["government"]), []).append(event)
        last_seen = str(event["digest"])
    for government, chain in chains.items():
        faults.extend(_order_faults(government, chain))
        faults.extend(_link_faults(government, chain))
    if last_digest is not None and last_seen != last_digest:
        faults.append(
            ChainFault(
                "dropped",
                "",
                None,
                f"Sidik peristiwa terakhir bukan {last_digest}: akhir rantai terpotong atau diganti.",
            )
        )
    return faults


def _order_faults(government: str, chain: list[Mapping[str, Any]]) -> list[ChainFault]:
    faults = []
    for before, event in pairwise(chain):
        if event["sequence"] < before["sequence"]:
            place = f"berada sesudah peristiwa {before['sequence']}; urutannya diubah"
            text = f"{government}, peristiwa {event['sequence']}: {place}."
            faults.append(ChainFault("reordered", government, int(event["sequence"]), text))
    return faults


def _link_faults(government: str, chain: list[Mapping[str, Any]]) -> list[ChainFault]:
    faults = []
    previous_sequence, previous_digest = 0, FIRST_PREVIOUS
    for event in sorted(chain, key=lambda one: int(one["sequence"])):
        sequence = int(event["sequence"])
        where = f"{government}, peristiwa {sequence}"
        if sequence == previous_sequence:
            faults.append(ChainFault("doubled", government, sequence, f"{where}: nomor ini ada lebih dari satu kali."))
        elif sequence > previous_sequence + 1:
            gap = (
                f"{previous_sequence + 1}"
                if sequence == previous_sequence + 2
                else f"{previous_sequence + 1} sampai {sequence - 1}"
            )
            faults.append(ChainFault("dropped", government, sequence, f"{government}: peristiwa {gap} tidak ada."))
        elif event["previous_digest"] != previous_digest:
            text = f"{where}: tidak menyambung dengan peristiwa sebelumnya; salah satunya diganti."
            faults.append(ChainFault("unlinked", government, sequence, text))
        if not _digest_holds(event):
            text = f"{where}: isinya tidak cocok dengan sidiknya; peristiwa ini diubah."
            faults.append(ChainFault("altered", government, sequence, text))
        previous_sequence, previous_digest = sequence, str(event["digest"])
    return faults


def _digest_holds(event: Mapping[str, Any]) -> bool:
    try:
        return event_digest(event) == str(event["digest"])
    except EngineError:
        return False
