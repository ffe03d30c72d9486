"""Turns what queries and actions raise into pages, in one place."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from manfaat.apps.core.errors import Denied, NotFound, Refused

PAGES: dict[type[Exception], tuple[int, str]] = {
    NotFound: (404, "404.html"),
    Denied: (403, "403.html"),
    Refused: (409, "409.html"),
}
logger = logging.getLogger(__name__)


class AnswerErrors:
    """Middleware: `NotFound` 404, `Denied` 403, `Refused` 409, each with its sentence; a fragment for htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for `exception`, or None so that Django goes on with it."""
        for kind, (status, template) in PAGES.items():
            if isinstance(exception, kind):
                logger.info("%s %s: %s for account %s", request.method, request.path, kind.__name__, request.user.pk)
                return render(request, template, {"sentence": str(exception)}, status=status)
        return None


class RefuseNulBytes:
    """Middleware: an address with a NUL byte names nothing; PostgreSQL could not even be asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = [request.path_info, *(value for values in request.GET.lists() for value in values[1])]
        if any("\x00" in text for text in asked):
            return render(request, "404.html", status=404)
        return self.get_response(request)


class SpeakChosenLanguage:
    """Middleware: Indonesian, unless this browser chose another language here.

    What a browser prefers is not asked: phones and office computers in Indonesia are often left in English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = known
            return self.get_response(request)
