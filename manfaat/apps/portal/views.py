"""What everybody may read without signing in: frozen figures only. No page here sets a cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import quote_etag

from manfaat.apps.core.why import why_page
from manfaat.apps.portal import presentation
from manfaat.apps.scoring import published


def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the governments that have published, found by name."""
    asked = request.GET.get("cari", "").strip()
    governments = presentation.search(published.published_governments(), asked)
    return render(request, "portal/home.html", {"public": True, "governments": governments, "asked": asked})


def government(request: HttpRequest, code: str) -> HttpResponse:
    """The latest version that a government has published."""
    return _page(request, published.published_versions(code)[0])


def publication(request: HttpRequest, code: str, year: int, month: int, version: int) -> HttpResponse:
    """One version, also where a correction has followed."""
    return _page(request, published.publication(code, year, month, version))


def _page(request: HttpRequest, version: published.PublishedVersion) -> HttpResponse:
    page = presentation.publication_page(
        version,
        published.published_versions(version.government_code),
        published.published_figures(version),
        published.published_sources(version.public_id),
        request.GET.get("halaman", ""),
    )
    return render(request, "portal/publication.html", page)


def figure(request: HttpRequest, code: str, year: int, month: int, version: int, key: str) -> HttpResponse:
    """Why a frozen figure is what it is."""
    frozen = published.publication(code, year, month, version)
    explained = published.published_figure(frozen, key)
    hrefs = {used: presentation.figure_href(frozen, used) for used in explained.used_keys}
    page = {"public": True, "version": frozen, "why": why_page(explained.record, hrefs), "key": key}
    return render(request, "portal/figure.html", page | {"fictitious": frozen.is_fictitious})


def download_json(request: HttpRequest, code: str, year: int, month: int, version: int) -> HttpResponse:
    """The frozen file that `manfaat verify` recomputes."""
    frozen = published.publication(code, year, month, version)
    return _file(frozen, published.json_bytes(frozen), "application/json", "json")


def download_csv(request: HttpRequest, code: str, year: int, month: int, version: int) -> HttpResponse:
    """The same figures as a table."""
    frozen = published.publication(code, year, month, version)
    return _file(frozen, published.csv_bytes(frozen), "text/csv; charset=utf-8", "csv")


def _file(frozen: published.PublishedVersion, content: bytes, kind: str, suffix: str) -> HttpResponse:
    name = presentation.file_name(frozen, suffix)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "ETag": quote_etag(f"{frozen.digest}-{suffix}")}
    return HttpResponse(content, content_type=kind, headers=headers)


def sources(request: HttpRequest) -> HttpResponse:
    """The documents that the latest publications rest on: publisher, title, year."""
    part = presentation.source_part(published.published_governments(), request.GET.get("halaman", ""))
    frozen = [published.publication(one.code, one.year, one.month) for one in part.governments]
    groups = [(version, published.published_sources(version.public_id)) for version in frozen]
    return render(request, "portal/sources.html", {"public": True, "groups": groups, "part": part})


def language(request: HttpRequest) -> HttpResponse:
    """Choosing the language; it has a page of its own so that no other public page needs a cookie."""
    return render(request, "portal/language.html", {"public": True})
