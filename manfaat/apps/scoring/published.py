"""What everybody may read: frozen publications, and nothing else. The portal and the public API use only this module.

Every figure here is taken from the frozen bytes, never from a run: a later computation cannot change what was
published.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.errors import NotFound
from manfaat.apps.scoring.models import Figure, Publication

BUNDLES_AT_HAND = 8
SOURCE_PARTS = ("publisher", "title", "year", "file", "sha256")


@dataclass(frozen=True)
class PublishedGovernment:
    """A government that has published, with its latest period."""

    code: str
    name: str
    kind: str
    parent_name: str
    is_fictitious: bool
    year: int
    month: int
    version: int
    published_at: datetime


@dataclass(frozen=True)
class PublishedVersion:
    """One frozen version of a period. `latest_version` is higher than `version` where a correction followed.

    `measured` is how many outcomes could be held against a target: the frozen figure `measurable`.
    """

    government_code: str
    government_name: str
    government_kind: str
    is_fictitious: bool
    year: int
    month: int
    version: int
    latest_version: int
    reason: str
    published_at: datetime
    digest: str
    engine_version: str
    public_id: UUID
    measured: int

    @property
    def is_latest(self) -> bool:
        return self.version == self.latest_version


@dataclass(frozen=True)
class PublishedFigure:
    """One frozen figure. `measure` is the first part of its key, `agency_key` the agency it is about (empty: the whole
    government), `code` the rest: an indicator's code, a month or a programme. `reason` is a clause in Indonesian."""

    key: str
    measure: str
    agency_key: str
    code: str
    label: str
    subject: str
    period: str
    value: float | None
    unit: str
    decimals: int
    status: str
    reason: str
    shown: str
    sentence: str
    source: str


@dataclass(frozen=True)
class PublishedExplanation:
    """A frozen figure with its explanation: sections of (title, lines), the same as text, and the engine's record."""

    figure: PublishedFigure
    title: str
    value_line: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    text: str
    record: Mapping[str, Any]
    used_keys: tuple[str, ...]


def published_governments() -> list[PublishedGovernment]:
    """Every government that has published anything, by code, each with its latest version of its latest period."""
    latest: dict[int, Publication] = {}
    for one in _publications().order_by("government__code", "-year", "-month", "-version"):
        latest.setdefault(one.government_id, one)
    return [
        PublishedGovernment(
            code=one.government.code,
            name=one.government.name,
            kind=one.government.kind,
            parent_name=one.government.parent.name if one.government.parent else "",
            is_fictitious=one.government.is_fictitious,
            year=one.year,
            month=one.month,
            version=one.version,
            published_at=one.published_at,
        )
        for one in latest.values()
    ]


def published_versions(code: str) -> list[PublishedVersion]:
    """Every version of every period of a government, latest first. Raises: NotFound where nothing was published."""
    measured = Figure.objects.filter(run=OuterRef("run"), key="measurable").values("value")
    found = list(_publications().filter(government__code=code).annotate(measured=Subquery(measured)))
    if not found:
        raise NotFound(_("Pemerintah daerah ini belum menerbitkan angka."))
    last: dict[tuple[int, int], int] = {}
    for one in found:
        last[one.year, one.month] = max(one.version, last.get((one.year, one.month), 0))
    return [_version(one, last[one.year, one.month]) for one in found]


def publication_history(code: str, year: int, month: int) -> list[PublishedVersion]:
    """The versions of one period with their reasons, latest first."""
    return [one for one in published_versions(code) if (one.year, one.month) == (year, month)]


def publication(code: str, year: int, month: int, version: int | None = None) -> PublishedVersion:
    """One version, the latest when none is named. Raises: NotFound when there is no such version."""
    for one in publication_history(code, year, month):
        if version in (None, one.version):
            return one
    raise NotFound(_("Terbitan ini tidak ada. Periksa tahun, bulan, dan nomor versinya."))


def published_figures(of: PublishedVersion, *, measures: Sequence[str] = ()) -> tuple[PublishedFigure, ...]:
    """The frozen figures in their order; only these measures where any are named."""
    return tuple(one for one in _figures(of.public_id) if not measures or one.measure in measures)


