"""Freezing a run for the public."""

import csv
import io
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.models import Publication, Run
from manfaat.apps.scoring.queries.runs import is_stale
from manfaat.engine.canonical import canonical_json

FIRST_REASON = "Terbitan pertama"


def publish_run(run: Run, *, reason: str, by: User) -> Publication:
    """Freeze the figures of a run as the next version of its period. Whoever holds `PUBLISH` may, except the one who
    computed the run: whoever makes a figure does not also release it.

    The versions before it stay as they are. Publishing the run of the latest version again returns that version, so a
    double click is harmless. Figures of a fictitious government are marked so inside the file. Recorded: one event.
    Refused: a run that is not the current one or that the records have left behind, no figure at all, a correction
    without a reason.
    """
    check_may(by, Right.PUBLISH, government_id=run.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=run.government_id)
        latest = Publication.objects.filter(government=run.government, year=run.year, month=run.month).first()
        if latest and latest.run_id == run.pk:
            return latest
        _check_may_freeze(run, by)
        if latest and not reason.strip():
            raise Refused(
                _("Periode ini sudah terbit (versi %(version)s). Tulis alasan pembetulannya.")
                % {"version": latest.version}
            )
        version = latest.version + 1 if latest else 1
        publication = _freeze(run, version, reason.strip() or FIRST_REASON, by)
        record_event(
            by=by,
            verb="publish_run",
            subject=publication,
            summary=f"Angka {run.year} sampai bulan {run.month} diterbitkan, versi {version}.",
            government_id=run.government_id,
            detail={"digest": publication.digest, "version": version, "reason": publication.reason},
        )
    return publication


def _check_may_freeze(run: Run, by: User) -> None:
    if run.computed_by_id == by.pk:
        raise Refused(_("Anda sendiri yang menghitung angka ini. Minta pejabat lain menerbitkannya."))
    if not run.is_current:
        raise Refused(
            _("Hitungan ini sudah digantikan hitungan yang lebih baru. Buka hitungan terbaru, lalu terbitkan.")
        )
    if is_stale(run):
        raise Refused(_("Data berubah sesudah angka ini dihitung. Hitung ulang dulu, lalu terbitkan."))
    if not run.figures.filter(status="known").exists():
        raise Refused(_("Belum ada satu pun angka yang terisi untuk periode ini. Muat datanya dulu."))


def _freeze(run: Run, version: int, reason: str, by: User) -> Publication:
    bundle = engine.bundle.build(
        _meta(run, version, reason), run.figures.order_by("pk").values_list("record", flat=True)
    )
    return Publication.objects.create(
        government=run.government,
        run=run,
        year=run.year,
        month=run.month,
        version=version,
        reason=reason,
        bundle_json=canonical_json(bundle) + "\n",
        bundle_csv=_csv_text(bundle),
        engine_version=run.engine_version,
        digest=bundle["digest"],
        published_by=by,
    )


def _meta(run: Run, version: int, reason: str) -> dict[str, Any]:
    """What the file says about itself. No name of a person: the office publishes, the log knows who."""
    government = run.government
    return {
        "government": {"code": government.code, "name": government.name, "kind": government.kind},
        "fictitious": government.is_fictitious,
        "year": run.year,
        "month": run.month,
        "version": version,
        "reason": reason,
        "published_at": timezone.now().isoformat(timespec="seconds"),
        "computed_at": run.computed_at.isoformat(timespec="seconds"),
        "inputs_digest": run.inputs_digest,
        "result_digest": run.result_digest,
    }


def _csv_text(bundle: dict[str, Any]) -> str:
    """The table with a byte-order mark before it, without which Excel would not read it as UTF-8."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text, lineterminator="\r\n").writerows(engine.bundle.as_csv_rows(bundle))
    return text.getvalue()
