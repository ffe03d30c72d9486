"""Pages of the periods in which figures are reported."""

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
from manfaat.apps.core.formats import period_label
from manfaat.apps.organisations import actions, forms, queries
from manfaat.apps.organisations.views.answers import FormPage, save_or_show


@login_required
def periods(request: PersonRequest, code: str) -> HttpResponse:
    """The years with their quarters and months, which are open and which closed."""
    government = queries.government_for(request.user, code)
    context = {
        "government": government,
        "years": queries.periods_of(government).items(),
        "may_set": may(request.user, Right.SET_PERIODS, government_id=government.pk),
    }
    return render(request, "organisations/periods.html", context)


@login_required
def open_periods(request: PersonRequest, code: str) -> HttpResponse:
    """A form that opens the periods of a year."""
    government = queries.government_with(request.user, code, Right.SET_PERIODS)
    form = forms.YearForm(request.POST or None)
    page = FormPage(
        heading=_("Buka periode satu tahun"),
        lede=_("Tahun itu, empat triwulan dan dua belas bulannya dibuka sekaligus. Yang sudah ada tidak berubah."),
        button=_("Buka"),
        back=reverse("periods", args=[code]),
    )

    def save() -> str:
        actions.open_periods(government, form.cleaned_data["year"], by=request.user)
        return _("Periode tahun %(year)s tersedia.") % {"year": form.cleaned_data["year"]}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
@require_POST
def close_period(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Close a period and those inside it."""
    government = queries.government_with(request.user, code, Right.SET_PERIODS)
    period = queries.period_of(government, pk)
    actions.close_period(period, by=request.user)
    words = {"period": period_label(period.kind, period.year, period.number)}
    messages.success(request, _("%(period)s ditutup.") % words)
    return redirect("periods", code)


@login_required
def reopen_period(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """A form that opens a closed period again, for a reason."""
    government = queries.government_with(request.user, code, Right.SET_PERIODS)
    period = queries.period_of(government, pk)
    form = forms.ReopenPeriodForm(request.POST or None)
    words = {"period": period_label(period.kind, period.year, period.number)}
    page = FormPage(
        heading=_("Buka kembali %(period)s") % words,
        lede=_("Hanya periode ini yang dibuka. Angka yang sudah diterbitkan tidak berubah."),
        button=_("Buka kembali"),
        back=reverse("periods", args=[code]),
    )

    def save() -> str:
        actions.reopen_period(period, reason=form.cleaned_data["reason"], by=request.user)
        return _("%(period)s dibuka kembali.") % words

    return save_or_show(request, form, page, government=government, save=save)