def published_figure(of: PublishedVersion, key: str) -> PublishedExplanation:
    """One frozen figure and why it is what it is. Raises: NotFound for a key that the version does not hold."""
    record = _records(of.public_id).get(key)
    if record is None:
        raise NotFound(_("Angka ini tidak ada dalam terbitan ini."))
    told = engine.explain(record)
    return PublishedExplanation(
        figure=_figure(record),
        title=told.title,
        value_line=told.value_line,
        sections=tuple((one.title, tuple(str(line) for line in one.lines)) for one in told.sections),
        text=told.as_text(),
        record=record,
        used_keys=tuple(dict.fromkeys(one["figure"] for one in record["inputs"] if one["figure"])),
    )


def json_bytes(of: PublishedVersion) -> bytes:
    """The download as it was frozen: canonical JSON that `manfaat verify` recomputes without a database."""
    return _text(of, "bundle_json").encode()


def csv_bytes(of: PublishedVersion) -> bytes:
    """The same figures as a table, as they were frozen."""
    return _text(of, "bundle_csv").encode()


def _publications() -> Any:
    light = Publication.objects.defer("bundle_json", "bundle_csv")
    return light.select_related("government__parent").order_by("-year", "-month", "-version")


def _text(of: PublishedVersion, column: str) -> str:
    return str(Publication.objects.filter(public_id=of.public_id).values_list(column, flat=True)[0])


@lru_cache(maxsize=BUNDLES_AT_HAND)
def _records(public_id: UUID) -> dict[str, dict[str, Any]]:
    """The frozen records by key. Kept at hand: what was published never changes."""
    text = Publication.objects.filter(public_id=public_id).values_list("bundle_json", flat=True)[0]
    return {record["key"]: record for record in json.loads(text)["figures"]}


@lru_cache(maxsize=BUNDLES_AT_HAND)
def _figures(public_id: UUID) -> tuple[PublishedFigure, ...]:
    return tuple(_figure(record) for record in _records(public_id).values())


def _version(one: Any, latest_version: int) -> PublishedVersion:
    return PublishedVersion(
        government_code=one.government.code,
        government_name=one.government.name,
        government_kind=one.government.kind,
        is_fictitious=one.government.is_fictitious,
        year=one.year,
        month=one.month,
        version=one.version,
        latest_version=latest_version,
        reason=one.reason,
        published_at=one.published_at,
        digest=one.digest,
        engine_version=one.engine_version,
        public_id=one.public_id,
        measured=int(one.measured or 0),
    )


def _figure(record: Mapping[str, Any]) -> PublishedFigure:
    measure, agency_key, code = _parts(record["key"])
    return PublishedFigure(
        key=record["key"],
        measure=measure,
        agency_key=agency_key,
        code=code,
        label=record["label"],
        subject=record["subject"],
        period=record["period"],
        value=None if record["value"] is None else float(record["value"]),
        unit=record["unit"],
        decimals=record["decimals"],
        status=record["status"],
        reason=engine.reason_sentence(record["reason"]) if record["reason"] else "",
        shown=record["shown"],
        sentence=record["sentence"],
        source=_source(record),
    )


def _parts(key: str) -> tuple[str, str, str]:
    """`absorption/pd/1.01/03` -> absorption, 1.01, 03; `achievement/IKU-1` -> achievement, nothing, IKU-1."""
    measure, _, rest = key.partition("/")
    if not rest.startswith("pd/"):
        return measure, "", rest
    agency, _, code = rest.removeprefix("pd/").partition("/")
    return measure, agency, code


def _source(record: Mapping[str, Any]) -> str:
    for one in record["inputs"]:
        told = [str(one["source"][name]) for name in ("publisher", "year") if one["source"].get(name)]
        if told or one["source"].get("file"):
            return " ".join(told) or str(one["source"]["file"])
    return ""


@dataclass(frozen=True)
class PublishedSource:
    """One document that frozen figures rest on."""

    publisher: str
    title: str
    year: str
    file: str
    sha256: str


@lru_cache(maxsize=1_000)
def published_sources(public_id: UUID) -> tuple[PublishedSource, ...]:
    """The documents behind a version, most used first. Kept at hand: what was published never changes."""
    used = Counter(
        PublishedSource(**{name: str(one["source"].get(name) or "") for name in SOURCE_PARTS})
        for record in _records(public_id).values()
        for one in record["inputs"]
        if one["source"]
    )
    return tuple(source for source, _count in used.most_common())
