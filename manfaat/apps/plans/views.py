"""Pages of indicators: the list, and the form of a definition sheet. The sheet itself is a page of measurements."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may, may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.queries import government_for
from manfaat.apps.plans.actions import add_indicator, change_indicator
from manfaat.apps.plans.forms import IndicatorFilter, IndicatorForm, sheet_of
from manfaat.apps.plans.queries import indicator_for, indicators_of

PAGE_SIZE = 50


@login_required
def indicators(request: PersonRequest, code: str) -> HttpResponse:
    """The indicators of a government, and what each still lacks."""
    government = government_for(request.user, code)
    filters = IndicatorFilter(request.GET, government=government)
    found = indicators_of(government, **filters.chosen())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    may_edit = may(request.user, Right.EDIT_PLAN, government_id=government.pk)
    context = {"government": government, "filters": filters, "page": page, "may_edit": may_edit}
    return render(request, "plans/indicators.html", context)


@login_required
def indicator_add(request: PersonRequest, code: str) -> HttpResponse:
    """A form for a new indicator."""
    government = government_for(request.user, code)
    check_may(request.user, Right.EDIT_PLAN, government_id=government.pk)
    form = IndicatorForm(request.POST or None, government=government)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = add_indicator(government, form.definition_sheet(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Indikator ditambahkan. Langkah berikutnya: isi targetnya."))
            return redirect("indicator", government.code, indicator.public_id)
    status = 422 if form.errors else 200
    return render(request, "plans/indicator_form.html", {"government": government, "form": form}, status=status)


@login_required
def indicator_change(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """The same form for an indicator that exists."""
    government = government_for(request.user, code)
    indicator = indicator_for(request.user, government, public_id)
    check_may(request.user, Right.EDIT_PLAN, government_id=government.pk, agency_id=indicator.agency_id)
    form = IndicatorForm(request.POST or None, government=government, initial=sheet_of(indicator))
    if request.method == "POST" and form.is_valid():
        try:
            change_indicator(indicator, form.definition_sheet(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lembar definisi disimpan."))
            return redirect("indicator", government.code, indicator.public_id)
    context = {"government": government, "form": form, "indicator": indicator}
    return render(request, "plans/indicator_form.html", context, status=422 if form.errors else 200)
