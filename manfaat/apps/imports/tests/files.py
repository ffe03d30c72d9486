"""Small files for the tests of imports, made by the very libraries that offices use."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from manfaat.apps.accounts.models import User
from manfaat.apps.imports.actions import NewUpload, claim_batch, queue_batch, run_claimed, set_mapping, upload_file
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.reading import description_of
from manfaat.apps.organisations.models import Government

HEADER = ("Kode SKPD", "Nama SKPD", "Kode Program", "Nama Program", "Kode Rekening", "Pagu", "Realisasi")
ROWS: list[Sequence[Any]] = [
    ("1.01", "Dinas 1.01", "1.01.02", "Program Pendidikan", "5.1.01", 600_000_000, 120_000_000),
    ("1.01", "Dinas 1.01", "1.01.02", "Program Pendidikan", "5.1.02", 300_000_000, 30_000_000),
    ("1.02", "Dinas 1.02", "1.02.02", "Program Kesehatan", "5.1.02", 500_000_000, 50_000_000),
]
INDICATOR_HEADER = ("Kode Indikator", "Indikator", "Satuan", "Metode", "Periode", "Target", "Realisasi", "Keterangan")
INDICATORS: list[Sequence[Any]] = [
    ("IKU-1", "Angka kemiskinan", "%", "makin rendah makin baik", "", 9.5, 9.1, ""),
    ("IKU-2", "Usia harapan hidup", "tahun", "makin tinggi makin baik", "", 72, "", ""),
    ("IKU-3", "Indeks layanan", "poin", "makin tinggi makin baik", "TW IV", 85, "belum", "survei November"),
]


def xlsx(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these sheets; texts that begin with = become formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    sheet.write(number, at, cell)
    return out.getvalue()


def csv(rows: Sequence[Sequence[Any]], separator: str = ";") -> bytes:
    """The rows as text."""
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in rows).encode()


def budget(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """A budget workbook."""
    return xlsx([HEADER, *rows])


def indicators(rows: Sequence[Sequence[Any]] = INDICATORS) -> bytes:
    """An indicator workbook."""
    return xlsx([INDICATOR_HEADER, *rows])


def upload(
    client: Client, code: str, content: bytes, *, name: str = "realisasi.xlsx", kind: str = "budget",
    year: int = 2024, month: int | str = 6,
) -> Any:  # fmt: skip
    """The answer to sending a file, redirects not followed."""
    data = {"kind": kind, "year": year, "month": month, "file": SimpleUploadedFile(name, content)}
    return client.post(f"/pemda/{code}/impor/baru/", data)


def uploaded(client: Client, code: str, content: bytes, **more: Any) -> ImportBatch:
    """The batch of a file that was taken in."""
    answer = upload(client, code, content, **more)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return ImportBatch.objects.get(public_id=answer.url.rstrip("/").split("/")[4])


def mapped(client: Client, batch: ImportBatch, **changes: Any) -> ImportBatch:
    """The batch after the mapping page was sent as it stands, apart from `changes`."""
    page = client.get(f"/pemda/{batch.government.code}/impor/{batch.public_id}/kolom/")
    data = {**as_sent(page.context["form"]), **changes}
    answer = client.post(f"/pemda/{batch.government.code}/impor/{batch.public_id}/kolom/", data)
    assert answer.status_code == 302, answer.content.decode()[:5000]
    batch.refresh_from_db()
    return batch


def as_sent(form: Any) -> dict[str, Any]:
    """What a browser sends when nobody touches the form."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "") and value is not False}


def applied(client: Client, batch: ImportBatch) -> ImportBatch:
    """The batch after somebody pressed Terapkan."""
    answer = press_apply(client, batch)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    batch.refresh_from_db()
    return batch


def press_apply(client: Client, batch: ImportBatch) -> Any:
    """The answer to the button of the preview that shows this version of the batch."""
    url = f"/pemda/{batch.government.code}/impor/{batch.public_id}/terapkan/"
    return client.post(url, {"version": batch.version})


def press_undo(client: Client, batch: ImportBatch) -> Any:
    """The answer to Batalkan impor ini."""
    url = f"/pemda/{batch.government.code}/impor/{batch.public_id}/batalkan/"
    return client.post(url, {"version": batch.version})


def through(client: Client, code: str, content: bytes, **more: Any) -> ImportBatch:
    """A file led all the way: upload, columns as guessed, apply."""
    options = more.pop("options", {})
    batch = mapped(client, uploaded(client, code, content, **more), **options)
    assert batch.state == "checked", (batch.state, batch.error)
    assert not batch.summary["errors"], batch.problems[:5]
    return applied(client, batch)


def lead(government: Government, by: User, sent: NewUpload, **options: Any) -> ImportBatch:
    """A file led all the way by the actions that the pages call: for the big files, where pages only cost time."""
    batch, _ = upload_file(government, sent, by=by)
    found = description_of(batch)
    batch = set_mapping(batch, found, columns=found.mapping.columns, options=options, version=batch.version, by=by)
    while (claim := claim_batch(batch)) is not None:
        batch = run_claimed(claim)
        assert batch.state in {"checked", "applied"}, batch.error
        if batch.state == "checked":
            assert not batch.summary["errors"], (government, batch.problems[:3])
            batch = queue_batch(batch, version=batch.version, by=by)
    return batch
