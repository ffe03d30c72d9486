"""A one-time password opens one door only: the page where its holder chooses another."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

OPEN_NAMES = frozenset({"account_change_password", "account_logout", "set_language", "alive", "ready"})


class AskNewPassword:
    """Middleware: who signed in with a one-time password is sent to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """A redirect while a new password is due, else None."""
        match = request.resolver_match
        if (match and match.url_name in OPEN_NAMES) or not request.user.is_authenticated:
            return None
        if not request.user.must_change_password:
            return None
        return HttpResponseRedirect(reverse("account_change_password"))
