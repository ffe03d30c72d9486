"""The bench: what a change would bring, and the same answers under another instrument. Writes nothing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.evaluations.forms import BesideForm, TryForm
from manfaat.apps.evaluations.presentation import beside_words, trial_words, try_lines
from manfaat.apps.evaluations.queries.beside import other_given
from manfaat.apps.evaluations.queries.sheets import assessor_named, open_sheet_for, sheet_for
from manfaat.apps.evaluations.siding import beside
from manfaat.apps.evaluations.trying import bench, try_out
from manfaat.apps.organisations.queries import government_for


@login_required
def sheet_try(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """A copy of the answers to change: the new total, ranked gaps, the best set within a budget of effort."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    opened = open_sheet_for(request.user, found, with_figures=False)
    column = opened.columns[who]
    context = {"government": government, "opened": opened, "sheet": found, "assessor": who, "column": column}
    if column.given is None:
        return render(request, "evaluations/nothing_answered.html", context)
    desk = bench(column.given)
    form = TryForm(request.POST or None, rows=desk.rows, instrument=opened.instrument)
    is_usable = form.is_valid()
    given = (form.tried(), form.efforts(), form.budget()) if is_usable else ({}, {}, None)
    trial = try_out(desk, *given)
    context |= {"form": form, "rows": try_lines(desk, form), "refusal": trial if isinstance(trial, str) else ""}
    if not isinstance(trial, str):
        context |= {"trial": trial} | trial_words(desk, trial)
    return render(request, "evaluations/sheet_try.html", context, status=422 if form.errors else 200)


@login_required
def sheet_beside(request: PersonRequest, code: str, public_id: UUID, assessor: str) -> HttpResponse:
    """The answers of one assessor beside another's, or under another instrument, each difference explained."""
    government = government_for(request.user, code)
    found, who = sheet_for(request.user, government, public_id), assessor_named(assessor)
    opened = open_sheet_for(request.user, found, with_figures=False)
    column = opened.columns[who]
    context = {"government": government, "opened": opened, "sheet": found, "assessor": who, "column": column}
    if column.given is None:
        return render(request, "evaluations/nothing_answered.html", context)
    form = BesideForm(request.GET or None, opened=opened, column=column)
    if form.is_valid():
        context |= beside_words(beside(column.given, other_given(opened, column.given, form.cleaned_data["dengan"])))
    return render(request, "evaluations/sheet_beside.html", context | {"form": form})
