"""Small files of survey answers, and the way of one through the pages of the import."""

from collections.abc import Sequence
from typing import Any

from django.test import Client

from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.tests.files import applied, mapped, uploaded, xlsx

HEADER = (
    "Bulan", "Unit Layanan", "Jenis Kelamin", "Umur", "Pendidikan", "Pekerjaan", "U1 Persyaratan", "U2 Prosedur",
    "U3 Waktu penyelesaian", "U4 Biaya/tarif", "U5 Produk", "U6 Kompetensi", "U7 Perilaku", "U8 Penanganan pengaduan",
    "U9 Sarana dan prasarana",
)  # fmt: skip
Answers = Sequence[int | str]


def row(answers: Answers = (4,) * 9, *, month: str = "2026-03", unit: str = "Loket A", **told: Any) -> list[Any]:
    """One respondent."""
    person = {"sex": "P", "age": 34, "education": "SLTA", "job": "Wiraswasta", **told}
    return [month, unit, *person.values(), *answers]


def book(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    """The rows as a workbook."""
    return xlsx([header, *rows])


def sent(client: Client, code: str, content: bytes, *, name: str = "survei.xlsx", **more: Any) -> ImportBatch:
    """The batch of a survey file that was taken in."""
    return uploaded(client, code, content, name=name, kind="survey", **{"year": 2026, "month": "", **more})


def brought(client: Client, code: str, *rows: Sequence[Any], **options: Any) -> ImportBatch:
    """Rows led all the way into the records."""
    header = options.pop("header", HEADER)
    batch = mapped(client, sent(client, code, book(*rows, header=header)), **options)
    assert batch.state == "checked", batch.error
    assert not batch.summary["errors"], batch.problems[:3]
    return applied(client, batch)
