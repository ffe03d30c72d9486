"""The sheets of a government: list, answers side by side, the form of one assessor, result and why."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may, may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.why import why_page
from manfaat.apps.evaluations.actions import compute_result, open_sheet, save_answers
from manfaat.apps.evaluations.actions.answers import check_may_answer
from manfaat.apps.evaluations.forms import AnswerForm, SheetForm
from manfaat.apps.evaluations.presentation import (
    fall_chart,
    fill_lines,
    named_rows,
    ranked_losses,
    sheet_line,
    sheet_lines,
    shelved,
)
from manfaat.apps.evaluations.queries.packs import card_named, cards
from manfaat.apps.evaluations.queries.sheets import (
    assessor_named,
    figure_for,
    open_sheet_for,
    sheet_for,
    sheet_instruments,
    sheets_for,
)
from manfaat.apps.organisations.queries import government_for

PAGE_SIZE = 50


@login_required
def sheets(request: PersonRequest, code: str) -> HttpResponse:
    """The sheets of a government, and the instruments it may open."""
    government = government_for(request.user, code)
    page = Paginator(sheets_for(request.user, government), PAGE_SIZE).get_page(request.GET.get("page"))
    packs = sheet_instruments(government, list(page))
    instruments, shelves = shelved(cards())
    context = {
        "government": government,
        "page": page,
        "lines": [sheet_line(sheet, packs[sheet.pk]) for sheet in page],
        "instruments": instruments,
        "shelves": shelves,
        "may_open": may(request.user, Right.EVALUATE, government_id=government.pk),
    }
    return render(request, "evaluations/sheets.html", context)


@login_required
def sheet_new(request: PersonRequest, code: str, name: str) -> HttpResponse:
    """A form for a new sheet of an instrument."""
    government = government_for(request.user, code)
    check_may(request.user, Right.EVALUATE, government_id=government.pk)
    instrument = card_named(name).instrument
    form = SheetForm(request.POST or None, government=government, instrument=instrument)
    if request.method == "POST" and form.is_valid():
        try:
            sheet, is_new = open_sheet(government, form.new_sheet(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Lembar dibuka.") if is_new else _("Lembar ini sudah ada; ini lembarnya.")
            messages.success(request, said)
            return redirect("sheet", government.code, sheet.public_id)
    context = {"government": government, "form": form, "instrument": instrument}
    return render(request, "evaluations/sheet_new.html", context, status=422 if form.errors else 200)


@login_required
def sheet(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """The three assessors side by side."""
    government = government_for(request.user, code)
    opened = open_sheet_for(request.user, sheet_for(request.user, government, public_id))
    context = {"government": government, "opened": opened, "sheet": opened.sheet, "lines": sheet_lines(opened)}
    return render(request, "evaluations/sheet.html", context)


@login_required
def sheet_fill(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """The form of one assessor, the others beside it."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    check_may_answer(found, who, request.user)
    opened = open_sheet_for(request.user, found)
    form = AnswerForm(request.POST or None, instrument=opened.instrument, column=opened.columns[who])
    if request.method == "POST" and form.is_valid():
        version, coefficient = form.cleaned_data["version"], form.coefficient()
        try:
            save_answers(found, who, form.answers(), version=version, coefficient=coefficient, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Isian disimpan dan hasilnya dihitung."))
            page = reverse("sheet_fill", args=[government.code, found.public_id, who.value])
            return redirect(f"{page}#{request.POST.get('bagian', '')[:20]}")
    context = {"government": government, "opened": opened, "sheet": found, "form": form, "assessor": who}
    context["lines"] = fill_lines(opened, form.boxes())
    return render(request, "evaluations/sheet_fill.html", context, status=422 if form.errors else 200)


@login_required
def sheet_result(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """What the answers of one assessor come to, and where its points went."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    opened = open_sheet_for(request.user, found)
    column = opened.columns[who]
    context = {"government": government, "opened": opened, "sheet": found, "assessor": who, "column": column}
    if column.result is None:
        return render(request, "evaluations/nothing_answered.html", context)
    context |= {
        "chart": fall_chart(opened.instrument, column.result),
        "losses": ranked_losses(opened.instrument, column.result),
        "missing": named_rows(opened.instrument, column.result.missing),
        "lines": sheet_lines(opened),
    }
    return render(request, "evaluations/sheet_result.html", context)


@login_required
@require_POST
def sheet_compute(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """Compute a stale result anew."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    compute_result(found, who, by=request.user)
    messages.success(request, _("Hasil dihitung ulang."))
    return redirect("sheet_result", government.code, found.public_id, who.value)


@login_required
def sheet_why(request: PersonRequest, code: str, public_id: UUID, assessor: str, row: str) -> HttpResponse:
    """Why one row has the points it has."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    figure, others = figure_for(request.user, found, who, row)
    hrefs = {
        f"{found.instrument}/{who.value}/{one}": reverse("sheet_why", args=[code, public_id, who.value, one])
        for one in others
    }
    context = {"government": government, "sheet": found, "assessor": who, "figure": figure}
    return render(request, "evaluations/sheet_why.html", context | {"why": why_page(figure.record, hrefs)})
