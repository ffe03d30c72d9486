"""Weights that the pack leaves open, entered by the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.evaluations.actions import set_weights
from manfaat.apps.evaluations.forms import WeightForm
from manfaat.apps.evaluations.queries.packs import card_named, weights_of
from manfaat.apps.organisations.queries import government_for


@login_required
def weights(request: PersonRequest, code: str, name: str) -> HttpResponse:
    """The weights in use with who entered them, and a form for them."""
    government = government_for(request.user, code)
    instrument = card_named(name).instrument
    kept = weights_of(government, name)
    form = WeightForm(request.POST or None, rows=list(instrument.unestablished), kept=kept)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        try:
            count = set_weights(government, name, form.weights(), source=source, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(count)s bobot disimpan; lembarnya dihitung ulang.") % {"count": count})
            return redirect("weights", government.code, name)
    context = {"government": government, "instrument": instrument, "form": form, "kept": kept}
    context["may_enter"] = may(request.user, Right.EVALUATE, government_id=government.pk)
    return render(request, "evaluations/weights.html", context, status=422 if form.errors else 200)
