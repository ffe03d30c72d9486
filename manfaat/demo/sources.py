"""The origin of each figure as a record of the government that it is about."""

from django.db.models import QuerySet

from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Government
from manfaat.demo.tables import Origin


def is_loaded(government: Government, origin: Origin) -> bool:
    """Whether this very table was entered for the government before."""
    return _found(government, origin).exists()


def open_source(government: Government, origin: Origin) -> SourceFile:
    """The record of the table; made once for each government and content."""
    return _found(government, origin).first() or SourceFile.objects.create(
        government=government,
        name=origin.file,
        sha256=origin.digest,
        size_bytes=origin.path.stat().st_size,
        publisher=origin.publisher,
        title=origin.title,
        published_year=origin.year,
        note=origin.note,
    )


def _found(government: Government, origin: Origin) -> QuerySet[SourceFile]:
    return SourceFile.objects.filter(government=government, sha256=origin.digest, title=origin.title)
