"""The columns of raw answers to a satisfaction survey (SKM), and which columns of such a file are never kept.

Elements are known by their name. U8 and U9 change places in part of the reports and applications
(`domain/skm.md`, 2), so "U8 Sarana dan prasarana" is the element facilities, whatever its number.
"""

from __future__ import annotations

import re

from manfaat.readers.columns import Column, Layout, Mapping, normalised
from manfaat.readers.problems import column_letter

#: Field -> name as the regulation has it, and other names it goes by.
ELEMENT_NAMES: dict[str, tuple[str, ...]] = {
    "u1": ("Persyaratan", "Persyaratan Pelayanan", "Kesesuaian Persyaratan"),
    "u2": (
        "Sistem, mekanisme, dan prosedur", "Prosedur", "Prosedur Pelayanan", "Sistem mekanisme prosedur",
        "Kemudahan Prosedur",
    ),
    "u3": ("Waktu penyelesaian", "Waktu", "Waktu Pelayanan", "Kecepatan Waktu", "Kecepatan Pelayanan"),
    "u4": ("Biaya/tarif", "Biaya", "Tarif", "Biaya atau tarif", "Kewajaran Biaya", "Biaya dan tarif"),
    "u5": (
        "Produk spesifikasi jenis pelayanan", "Produk", "Produk Layanan", "Produk Pelayanan", "Spesifikasi Produk",
        "Produk spesifikasi", "Hasil Pelayanan",
    ),
    "u6": ("Kompetensi pelaksana", "Kompetensi", "Kompetensi Petugas", "Kemampuan Petugas", "Kemampuan Pelaksana"),
    "u7": ("Perilaku pelaksana", "Perilaku", "Perilaku Petugas", "Kesopanan Petugas", "Kesopanan dan Keramahan"),
    "u8": (
        "Penanganan pengaduan, saran, dan masukan", "Penanganan Pengaduan", "Pengaduan",
        "Penanganan pengaduan saran masukan", "Penanganan pengaduan saran", "Pengaduan, saran, dan masukan",
        "Pengelolaan Pengaduan",
    ),
    "u9": ("Sarana dan prasarana", "Sarana", "Sarana prasarana", "Sarpras", "Kualitas Sarana dan Prasarana"),
}  # fmt: skip
ELEMENTS = tuple(ELEMENT_NAMES)
_UNSURE = {"u8", "u9", "unsur 8", "unsur 9", "nilai u8", "nilai u9"}


def _element(field: str, names: tuple[str, ...]) -> Column:
    """The column of one element: by its names with any number before them, and by its bare number."""
    number = field[1:]
    numbered = tuple(f"U{other} {name}" for name in names for other in range(1, 10))
    bare = (f"U{number}", f"Unsur {number}", f"Nilai U{number}")
    return Column(field, f"U{number} {names[0]}", "number", (*names, *numbered, *bare), required=True)


SURVEY_LAYOUT = Layout(
    "survey",
    "Jawaban survei kepuasan (SKM)",
    (
        Column("year", "Tahun", "year", ("year", "Tahun Survei"), help="Bila bulan ditulis tanpa tahun."),
        Column(
            "month", "Bulan Survei", "text",
            ("Bulan", "survey_month", "month", "Tanggal", "Tanggal Survei", "Tgl Survei", "Waktu Survei", "Timestamp",
             "Cap waktu", "Tanggal Pengisian", "Tgl", "created_at", "Tanggal Isi"),
            help="Tanggal, 2026-03, atau Maret 2026. Yang disimpan hanya bulannya.",
        ),
        Column(
            "unit_code", "Kode Unit Layanan", "code", ("counter_id", "Kode Unit", "Kode Loket", "unit_id", "Kode UPP"),
        ),
        Column(
            "unit_name", "Unit Layanan", "text",
            ("counter_name", "Nama Unit", "Nama Unit Layanan", "Unit Pelayanan", "Nama Unit Pelayanan", "Loket",
             "Nama Loket", "Counter", "Gerai", "Tenant", "UPP", "Nama UPP", "Unit", "Layanan", "Nama Layanan",
             "Instansi", "Nama Instansi", "Unit Kerja", "OPD", "SKPD", "Perangkat Daerah"),
        ),
        Column("sex", "Jenis Kelamin", "text", ("sex", "JK", "L/P", "Gender", "Kelamin")),
        Column(
            "age", "Umur", "text", ("Usia", "age", "age_band", "Kelompok Umur", "Kelompok Usia", "Rentang Usia"),
            help="Umur atau kelompoknya. Yang disimpan hanya kelompoknya.",
        ),
        Column("education", "Pendidikan", "text", ("education", "Pendidikan Terakhir", "Tingkat Pendidikan")),
        Column("job", "Pekerjaan", "text", ("occupation", "job", "Pekerjaan Utama", "Profesi")),
        *(_element(field, names) for field, names in ELEMENT_NAMES.items()),
    ),
)  # fmt: skip

#: Words that make a column one about a person. "Nama" alone or with a word for a person; "Nama Unit" is no person.
_PERSON = re.compile(
    r"\b(?:nik|ktp|nip|npwp|paspor|sim|telepon|telpon|telp|tlp|phone|hp|handphone|ponsel|wa|whatsapp|email|e mail|"
    r"surel|alamat|address|domisili|lahir|birth|ip|saran|kritik|komentar|keluhan|pesan|masukan|comment|rekening|foto|"
    r"tanda tangan|ttd|password|sandi|identitas)\b"
)
_NAME = re.compile(r"^(?:no(?:mor)? )?(?:nama|name|full name|nama (?:lengkap|responden|pemohon|pengguna|warga|pelapor|"
                   r"petugas|anda|orang|panggilan|depan|belakang|ibu|ayah|pasien|pengunjung|pelanggan|pengisi|wali)"
                   r"\b.*|responden|pemohon|pelapor)$")  # fmt: skip
_MARK = re.compile(r"\d[\d .-]{7,}\d|@")


def personal_columns(mapping: Mapping) -> dict[int, str]:
    """Column from 0 -> header of the columns about a person or with free text, which are never kept."""
    used = set(mapping.columns.values())
    found: dict[int, str] = {}
    for index, title in enumerate(mapping.titles):
        words = normalised(title.replace("_", " "))
        if index not in used and (_PERSON.search(words) or _NAME.match(words)):
            found[index] = title
    return found


def looks_personal(text: str) -> bool:
    """Whether a cell of a column we do not know holds a long number or an e-mail address."""
    return _MARK.search(text) is not None


def left_out_sentence(mapping: Mapping) -> str:
    """What was left out of the file, for the preview; empty where nothing was."""
    named = [f"{column_letter(index)} ({title})" for index, title in personal_columns(mapping).items()]
    return f"Tidak disimpan karena memuat data pribadi atau teks bebas: kolom {', '.join(named)}." if named else ""


def doubtful_numbers(mapping: Mapping) -> bool:
    """Whether U8 or U9 is known by its number alone, so that somebody has to look."""
    titles = mapping.titles
    where = [mapping.columns.get(field) for field in ("u8", "u9")]
    return any(at is not None and at < len(titles) and normalised(titles[at]) in _UNSURE for at in where)


def further_elements(mapping: Mapping) -> list[str]:
    """Headers of elements beyond the ninth: the file follows an older rule."""
    return [title for title in mapping.titles if re.fullmatch(r"(?:u|unsur ?)1[0-4](?: .*)?", normalised(title))]
