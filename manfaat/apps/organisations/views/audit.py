"""Pages of the chained log of events."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.queries import chain_check, event_of, events_of, export_lines, verbs_of
from manfaat.apps.organisations import queries

PAGE_SIZE = 50


@login_required
def audit(request: PersonRequest, code: str) -> HttpResponse:
    """What was done, newest first, and whether the chain holds."""
    government = queries.government_with(request.user, code, Right.READ_AUDIT)
    verb = request.GET.get("verb", "")
    events = Paginator(events_of(government.pk, verb), PAGE_SIZE)
    context = {
        "government": government,
        "verb": verb,
        "verbs": verbs_of(government.pk),
        "page": events.get_page(request.GET.get("page")),
        "check": chain_check(government.pk, whole=request.GET.get("periksa") == "semua"),
    }
    return render(request, "organisations/audit.html", context)


@login_required
def audit_event(request: PersonRequest, code: str, sequence: int) -> HttpResponse:
    """One event with everything the chain keeps of it."""
    government = queries.government_with(request.user, code, Right.READ_AUDIT)
    event = event_of(government.pk, sequence)
    return render(request, "organisations/audit_event.html", {"government": government, "event": event})


@login_required
def audit_export(request: PersonRequest, code: str) -> StreamingHttpResponse:
    """The whole chain as JSON lines, which `manfaat audit verify` checks on any laptop."""
    government = queries.government_with(request.user, code, Right.READ_AUDIT)
    response = StreamingHttpResponse(export_lines(government.pk), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="jejak-audit-{government.code}.jsonl"'
    return response
