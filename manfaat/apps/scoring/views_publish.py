"""Computing and freezing a period: what stands, what will be public, and the two buttons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import government_with
from manfaat.apps.scoring import actions, published, queries
from manfaat.apps.scoring.forms import ComputeForm, PublishForm
from manfaat.apps.scoring.presentation import PeriodChoice, choose_period
from manfaat.apps.scoring.presentation_publish import nothing_to_publish_page, publish_page


def versions_of(government: Government, period: PeriodChoice | None) -> list[published.PublishedVersion]:
    """The versions of the period that are public already."""
    if period is None or not period.published_version:
        return []
    return published.publication_history(government.code, period.year, period.month)


@login_required
def publish(request: PersonRequest, code: str) -> HttpResponse:
    """What will be frozen, whether it still holds, and the versions before: for those who compute or publish."""
    government = queries.government_to_publish_for(request.user, code)
    period = choose_period(queries.available_periods(government), request.GET)
    if period is None and may(request.user, Right.COMPUTE, government_id=government.pk):
        return redirect("compute", code)
    if period is None:
        return render(request, "scoring/nothing_computed.html", {"government": government})
    card = queries.scorecard_for(request.user, government, year=period.year, month=period.month)
    form = PublishForm(current_run=card.run.public_id if card.run else None)
    page = publish_page(government, period, card, versions_of(government, period), form)
    return render(request, "scoring/publish.html", page)


@login_required
@require_POST
def freeze(request: PersonRequest, code: str, year: int, month: int) -> HttpResponse:
    """Freeze the current figures of a period as its next public version."""
    government = government_with(request.user, code, Right.PUBLISH)
    run = queries.latest_run_for(request.user, government, year, month)
    if run is None:
        raise NotFound(gettext("Periode ini belum dihitung."))
    form = PublishForm(request.POST, current_run=run.public_id)
    if not form.is_valid():
        period = choose_period(queries.available_periods(government), {"tahun": str(year), "bulan": str(month)})
        card = queries.scorecard_for(request.user, government, year=year, month=month)
        page = publish_page(government, period, card, versions_of(government, period), form)
        return render(request, "scoring/publish.html", page, status=422)
    publication = actions.publish_run(run, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, gettext("Terbit sebagai versi %(number)s.") % {"number": publication.version})
    return redirect(f"{reverse('publish', args=[code])}?tahun={year}&bulan={month}")


@login_required
def compute(request: PersonRequest, code: str) -> HttpResponse:
    """Compute the figures of a period anew and go back to the page that shows them."""
    government = government_with(request.user, code, Right.COMPUTE)
    form = ComputeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        page = nothing_to_publish_page(government, form)
        return render(request, "scoring/compute.html", page, status=422 if form.is_bound else 200)
    run = actions.compute_run(
        government, year=form.cleaned_data["year"], month=form.cleaned_data["month"], by=request.user
    )
    messages.success(request, gettext("Angka dihitung dari data sekarang."))
    return redirect(f"{reverse('publish', args=[code])}?tahun={run.year}&bulan={run.month}")
