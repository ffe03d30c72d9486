"""Working sheets as workbooks: out, in again after a check, and weights from an official workbook."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.evaluations.actions import apply_staged, map_weights, stage_answers, stage_weights
from manfaat.apps.evaluations.actions.answers import check_may_answer
from manfaat.apps.evaluations.forms import ColumnsForm, FileForm
from manfaat.apps.evaluations.models import StagedFile
from manfaat.apps.evaluations.queries.packs import card_named
from manfaat.apps.evaluations.queries.sheets import assessor_named, open_sheet_for, sheet_for
from manfaat.apps.evaluations.queries.staging import mapping_of, staged_for
from manfaat.apps.evaluations.workbook import lke_workbook
from manfaat.apps.organisations.queries import government_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = StagedFile.State


@login_required
def sheet_export(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """The working sheet of one assessor as XLSX, empty when `kosong` is asked for."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    opened = open_sheet_for(request.user, found)
    content = lke_workbook(opened, opened.columns[who], filled="kosong" not in request.GET)
    name = f"lke-{found.instrument}-{found.year}-{who.value}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@login_required
def sheet_import(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """Upload a working sheet; it is checked first."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    check_may_answer(found, who, request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            staged = stage_answers(found, who, form.cleaned_data["file"], by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("staged", government.code, staged.public_id)
    context = {"government": government, "sheet": found, "assessor": who, "form": form}
    return render(request, "evaluations/sheet_import.html", context, status=422 if form.errors else 200)


@login_required
def weights_import(request: PersonRequest, code: str, name: str) -> HttpResponse:
    """Upload an official workbook to read weights from."""
    government = government_for(request.user, code)
    check_may(request.user, Right.EVALUATE, government_id=government.pk)
    instrument = card_named(name).instrument
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            staged = stage_weights(government, name, form.cleaned_data["file"], by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("staged_columns", government.code, staged.public_id)
    context = {"government": government, "instrument": instrument, "form": form}
    return render(request, "evaluations/weights_import.html", context, status=422 if form.errors else 200)


@login_required
def staged_columns(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Correct the guessed columns of an official workbook."""
    government = government_for(request.user, code)
    staged = staged_for(request.user, government, public_id)
    if staged.assessment is not None or staged.state == State.APPLIED:
        return redirect("staged", government.code, staged.public_id)
    asked = request.POST or request.GET
    mapping = mapping_of(staged, asked.get("lembar", ""))
    form = ColumnsForm(request.POST or None, mapping=mapping, initial={"source": staged.source})
    if request.method == "POST" and form.is_valid():
        map_weights(staged, form.chosen(), source=form.cleaned_data["source"], by=request.user)
        return redirect("staged", government.code, staged.public_id)
    context = {"government": government, "staged": staged, "form": form, "mapping": mapping}
    return render(request, "evaluations/staged_columns.html", context, status=422 if form.errors else 200)


@login_required
def staged(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """What a workbook would write and what is wrong with it."""
    government = government_for(request.user, code)
    found = staged_for(request.user, government, public_id)
    if found.state == State.MAPPING:
        return redirect("staged_columns", government.code, found.public_id)
    instrument = card_named(found.instrument).instrument
    has_errors = any(one["severity"] == "error" for one in found.problems)
    context = {"government": government, "staged": found, "instrument": instrument, "has_errors": has_errors}
    return render(request, "evaluations/staged.html", context)


@login_required
@require_POST
def staged_apply(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Write all of it or nothing."""
    government = government_for(request.user, code)
    found = apply_staged(staged_for(request.user, government, public_id), by=request.user)
    messages.success(request, _("Berkas diterapkan dan hasilnya dihitung."))
    if found.assessment is None:
        return redirect("weights", government.code, found.instrument)
    return redirect("sheet_result", government.code, found.assessment.sheet.public_id, found.assessment.assessor)
