"""The library of instruments, open to whoever has signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.evaluations.presentation import card_line, lines_of, shelved
from manfaat.apps.evaluations.queries.packs import card_named, cards, places_of, scale_of


@login_required
def instruments(request: PersonRequest) -> HttpResponse:
    """Every instrument: where it stands, what is missing in it, whether its worked examples pass."""
    lines, shelves = shelved(cards())
    return render(request, "evaluations/instruments.html", {"instruments": lines, "shelves": shelves})


@login_required
def instrument(request: PersonRequest, name: str) -> HttpResponse:
    """The tree of an instrument with weights, ranges, answers, sources and predicates."""
    card = card_named(name)
    context = {
        "card": card,
        "instrument": card.instrument,
        "line": card_line(card),
        "lines": lines_of(card.instrument, places_of(card.instrument)),
        "scale": scale_of(card.instrument),
    }
    return render(request, "evaluations/instrument.html", context)
