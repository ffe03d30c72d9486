"""Taking a file in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.queries import earlier_mapping, same_upload
from manfaat.apps.imports.reading import describe, open_batch, path_of
from manfaat.apps.organisations.models import Government
from manfaat.readers.problems import Unreadable
from manfaat.readers.survey import write_without_personal_data


@dataclass(frozen=True)
class NewUpload:
    """A file as it was sent, and what it is said to be; `month` empty: every month that the file names."""

    file: UploadedFile[Any]
    kind: str
    year: int
    month: int | None = None


def upload_file(government: Government, upload: NewUpload, *, by: User) -> tuple[ImportBatch, bool]:
    """Keep the file and guess its columns. Whoever holds `IMPORT_DATA` may.

    Returns the batch and whether it is new: the same bytes for the same kind, year and month give the batch they had.
    Recorded: one event. Refused: a file that cannot be read, with the reader's sentence; nothing is kept then.
    """
    check_may(by, Right.IMPORT_DATA, government_id=government.pk)
    source = SourceFile(government=government, name=(upload.file.name or "berkas")[-255:], uploaded_by=by)
    path = path_of(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with path.open("xb") as kept:
            for chunk in upload.file.chunks():
                digest.update(chunk)
                kept.write(chunk)
        source.sha256, source.size_bytes = digest.hexdigest(), path.stat().st_size
        if (same := same_upload(government, upload.kind, source.sha256, upload.year, upload.month)) is not None:
            path.unlink()
            return same, False
        return _create(source, upload, by), True
    except BaseException as error:
        for left in (path, path_of(source)):
            left.unlink(missing_ok=True)
        if isinstance(error, Unreadable):
            raise Refused(f"{error.message} {error.advice}") from error
        raise


def _create(source: SourceFile, upload: NewUpload, by: User) -> ImportBatch:
    if upload.kind == ImportBatch.Kind.SURVEY:
        _leave_persons_out(source)
    found = describe(open_batch(source), upload.kind)
    mapping = found.as_dict()
    earlier = earlier_mapping(source.government, upload.kind, mapping["reader"]["titles"])
    if earlier is not None:
        mapping["reader"]["columns"], mapping["options"] = earlier["reader"]["columns"], earlier.get("options", {})
        mapping["reader"]["layout"] = earlier["reader"]["layout"]
    with transaction.atomic():
        source.save()
        batch = ImportBatch.objects.create(
            government=source.government,
            kind=upload.kind,
            source_file=source,
            year=upload.year,
            month=upload.month,
            sheet=mapping["reader"]["sheet"],
            mapping=mapping,
            rows_total=found.rows,
            created_by=by,
        )
        record_event(
            by=by,
            verb="upload_file",
            subject=batch,
            summary=f"Berkas “{source.name[:200]}” diunggah.",
            government_id=source.government_id,
            detail={"sha256": source.sha256, "bytes": source.size_bytes, "kind": batch.kind},
        )
    return batch


def _leave_persons_out(source: SourceFile) -> None:
    """Keep only the sheet of answers, without its columns about persons, in place of the file that was sent.

    The digest stays that of the file as sent, so that the same file is noticed.
    """
    sent = path_of(source)
    workbook = open_batch(source)
    kept = sent.with_name(f"{sent.stem}-baru.csv")
    try:
        left_out = write_without_personal_data(workbook, kept)
        sent.unlink()
        source.name = f"{Path(source.name).stem[:250]}.csv"
        kept.replace(path_of(source))
    finally:
        kept.unlink(missing_ok=True)
    source.size_bytes = path_of(source).stat().st_size
    source.note = "Disimpan sebagai CSV tanpa data pribadi; SHA-256 milik berkas yang diunggah."
    if left_out:
        source.note += f" Kolom yang tidak disimpan: {', '.join(left_out)}."
