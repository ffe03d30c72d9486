"""The page of one indicator: definition sheet, targets, values; and the forms on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may, rights_of
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.measurements.actions import set_measurement, verify_measurement
from manfaat.apps.measurements.forms import MeasurementForm, TargetForm
from manfaat.apps.measurements.queries import lines_of, measurement_for
from manfaat.apps.organisations.queries import government_for
from manfaat.apps.plans.actions import set_target
from manfaat.apps.plans.queries import indicator_for, method_of


@login_required
def indicator(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """The definition sheet with targets and values of every period."""
    government = government_for(request.user, code)
    found = indicator_for(request.user, government, public_id)
    rights = rights_of(request.user, government_id=government.pk, agency_id=found.agency_id)
    context = {
        "government": government,
        "indicator": found,
        "method": method_of(found),
        "lines": lines_of(found),
        "may_edit": Right.EDIT_PLAN in rights,
        "may_measure": Right.MEASURE in rights,
        "may_verify": Right.VERIFY in rights,
    }
    return render(request, "measurements/indicator.html", context)


@login_required
def target_set(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form for the target of one period."""
    government = government_for(request.user, code)
    found = indicator_for(request.user, government, public_id)
    check_may(request.user, Right.EDIT_PLAN, government_id=government.pk, agency_id=found.agency_id)
    form = TargetForm(request.POST or None, indicator=found)
    if request.method == "POST" and form.is_valid():
        try:
            set_target(found, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Target disimpan."))
            return redirect("indicator", government.code, found.public_id)
    context = {"government": government, "indicator": found, "form": form, "heading": _("Isi target")}
    return render(request, "measurements/value_form.html", context, status=422 if form.errors else 200)


@login_required
def measurement_set(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form for the value of one period."""
    government = government_for(request.user, code)
    found = indicator_for(request.user, government, public_id)
    check_may(request.user, Right.MEASURE, government_id=government.pk, agency_id=found.agency_id)
    form = MeasurementForm(request.POST or None, indicator=found)
    if request.method == "POST" and form.is_valid():
        try:
            set_measurement(found, form.cleaned_data["period"], entry=form.entry(found), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Realisasi disimpan dan menunggu verifikasi."))
            return redirect("indicator", government.code, found.public_id)
    context = {"government": government, "indicator": found, "form": form, "heading": _("Isi realisasi")}
    return render(request, "measurements/value_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def measurement_verify(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Confirm a value that somebody else entered."""
    government = government_for(request.user, code)
    found = measurement_for(request.user, government, public_id)
    verify_measurement(found, by=request.user)
    messages.success(request, _("Realisasi diverifikasi."))
    return redirect("indicator", government.code, found.indicator.public_id)
