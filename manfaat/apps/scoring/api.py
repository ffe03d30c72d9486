"""The read-only API: the same queries and rights as the pages; frozen figures for everybody.

Errors are `application/problem+json` (RFC 9457). Mounted under `/api/v1/`; its document is `openapi.json` there.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import django_auth

from manfaat.apps.core.errors import Denied, NotFound, Refused
from manfaat.apps.organisations.queries import government_for, governments_for
from manfaat.apps.scoring import published, queries
from manfaat.apps.scoring.queries.shapes import IndicatorRow, Scorecard, ShownFigure
from manfaat.engine.canonical import canonical_json

STATUS = {NotFound: 404, Denied: 403, Refused: 409, AuthenticationError: 401, ValidationError: 422}
TITLES = {
    401: "Perlu masuk",
    403: "Tidak berhak",
    404: "Tidak ditemukan",
    409: "Ditolak",
    422: "Permintaan tidak terbaca",
}
HEADLINES = ("ceiling", "realised", "absorption", "absorption_reported", "deviation_points", "routine_share")

api = NinjaAPI(title="Manfaat", version="1", docs_url=None, openapi_url="/openapi.json", urls_namespace="api")


class GovernmentOut(Schema):
    """A government the person has a role in, with the periods computed so far."""

    code: str
    name: str
    kind: str
    fictitious: bool
    periods: list[str]


class FigureOut(Schema):
    """One figure; `value` is unrounded and null unless `status` is `known`, `shown` is what pages print."""

    id: UUID
    key: str
    label: str
    value: float | None
    unit: str
    status: str
    reason: str
    shown: str
    month: int | None


class IndicatorOut(Schema):
    """An indicator with its figures of the period and its yearly values."""

    code: str
    name: str
    unit: str
    level: str
    lower_is_better: bool
    value: FigureOut | None
    target: FigureOut | None
    achievement: FigureOut | None
    change: FigureOut | None
    history: list[tuple[int, float | None]]


class ScorecardOut(Schema):
    """The scorecard of a government for a year up to a month."""

    government: str
    year: int
    month: int
    computed_at: datetime | None
    stale: bool
    figures: list[FigureOut]
    months: list[FigureOut | None]
    indicators: list[IndicatorOut]


class ExplanationOut(Schema):
    """A figure's full record and its explanation, the same text as the page "mengapa angka ini"."""

    id: UUID
    record: dict[str, Any]
    explanation: str


class VersionOut(Schema):
    """One frozen version of a period and where its files stand."""

    year: int
    month: int
    version: int
    latest: bool
    reason: str
    published_at: datetime
    digest: str
    download: str


@api.get("/governments", auth=django_auth, response=list[GovernmentOut], summary="Pemerintah daerah saya")
def governments(request: HttpRequest) -> list[dict[str, Any]]:
    """The governments in which the signed-in person holds a role."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.kind,
            "fictitious": one.is_fictitious,
            "periods": [f"{period.year}-{period.month:02d}" for period in queries.available_periods(one)],
        }
        for one in governments_for(request.user)
    ]


@api.get("/governments/{code}/scorecard", auth=django_auth, response=ScorecardOut, summary="Kartu skor")
def scorecard(request: HttpRequest, code: str, year: int, month: int) -> dict[str, Any]:
    """The scorecard of a government that the person may see."""
    government = government_for(request.user, code)
    return _scorecard(queries.scorecard_for(request.user, government, year=year, month=month))


@api.get("/figures/{public_id}", auth=django_auth, response=ExplanationOut, summary="Mengapa angka ini")
def figure(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    """One figure and why it is what it is."""
    found = queries.figure_for(request.user, public_id)
    return {"id": found.figure.public_id, "record": found.record, "explanation": found.text}


@api.get("/published/{code}", response=list[VersionOut], summary="Terbitan")
def versions(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Every frozen version of a government; open to everybody."""
    return [
        {
            "year": one.year,
            "month": one.month,
            "version": one.version,
            "latest": one.is_latest,
            "reason": one.reason,
            "published_at": one.published_at,
            "digest": one.digest,
            "download": f"{request.path}/{one.year}/{one.month}/v{one.version}.json",
        }
        for one in published.published_versions(code)
    ]


@api.get("/published/{code}/{int:year}/{int:month}/v{int:version}.json", summary="Unduhan terbitan")
def download(request: HttpRequest, code: str, year: int, month: int, version: int) -> HttpResponse:
    """The frozen file that `manfaat verify` recomputes; its digest is its ETag."""
    found = published.publication(code, year, month, version)
    tag = f'"{found.digest}"'
    if tag in [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]:
        return _frozen(HttpResponse(status=304), tag)
    return _frozen(HttpResponse(published.json_bytes(found), content_type="application/json"), tag)


def _frozen(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"], response["Cache-Control"] = tag, "public, max-age=31536000, immutable"
    return response


def _problem(request: HttpRequest, fault: Exception | type[Exception]) -> HttpResponse:
    status = next(status for kind, status in STATUS.items() if isinstance(fault, kind))
    detail = str(fault)
    if isinstance(fault, AuthenticationError):
        detail = "Masuk dulu: alamat ini hanya untuk orang yang punya peran."
    elif isinstance(fault, ValidationError):
        detail = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in fault.errors)
    body = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return HttpResponse(canonical_json(body), status=status, content_type="application/problem+json")


for _kind in STATUS:
    api.add_exception_handler(_kind, _problem)


def _scorecard(card: Scorecard) -> dict[str, Any]:
    headlines = [getattr(card.money, name) for name in HEADLINES]
    benefits = [card.benefit.benefit, card.benefit.met_share, card.benefit.improved_share, card.benefit.measurable]
    return {
        "government": card.government_code,
        "year": card.year,
        "month": card.month,
        "computed_at": card.run.computed_at if card.run else None,
        "stale": bool(card.run and card.run.is_stale),
        "figures": [_shown(one) for one in [*headlines, *benefits] if one],
        "months": [_shown(one) if one else None for one in card.months.absorption],
        "indicators": [_indicator(row) for row in card.indicators],
    }


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    figures = {name: getattr(row, name) for name in ("value", "target", "achievement", "change")}
    return {
        "code": row.code,
        "name": row.name,
        "unit": row.unit,
        "level": row.level,
        "lower_is_better": row.lower_is_better,
        "history": list(row.history),
        **{name: _shown(one) if one else None for name, one in figures.items()},
    }


def _shown(one: ShownFigure) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "key": one.key,
        "label": one.label,
        "value": one.value,
        "unit": one.unit,
        "status": one.status,
        "reason": one.reason,
        "shown": one.shown,
        "month": one.month,
    }
