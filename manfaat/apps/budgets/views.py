"""The goal tree with the money beneath each box."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.budgets.queries import goal_money_for
from manfaat.apps.organisations.queries import government_for


@login_required
def goals(request: PersonRequest, code: str) -> HttpResponse:
    """Mission to programme, indicators and rupiah; `?rinci=1` opens activities and sub-activities too."""
    government = government_for(request.user, code)
    money = goal_money_for(request.user, government, year=request.GET.get("tahun", ""))
    context = {"government": government, "money": money, "detailed": request.GET.get("rinci") == "1"}
    return render(request, "budgets/goals.html", context)
