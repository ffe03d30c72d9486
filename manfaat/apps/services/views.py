"""Pages of satisfaction: the units of a government, one unit, and why its index is what it is."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.why import why_page
from manfaat.apps.organisations.queries import government_for, government_with
from manfaat.apps.services import boards, presentation
from manfaat.apps.services.actions import set_served
from manfaat.apps.services.explaining import government_figure, unit_explained
from manfaat.apps.services.forms import ServedForm
from manfaat.apps.services.index import total_key
from manfaat.apps.services.queries import counted_units, groups_of, served_in, unit_for
from manfaat.apps.services.requests import choice_of


@login_required
def satisfaction(request: PersonRequest, code: str) -> HttpResponse:
    """The units of a government with their index in a period."""
    government = government_for(request.user, code)
    units = counted_units(government)
    choice = choice_of(request.GET, units)
    served = served_in([one.unit for one in units], choice.span)
    lines = boards.unit_lines(units, choice.span, served, choice.weight)
    context = {
        "government": government,
        "choice": choice,
        "rows": presentation.list_rows(government, lines, choice),
        "finding": presentation.list_finding(lines, choice.span),
        "mean": government_figure(government, lines, choice.span),
        "ranking": presentation.ranking(lines, choice.span),
        "may_import": may(request.user, Right.IMPORT_DATA, government_id=government.pk),
    }
    return render(request, "services/satisfaction.html", context)


@login_required
def satisfaction_why(request: PersonRequest, code: str) -> HttpResponse:
    """Why the mean of the units is what it is."""
    government = government_for(request.user, code)
    units = counted_units(government)
    choice = choice_of(request.GET, units)
    lines = boards.unit_lines(units, choice.span, {}, choice.weight)
    why = why_page(government_figure(government, lines, choice.span).to_record(), {})
    return render(request, "services/why.html", {"government": government, "choice": choice, "why": why})


@login_required
def service_unit(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """One unit in a period: index, elements, months, groups."""
    government = government_for(request.user, code)
    unit = unit_for(request.user, government, public_id)
    (counted,) = counted_units(government, unit)
    choice = choice_of(request.GET, [counted])
    served = served_in([unit], choice.span).get(unit.pk)
    context = {
        "government": government,
        "unit": unit,
        "choice": choice,
        "page": presentation.unit_page(counted, choice, served),
        "groups": presentation.group_titles(boards.group_tables(groups_of(unit, choice.span.year), choice.weight)),
        "form": ServedForm(initial={"tahun": choice.span.year, "periode": choice.span.code, "people": served}),
        "may_import": may(request.user, Right.IMPORT_DATA, government_id=government.pk),
    }
    return render(request, "services/service_unit.html", context)


@login_required
def service_why(request: PersonRequest, code: str, public_id: UUID, key: str) -> HttpResponse:
    """Why an index, an element or a category is what it is."""
    government = government_for(request.user, code)
    unit = unit_for(request.user, government, public_id)
    (counted,) = counted_units(government, unit)
    choice = choice_of(request.GET, [counted])
    record, keys = unit_explained(counted, choice, key)
    hrefs = {one: f"{reverse('service_why', args=[code, public_id, one])}?{choice.query}" for one in keys}
    context = {"government": government, "unit": unit, "choice": choice, "why": why_page(record, hrefs)}
    return render(request, "services/why.html", context | {"total_href": hrefs[total_key()]})


@login_required
@require_POST
def served_set(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Say how many people the unit served in the period."""
    government = government_with(request.user, code, Right.IMPORT_DATA)
    unit = unit_for(request.user, government, public_id)
    form = ServedForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Jumlah dilayani tidak terbaca. Tulis bilangan bulat lebih dari nol, tanpa titik."))
    span = form.span
    people = form.cleaned_data["people"]
    set_served(unit, kind=span.kind, year=span.year, number=span.number, people=people, by=request.user)
    messages.success(request, _("Jumlah dilayani disimpan."))
    return redirect(f"{reverse('service_unit', args=[code, public_id])}?tahun={span.year}&periode={span.code}")
