"""Health of the installation."""

from django.http import HttpRequest, HttpResponse

from manfaat.apps.core.queries import faults_of_installation

PLAIN = "text/plain; charset=utf-8"


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("hidup\n", content_type=PLAIN)


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, its migrations are applied and the disk takes files; else 503 with what is wrong."""
    faults = faults_of_installation()
    if faults:
        return HttpResponse("\n".join(["belum siap", *faults, ""]), content_type=PLAIN, status=503)
    return HttpResponse("siap\n", content_type=PLAIN)
