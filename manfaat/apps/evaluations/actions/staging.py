"""A workbook on its way into a sheet or into the weights: taken in, mapped, checked, then applied all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.evaluations.actions.answers import NewAnswer, check_may_answer, save_answers
from manfaat.apps.evaluations.actions.weights import set_weights
from manfaat.apps.evaluations.lke_reading import WEIGHTS, Found, read_answers, read_weights
from manfaat.apps.evaluations.models import Answer, Assessment, Sheet, StagedFile
from manfaat.apps.evaluations.queries.packs import card_named, instrument_in
from manfaat.apps.evaluations.queries.staging import check_may_stage, path_of, workbook_of
from manfaat.apps.organisations.models import Government
from manfaat.readers.columns import Mapping as Columns
from manfaat.readers.columns import guess_mapping
from manfaat.readers.problems import Unreadable

State = StagedFile.State


def stage_answers(sheet: Sheet, assessor: str, file: UploadedFile[Any], *, by: User) -> StagedFile:
    """Read and check a working sheet; the answers stay as they are. Whoever may answer as this assessor may.

    Recorded: one event. Refused: a file that cannot be read, with the reader's sentence; nothing is kept then.
    """
    check_may_answer(sheet, assessor, by)
    instrument = instrument_in(sheet.government, sheet.instrument, sheet.options)
    source = SourceFile(government=sheet.government, name=(file.name or "berkas")[-255:], uploaded_by=by)
    try:
        _keep_bytes(source, file)
        found = read_answers(workbook_of(source), instrument)
        with transaction.atomic():
            assessment, _new = Assessment.objects.get_or_create(sheet=sheet, assessor=assessor, defaults={"version": 0})
            staged = StagedFile(government=sheet.government, instrument=sheet.instrument, created_by=by)
            staged.assessment, staged.base_version = assessment, assessment.version
            _checked(staged, source, found)
            _record(staged, by, "stage_answers", f"LKE “{source.name[:200]}” diunggah dan diperiksa.")
    except Unreadable as error:
        path_of(source).unlink(missing_ok=True)
        raise Refused(f"{error.message} {error.advice}") from error
    except BaseException:
        path_of(source).unlink(missing_ok=True)
        raise
    return staged


def stage_weights(government: Government, name: str, file: UploadedFile[Any], *, by: User) -> StagedFile:
    """Take in an official workbook and guess its columns. Whoever holds `EVALUATE` may.

    Recorded: one event. Refused: a file that cannot be read, with the reader's sentence; nothing is kept then.
    """
    check_may(by, Right.EVALUATE, government_id=government.pk)
    instrument = card_named(name).instrument
    source = SourceFile(government=government, name=(file.name or "berkas")[-255:], uploaded_by=by)
    try:
        _keep_bytes(source, file)
        workbook = workbook_of(source)
        guesses = [guess_mapping(sheet, WEIGHTS) for sheet in workbook.sheets if not sheet.hidden]
        mapping = max(guesses or [guess_mapping(workbook.sheet(), WEIGHTS)], key=lambda one: len(one.columns))
        with transaction.atomic():
            source.save()
            staged = StagedFile.objects.create(
                government=government,
                instrument=instrument.id,
                source_file=source,
                state=State.MAPPING,
                mapping={"reader": mapping.as_dict(), "sheets": [sheet.name for sheet in workbook.sheets]},
                created_by=by,
            )
            _record(staged, by, "stage_weights", f"Berkas bobot “{source.name[:200]}” diunggah.")
    except Unreadable as error:
        path_of(source).unlink(missing_ok=True)
        raise Refused(f"{error.message} {error.advice}") from error
    except BaseException:
        path_of(source).unlink(missing_ok=True)
        raise
    return staged


def map_weights(staged: StagedFile, mapping: Columns, *, source: str, by: User) -> StagedFile:
    """Keep the choice of columns and check the workbook; the weights stay as they are. Needs `EVALUATE`.

    Recorded: one event. Refused: a workbook that was applied, or that can no longer be read.
    """
    check_may(by, Right.EVALUATE, government_id=staged.government_id)
    try:
        found = read_weights(workbook_of(staged.source_file), mapping, card_named(staged.instrument).instrument)
    except Unreadable as error:
        raise Refused(f"{error.message} {error.advice}") from error
    with transaction.atomic():
        locked = StagedFile.objects.select_for_update(no_key=True).get(pk=staged.pk)
        if locked.state == State.APPLIED:
            raise Refused(_("Berkas ini sudah diterapkan. Unggah lagi bila ada perubahan."))
        locked.source = source.strip()
        locked.mapping = {**locked.mapping, "reader": mapping.as_dict()}
        _checked(locked, locked.source_file, found)
        _record(locked, by, "map_weights", f"Kolom berkas bobot “{locked.source_file.name[:200]}” dipetakan.")
    return locked


def apply_staged(staged: StagedFile, *, by: User) -> StagedFile:
    """Write everything the workbook holds, or nothing. Whoever may write it by hand may.

    Recorded: the event of the answers or weights and one for the file. Applying twice applies once. Refused: a
    workbook with errors or that waits for its columns, answers that were changed since the check.
    """
    with transaction.atomic():
        locked = StagedFile.objects.select_for_update(no_key=True, of=("self",)).get(pk=staged.pk)
        check_may_stage(by, locked)
        if locked.state == State.APPLIED:
            return locked
        if locked.state != State.CHECKED or any(one["severity"] == "error" for one in locked.problems):
            raise Refused(_("Masih ada kesalahan di berkas. Perbaiki, lalu unggah lagi. Belum ada yang diterapkan."))
        if locked.assessment is not None:
            _apply_answers(locked, locked.assessment, by)
        else:
            weights = {code: str(row["weight"]) for code, row in locked.rows.items()}
            source = f"{locked.source or locked.source_file.name} (berkas {locked.source_file.name})"
            set_weights(locked.government, locked.instrument, weights, source=source[:300], by=by)
        locked.state = State.APPLIED
        locked.save(update_fields=["state"])
        _record(locked, by, "apply_staged", f"Berkas “{locked.source_file.name[:200]}” diterapkan.")
    return locked


def _apply_answers(staged: StagedFile, assessment: Assessment, by: User) -> None:
    kept = {answer.code: answer for answer in assessment.answers.all()}
    save_answers(
        assessment.sheet,
        assessment.assessor,
        {code: _answer(row, kept.get(code)) for code, row in staged.rows.items()},
        version=staged.base_version,
        coefficient=assessment.coefficient,
        by=by,
    )


def _answer(row: Mapping[str, Any], kept: Answer | None) -> NewAnswer:
    """The answer of a row; what the file leaves blank stays as it was kept."""
    evidence = row["evidence"] or (kept.evidence if kept else "")
    if row["status"] == Answer.Status.MISSING and kept is not None:
        return NewAnswer(kept.value, kept.label, kept.status, evidence)
    return NewAnswer(None if row["value"] is None else Decimal(row["value"]), row["label"], row["status"], evidence)


def _checked(staged: StagedFile, source: SourceFile, found: Found) -> None:
    source.save()
    staged.source_file, staged.state = source, State.CHECKED
    staged.rows, staged.problems = found.rows, found.kept_problems()
    staged.mapping = {**staged.mapping, "notices": found.notices}
    staged.save()


def _record(staged: StagedFile, by: User, verb: str, summary: str) -> None:
    record_event(
        by=by,
        verb=verb,
        subject=staged,
        summary=summary,
        government_id=staged.government_id,
        detail={"sha256": staged.source_file.sha256, "rows": len(staged.rows), "problems": len(staged.problems)},
    )


def _keep_bytes(source: SourceFile, file: UploadedFile[Any]) -> None:
    path = path_of(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("xb") as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            kept.write(chunk)
    source.sha256, source.size_bytes = digest.hexdigest(), path.stat().st_size
