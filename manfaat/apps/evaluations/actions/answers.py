"""Answering: all rows of one assessor at once, or some of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.evaluations.actions.results import keep_result, sheet_to_change
from manfaat.apps.evaluations.models import Answer, Assessment, Assessor, Sheet
from manfaat.apps.evaluations.queries.sheets import RIGHT_OF, may_fill, others_who_filled

STALE_FORM = gettext_noop(
    "Lembar ini sudah diubah orang lain atau dari jendela lain. Muat ulang halamannya, lalu ulangi perubahan Anda."
)
BOTH_SIDES = gettext_noop(
    "Anda sudah mengisi kolom penilai yang satunya. Yang mengisi penilaian mandiri tidak boleh mengisi penilaian "
    "internal, dan sebaliknya. Minta orang lain mengisinya."
)
Status = Answer.Status


@dataclass(frozen=True)
class NewAnswer:
    """An answer to keep; status `missing` without evidence takes the answer back."""

    value: Decimal | None = None
    label: str = ""
    status: str = Status.KNOWN
    evidence: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left to keep."""
        return self.status == Status.MISSING and not self.evidence


NOTHING = NewAnswer(status=Status.MISSING)


def check_may_answer(sheet: Sheet, assessor: str, by: User) -> None:
    """Raise `Denied` or `NotFound` without the right, `Refused` for who stands on the other side of the check."""
    if not may_fill(by, sheet, assessor):
        check_may(by, RIGHT_OF[Assessor(assessor)], government_id=sheet.government_id, agency_id=sheet.agency_id)
    if others_who_filled(sheet, assessor, by):
        raise Refused(_(BOTH_SIDES))


def save_answers(
    sheet: Sheet,
    assessor: str,
    answers: Mapping[str, NewAnswer],
    *,
    version: int | None,
    by: User | None,
    coefficient: Decimal | None = None,
) -> Assessment:
    """Keep the answers named and compute the result anew. Rows that are not named stay as they are.

    Self: whoever holds `MEASURE` for the agency, or `EVALUATE`; internal: `VERIFY`; external: `EVALUATE`. Nobody who
    answered as self may answer as internal, nor the other way round. Recorded: one event with what changed; nothing
    when nothing changed, so that a double click is harmless. Refused: a stale form (`version` None: not from a form).
    """
    with transaction.atomic():
        locked = sheet_to_change(sheet.pk)
        if by is not None:
            check_may_answer(locked, assessor, by)
        assessment, _new = Assessment.objects.get_or_create(sheet=locked, assessor=assessor, defaults={"version": 0})
        changes = _changes(assessment, answers)
        if coefficient != assessment.coefficient:
            changes["koefisien"] = [_text(assessment.coefficient), _text(coefficient)]
        if not changes:
            return assessment
        if version is not None and version != assessment.version:
            raise Refused(_(STALE_FORM))
        _write(assessment, {code: answers[code] for code in changes if code in answers}, by)
        assessment.coefficient, assessment.changed_by = coefficient, by
        assessment.version += 1
        assessment.save()
        if by is not None:
            assessment.filled_by.add(by)
        result = keep_result(locked, assessment, by=by)
        record_event(
            by=by,
            verb="save_answers",
            subject=locked,
            summary=f"{len(changes)} isian penilai {Assessor(assessor).value} disimpan pada lembar {locked}.",
            government_id=locked.government_id,
            detail={"changes": changes, "total": result.total, "result_digest": result.result_digest},
        )
    return assessment


def _changes(assessment: Assessment, answers: Mapping[str, NewAnswer]) -> dict[str, list[Any]]:
    """Row -> before and after, for the rows whose answer differs."""
    kept = {answer.code: answer for answer in Answer.objects.filter(assessment=assessment)}
    changes = {}
    for code, new in answers.items():
        old = kept.get(code)
        before = NewAnswer(old.value, old.label, old.status, old.evidence) if old else NOTHING
        if before != new:
            changes[code] = [_said(before), _said(new)]
    return changes


def _said(answer: NewAnswer) -> str:
    shown = answer.label or _text(answer.value) or answer.status
    return f"{shown}; bukti: {answer.evidence}" if answer.evidence else shown


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _write(assessment: Assessment, answers: Mapping[str, NewAnswer], by: User | None) -> None:
    gone = [code for code, answer in answers.items() if answer.is_nothing]
    Answer.objects.filter(assessment=assessment, code__in=gone).delete()
    Answer.objects.bulk_create(
        [
            Answer(
                assessment=assessment, code=code, value=answer.value, label=answer.label, status=answer.status,
                evidence=answer.evidence, entered_by=by,
            )
            for code, answer in answers.items()
            if not answer.is_nothing
        ],
        update_conflicts=True,
        unique_fields=["assessment", "code"],
        update_fields=["value", "label", "status", "evidence", "entered_by", "entered_at"],
    )  # fmt: skip
