"""What a person has to do in a government, by the rights they hold there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import RoleAssignment
from manfaat.apps.accounts.queries import agencies_of, rights_anywhere, roles_ending_soon
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, governments_for


@dataclass(frozen=True)
class Task:
    """A card of the home page: who sees it, what it says, and the name of the page behind it."""

    right: Right
    url_name: str
    title: str | Promise
    text: str | Promise
    action: str | Promise


TASKS = (
    Task(
        Right.IMPORT_DATA,
        "imports",
        _("Muat anggaran dan realisasi"),
        _("Unggah berkas bulanan, periksa pratinjaunya, lalu terapkan. Dapat dibatalkan."),
        _("Impor berkas"),
    ),
    Task(
        Right.MEASURE,
        "indicators",
        _("Isi realisasi indikator"),
        _("Isi capaian periode yang terbuka beserta sumbernya."),
        _("Buka indikator"),
    ),
    Task(
        Right.VERIFY,
        "indicators",
        _("Periksa realisasi"),
        _("Setujui atau kembalikan capaian yang dikirim perangkat daerah. Yang mengisi tidak memeriksa."),
        _("Buka indikator"),
    ),
    Task(
        Right.EDIT_PLAN,
        "indicators",
        _("Rawat rencana dan indikator"),
        _("Lengkapi definisi, target dan kalimat manfaat setiap indikator."),
        _("Buka indikator"),
    ),
    Task(
        Right.PUBLISH,
        "publish",
        _("Terbitkan angka"),
        _("Bekukan satu periode agar publik membaca angka yang sama dan dapat memeriksanya."),
        _("Buka penerbitan"),
    ),
    Task(
        Right.SET_PERIODS,
        "periods",
        _("Atur periode"),
        _("Buka tahun baru, tutup periode yang selesai, buka kembali dengan alasan."),
        _("Buka periode"),
    ),
    Task(
        Right.EDIT_STRUCTURE,
        "agencies",
        _("Rawat susunan perangkat daerah"),
        _("Catat pembentukan, ganti nama, penggabungan dan pemecahan dengan tanggal dan dasarnya."),
        _("Buka perangkat daerah"),
    ),
    Task(
        Right.ASSIGN_ROLES,
        "roles",
        _("Atur peran"),
        _("Beri dan akhiri peran, termasuk Plt. dan Plh., dengan tanggal dan surat keputusan."),
        _("Buka peran"),
    ),
    Task(
        Right.READ_AUDIT,
        "audit",
        _("Baca jejak audit"),
        _("Siapa mengerjakan apa dan kapan, dalam rantai yang tidak dapat diubah diam-diam."),
        _("Buka jejak audit"),
    ),
)


@dataclass(frozen=True)
class Desk:
    """The home page of a person: one government of theirs, the others, and the tasks in it."""

    government: Government | None
    governments: list[Government]
    agencies: list[RoleAssignment]
    rights: frozenset[str]
    tasks: list[Task]
    roles_ending: int


def desk_of(user: Person, code: str) -> Desk:
    """The desk of `user` in the government `code`, or in the first of theirs when that is none of theirs."""
    governments = list(governments_for(user))
    chosen = next((one for one in governments if one.code == code), governments[0] if governments else None)
    if chosen is None:
        return Desk(None, [], [], frozenset(), [], 0)
    rights = rights_anywhere(user, government_id=chosen.pk)
    return Desk(
        government=chosen,
        governments=governments,
        agencies=agencies_of(user, chosen.pk),
        rights=frozenset(right.name for right in rights),
        tasks=[task for task in TASKS if task.right in rights],
        roles_ending=roles_ending_soon(chosen.pk) if Right.ASSIGN_ROLES in rights else 0,
    )
