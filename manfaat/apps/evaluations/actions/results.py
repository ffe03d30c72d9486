"""Computing the result of one assessor's answers and keeping it."""

from django.db import transaction
from django.utils.translation import gettext as _

from manfaat.apps.accounts.models import User
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Denied, Refused
from manfaat.apps.evaluations.computing import Outcome, outcome, pack_digest
from manfaat.apps.evaluations.models import Answer, Assessment, Assessor, Result, RowFigure, Sheet
from manfaat.apps.evaluations.queries.packs import instrument_in
from manfaat.apps.evaluations.queries.sheets import earlier_answers, given_of, inputs_of, may_fill
from manfaat.engine import ENGINE_VERSION


def compute_result(sheet: Sheet, assessor: str, *, by: User) -> Result:
    """Compute the result anew with the rules and weights of today. Whoever may answer on the sheet may.

    Recorded: one event with the total before and after. Refused: nothing was answered yet.
    """
    if not any(may_fill(by, sheet, word) for word in Assessor.values):
        raise Denied(_("Yang boleh menghitung ulang: perangkat daerahnya, Inspektorat, atau Biro/Bagian Organisasi."))
    with transaction.atomic():
        locked = sheet_to_change(sheet.pk)
        assessment = Assessment.objects.filter(sheet=locked, assessor=assessor).first()
        if assessment is None:
            raise Refused(_("Kolom penilai ini belum diisi, jadi belum ada yang dihitung. Isi dulu."))
        before = Result.objects.filter(assessment=assessment).values_list("total", flat=True).first()
        result = keep_result(locked, assessment, by=by)
        record_event(
            by=by,
            verb="compute_result",
            subject=locked,
            summary=f"Hasil penilai {assessor} pada lembar {locked} dihitung ulang.",
            government_id=locked.government_id,
            detail={"before": before, "after": result.total, "result_digest": result.result_digest},
        )
    return result


def sheet_to_change(pk: int) -> Sheet:
    """The sheet, locked until the transaction ends, so that two people cannot answer it at once."""
    locked = Sheet.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("government", "agency").get(pk=pk)


def keep_result(sheet: Sheet, assessment: Assessment, *, by: User | None) -> Result:
    """Compute and replace the kept result, inside the caller's transaction. The caller has checked the right."""
    instrument = instrument_in(sheet.government, sheet.instrument, sheet.options)
    answers = list(Answer.objects.filter(assessment=assessment).order_by("code"))
    earlier = earlier_answers(sheet, instrument).get(assessment.assessor, {})
    given = given_of(instrument, assessment, answers, earlier)
    found = outcome(
        given,
        prefix=f"{sheet.instrument}/{assessment.assessor}",
        subject=sheet.subject,
        period=str(sheet.year),
        inputs=inputs_of(sheet, assessment.assessor, answers),
    )
    Result.objects.filter(assessment=assessment).delete()
    result = Result.objects.create(
        assessment=assessment,
        total=found.total,
        worst=found.worst,
        best=found.best,
        full=found.full,
        predicate=found.predicate,
        refusal=found.refusal,
        missing=found.missing,
        steps=found.steps,
        inputs_digest=given.digest,
        result_digest=found.digest,
        pack_digest=pack_digest(instrument),
        engine_version=ENGINE_VERSION,
        computed_by=by,
    )
    RowFigure.objects.bulk_create(_rows(result, found), batch_size=200)
    return result


def _rows(result: Result, found: Outcome) -> list[RowFigure]:
    return [
        RowFigure(
            result=result,
            code=row.code,
            value=row.figure.value,
            status=row.figure.status,
            shown=row.figure.shown,
            full=row.full,
            lost=row.lost,
            record=row.figure.to_record(),
        )
        for row in found.rows
    ]
