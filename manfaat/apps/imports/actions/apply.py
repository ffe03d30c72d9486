"""Writing a checked file into the records: all of it or nothing."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.budgets.actions import record_code_names, record_entries
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.imports.actions.check import STALE_FORM
from manfaat.apps.imports.actions.claims import Claim
from manfaat.apps.imports.books import kind_of_agency
from manfaat.apps.imports.from_budget import BudgetFile
from manfaat.apps.imports.from_indicators import IndicatorFile
from manfaat.apps.imports.from_survey import SurveyFile
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.reading import Checked, read_batch
from manfaat.apps.measurements.actions import record_measurements
from manfaat.apps.organisations.actions import AgencyFacts, ensure_period, open_agency
from manfaat.apps.organisations.models import Government
from manfaat.apps.plans.actions import record_indicators, record_targets
from manfaat.apps.plans.queries import indicator_ids_of
from manfaat.apps.services.actions import open_units, record_responses
from manfaat.apps.services.queries import unit_ids_of
from manfaat.readers.problems import Unreadable

State = ImportBatch.State
DONE = {State.QUEUED, State.APPLYING, State.APPLIED}


def queue_batch(batch: ImportBatch, *, version: int, by: User) -> ImportBatch:
    """Ask for a checked file to be applied. Whoever holds `IMPORT_DATA` may.

    Recorded: one event. The same person asking twice (a double click) asks once. Refused: a file with errors, a stale
    form, a batch that somebody else has asked for already.
    """
    check_may(by, Right.IMPORT_DATA, government_id=batch.government_id)
    with transaction.atomic():
        batch = (
            ImportBatch.objects.select_for_update(no_key=True)
            .select_related("government", "source_file")
            .get(pk=batch.pk)
        )
        if batch.state in DONE:
            if batch.applied_by_id == by.pk:
                return batch
            raise Refused(
                _("Impor ini sudah diterapkan oleh %(who)s. Tidak ada yang digandakan; buka hasilnya.")
                % {"who": batch.applied_by}
            )
        if batch.state != State.CHECKED or batch.version != version:
            raise Refused(_(STALE_FORM))
        if batch.summary.get("errors"):
            raise Refused(
                _("Masih ada %(count)s kesalahan. Perbaiki di berkas, lalu unggah lagi. Belum ada yang diterapkan.")
                % {"count": batch.summary["errors"]}
            )
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=State.QUEUED, claim=None, rows_done=0, applied_by=by, version=F("version") + 1
        )
        batch.refresh_from_db()
        record_event(
            by=by,
            verb="queue_batch",
            subject=batch,
            summary=f"Penerapan berkas “{batch.source_file.name[:200]}” diminta.",
            government_id=batch.government_id,
        )
    return batch


def apply_batch(claim: Claim, *, by: User) -> ImportBatch:
    """Write every row of the file, in one transaction, as asked for by `by`, who holds `IMPORT_DATA`.

    The file is read and checked again first, outside the transaction. Recorded: one event here and one per kind of
    record. When the records have changed so that errors appear, nothing is written and the preview shows them.
    """
    batch = claim.batch
    check_may(by, Right.IMPORT_DATA, government_id=batch.government_id)
    try:
        checked = read_batch(batch, claim.report)
    except Unreadable as error:
        claim.release(state=State.FAILED, error=f"{error.message} {error.advice}")
        return batch
    if checked.has_errors:
        problems = [asdict(problem) for problem in checked.problems]
        changed = _(
            "Catatan berubah sejak berkas diperiksa, sehingga kini ada kesalahan. Tidak ada baris yang diterapkan."
        )
        claim.release(state=State.CHECKED, summary=checked.summary, problems=problems, error=changed)
        return batch
    with transaction.atomic():
        # Before anything that records an event: whoever holds the government may wait for its log, never the reverse.
        Government.objects.select_for_update(no_key=True).get(pk=batch.government_id)
        written = _write(checked, by)
        summary = {**checked.summary, "written": written}
        claim.release(
            state=State.APPLIED, summary=summary, error="", applied_at=timezone.now(), rows_done=batch.rows_total
        )
        record_event(
            by=by,
            verb="apply_batch",
            subject=batch,
            summary=f"Berkas “{batch.source_file.name[:200]}” diterapkan: {checked.summary['rows']} baris.",
            government_id=batch.government_id,
            detail={"written": written, "new_agencies": checked.summary.get("new_agencies", [])},
        )
    return batch


def _write(checked: Checked, by: User) -> dict[str, int]:
    if isinstance(checked.file, BudgetFile):
        return _write_budget(checked.file, by)
    if isinstance(checked.file, SurveyFile):
        return _write_survey(checked.file, by)
    return _write_indicators(checked.file, by)


def _write_budget(file: BudgetFile, by: User) -> dict[str, int]:
    """Agencies first: the right to import carries that of adding the ones a file names, recorded with the batch."""
    batch = file.batch
    ids = dict(file.book.ids)
    for code, name in file.new_agencies.items():
        facts = AgencyFacts(code, name[:200], kind_of_agency(name))
        decree = f"Impor berkas {batch.source_file.name[:100]}"
        ids[code] = open_agency(batch.government, facts, on=date(batch.year, 1, 1), by=None, decree=decree).pk
    whole = bool(batch.mapping.get("options", {}).get("whole_government"))
    recorded = record_entries(batch.source_file, file.entries(ids), by=by, whole_government=whole)
    names = record_code_names(batch.government, file.code_names(), by=by)
    return {"entries": recorded.written, "superseded": recorded.superseded, "names": names}


def _write_indicators(file: IndicatorFile, by: User) -> dict[str, int]:
    batch = file.batch
    opened = record_indicators(batch.government, list(file.new.values()), by=by) if file.new else 0
    ids = indicator_ids_of(batch.government)
    periods = {
        (kind, number): ensure_period(batch.government, batch.year, kind, number).pk for kind, number in file.periods()
    }
    targets = record_targets(batch.source_file, file.targets(ids, periods), by=by)
    statistic = bool(batch.mapping.get("options", {}).get("statistic"))
    values = record_measurements(batch.source_file, file.measurements(ids, periods), by=by, statistic=statistic)
    return {"indicators": opened, "targets": targets, "values": values}


def _write_survey(file: SurveyFile, by: User) -> dict[str, int]:
    batch = file.batch
    opened = open_units(batch.government, file.names(), by=by)
    ids = unit_ids_of(batch.government)
    months = {(ids[name], year, month) for name, year, month in file.months()}
    recorded = record_responses(batch.source_file, file.responses(ids), months, replaces=file.replaces, by=by)
    return {"units": opened, **recorded}
