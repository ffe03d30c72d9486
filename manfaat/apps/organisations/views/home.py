"""Where a person lands after signing in: what is theirs to do, and where."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.organisations import queries
from manfaat.apps.organisations.desk import desk_of


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """The tasks of the person in one government; `pemda` in the address chooses another of theirs."""
    desk = desk_of(request.user, request.GET.get("pemda", ""))
    context = {"desk": desk, "government": desk.government, "rights": desk.rights}
    return render(request, "organisations/home.html", context)


@login_required
def governments(request: PersonRequest) -> HttpResponse:
    """Every government that the person may read."""
    seen = queries.visible_governments_for(request.user)
    return render(request, "organisations/governments.html", {"governments": seen})
