"""Making accounts, giving roles and ending them.

`by` is the person who acts and needs `ASSIGN_ROLES` in the government; None is the installation itself (shell, demo).
"""

import secrets
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import AGENCY_ROLES, Capacity, Role, RoleAssignment, User
from manfaat.apps.accounts.queries import check_may, may
from manfaat.apps.core.actions import log_words, record_event
from manfaat.apps.core.errors import NotFound, Refused
from manfaat.apps.core.formats import date_id

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without the letters and figures that look alike


@dataclass(frozen=True)
class NewAccount:
    """An account and the password that is shown once and never again."""

    person: User
    password: str = field(repr=False)


@transaction.atomic
def create_person(
    *,
    government_id: int,
    username: str,
    full_name: str,
    by: User | None,
    password: str = "",
    is_demo: bool = False,
) -> NewAccount:
    """Open an account without any role; who signs in with its one-time password must choose another.

    The shell (`by` None) may give a `password` that stays. Refused: a name that is taken or malformed.
    """
    _check_assigner(by, government_id)
    name = username.strip()
    if User.objects.filter(username__iexact=name).exists():
        raise Refused(
            _(
                "Akun dengan nama masuk %(name)s sudah ada. Beri peran kepada akun itu; bila kata sandi awalnya "
                "belum tercatat, buat kata sandi baru dari daftar orang."
            )
            % {"name": name}
        )
    word = password if by is None and password else one_time_password()
    person = User(username=name, full_name=full_name.strip(), is_demo=is_demo, must_change_password=word != password)
    person.set_password(word)
    try:
        person.full_clean()
    except ValidationError as error:
        raise Refused(_("Akun belum dibuat: %(why)s") % {"why": " ".join(error.messages)}) from error
    person.save()
    record_event(
        by=by,
        verb="create_person",
        subject=person,
        summary=f"Membuat akun nomor {person.pk}.",
        government_id=government_id,
    )
    return NewAccount(person, word)


@transaction.atomic
def renew_password(person: User, *, government_id: int, by: User | None) -> str:
    """Give a person of the government a new one-time password and end all their sessions; returns it, once.

    Refused: for oneself, for somebody without a role here, and for somebody who holds a role in a government whose
    roles `by` may not assign.
    """
    _check_assigner(by, government_id)
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    running = RoleAssignment.objects.filter(_runs_after(timezone.localdate()), user=person)
    places = set(running.values_list("government_id", flat=True))
    if not RoleAssignment.objects.filter(user=person, government_id=government_id).exists():
        raise NotFound(_("Orang ini tidak punya peran di pemerintah daerah ini."))
    if by == person:
        raise Refused(_("Kata sandi sendiri diganti di halaman Akun, bukan dari daftar orang."))
    if by and not all(may(by, Right.ASSIGN_ROLES, government_id=place) for place in places):
        raise Refused(
            _("%(name)s juga punya peran di pemerintah daerah lain. Mintalah administrator di sana yang menggantinya.")
            % {"name": person}
        )
    word = one_time_password()
    person.set_password(word)
    person.must_change_password = True
    person.save()
    record_event(
        by=by,
        verb="renew_password",
        subject=person,
        summary=f"Membuat kata sandi sekali pakai untuk akun nomor {person.pk}.",
        government_id=government_id,
    )
    return word


@transaction.atomic
def assign_role(
    person: User,
    *,
    role: str,
    government_id: int,
    by: User | None,
    valid_from: date,
    valid_to: date | None = None,
    agency_id: int | None = None,
    capacity: str = Capacity.DEFINITIVE,
    decree: str = "",
) -> RoleAssignment:
    """Give `person` a role from `valid_from` until before `valid_to`; the same request twice gives it once.

    Recorded with decree and dates. Refused: to oneself; dates in the wrong order; Plt, Plh and Pj without decree and
    end; an agency role without agency; an agency that does not exist on those days; the same role twice at one time.
    """
    _check_assigner(by, government_id)
    if by is not None and by == person:
        raise Refused(
            _("Tidak seorang pun memberi peran kepada dirinya sendiri. Minta administrator lain melakukannya.")
        )
    assignment = RoleAssignment(
        user=User.objects.select_for_update(no_key=True).get(pk=person.pk),
        role=Role(role).value,
        government_id=government_id,
        agency_id=agency_id,
        capacity=Capacity(capacity).value,
        decree=decree.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _check_dates(assignment)
    _check_agency(assignment)
    if existing := _same_role_at_that_time(assignment):
        return existing
    assignment.save()
    record_event(
        by=by,
        verb="assign_role",
        subject=assignment,
        summary=f"Memberi peran {log_words(str, Role(role).label)} kepada akun nomor {person.pk}.",
        government_id=government_id,
        detail=_facts_of(assignment),
    )
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, on: date, by: User | None) -> None:
    """End a role so that `on` is the first day without it; a role that has not begun is taken back whole.

    Refused: one's own role, a day in the past, a role that has ended, a day after its end (that is a new role).
    """
    _check_assigner(by, assignment.government_id)
    kept = RoleAssignment.objects.select_for_update(no_key=True).select_related("user").filter(pk=assignment.pk).first()
    if kept is None or kept.valid_to == on:
        return
    if by is not None and by == kept.user:
        raise Refused(_("Peran sendiri tidak dapat diakhiri sendiri. Minta administrator lain melakukannya."))
    today = timezone.localdate()
    if kept.valid_to and kept.valid_to <= today:
        raise Refused(
            _("Peran ini sudah berakhir pada %(date)s. Muat ulang halaman.") % {"date": date_id(kept.valid_to)}
        )
    if on < today:
        raise Refused(
            _("Tanggal akhir sudah lewat. Pilih hari ini atau sesudahnya, karena yang sudah terjadi tidak diubah.")
        )
    if kept.valid_to and on > kept.valid_to:
        raise Refused(
            _("Perpanjangan dicatat sebagai peran baru dengan surat keputusannya, bukan dengan menggeser akhir.")
        )
    if on <= kept.valid_from:
        event_on = kept.valid_from
        kept.delete()
    else:
        event_on = on
        kept.valid_to = on
        kept.save()
    role, day = log_words(str, Role(kept.role).label), log_words(date_id, event_on)
    record_event(
        by=by,
        verb="end_role",
        subject=assignment,
        summary=f"Mengakhiri peran {role} dari akun nomor {kept.user_id} per {day}.",
        government_id=kept.government_id,
        detail={"person": kept.user_id, "role": kept.role, "valid_to": event_on.isoformat()},
    )


def carry_roles(from_agency_id: int, to_agency_id: int, on: date) -> int:
    """Move the roles in an agency to its successor from `on`; part of `rename_agency`, which checks and records."""
    moved = 0
    for role in RoleAssignment.objects.select_for_update(no_key=True).filter(_runs_after(on), agency_id=from_agency_id):
        if role.valid_from < on:
            rest = RoleAssignment(
                user_id=role.user_id,
                role=role.role,
                government_id=role.government_id,
                agency_id=to_agency_id,
                capacity=role.capacity,
                decree=role.decree,
                valid_from=on,
                valid_to=role.valid_to,
            )
            role.valid_to = on
            rest.save()
        else:
            role.agency_id = to_agency_id
        role.save()
        moved += 1
    return moved


def end_roles_in(agency_id: int, on: date) -> int:
    """End the roles in an agency that ends on `on`; part of merging, splitting and closing, which check and record."""
    roles = RoleAssignment.objects.filter(_runs_after(on), agency_id=agency_id)
    unborn, _rows = roles.filter(valid_from__gte=on).delete()
    return unborn + roles.filter(valid_from__lt=on).update(valid_to=on)


def one_time_password() -> str:
    """Four groups of four letters and figures, easy to read aloud: 79 bits."""
    letters = [secrets.choice(ALPHABET) for _position in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def _facts_of(assignment: RoleAssignment) -> dict[str, str | int | None]:
    return {
        "person": assignment.user_id,
        "role": assignment.role,
        "capacity": assignment.capacity,
        "decree": assignment.decree,
        "agency": str(assignment.agency.public_id) if assignment.agency else None,
        "valid_from": assignment.valid_from.isoformat(),
        "valid_to": assignment.valid_to.isoformat() if assignment.valid_to else None,
    }


def _runs_after(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def _check_assigner(by: User | None, government_id: int) -> None:
    if by is not None:
        check_may(by, Right.ASSIGN_ROLES, government_id=government_id)


def _check_dates(assignment: RoleAssignment) -> None:
    if assignment.valid_to and assignment.valid_to <= assignment.valid_from:
        raise Refused(_("Peran harus berakhir sesudah mulai. Periksa kedua tanggalnya."))
    acting = assignment.capacity != Capacity.DEFINITIVE
    if acting and not (assignment.decree and assignment.valid_to):
        raise Refused(
            _("%(capacity)s harus menyebut surat keputusan dan tanggal akhirnya.")
            % {"capacity": assignment.get_capacity_display()}
        )


def _check_agency(assignment: RoleAssignment) -> None:
    agency = assignment.agency
    if agency is None:
        if assignment.role in AGENCY_ROLES:
            raise Refused(
                _("Peran %(role)s berlaku di satu perangkat daerah. Pilih perangkat daerahnya.")
                % {"role": assignment.get_role_display()}
            )
        return
    if agency.government_id != assignment.government_id:
        raise NotFound(_("Perangkat daerah ini tidak ada di pemerintah daerah ini."))
    ends_later = agency.valid_to and (assignment.valid_to is None or assignment.valid_to > agency.valid_to)
    if assignment.valid_from < agency.valid_from or ends_later:
        raise Refused(
            _("%(agency)s tidak ada sepanjang masa peran itu. Periksa tanggalnya, atau pilih penerusnya.")
            % {"agency": agency.name}
        )


def _same_role_at_that_time(assignment: RoleAssignment) -> RoleAssignment | None:
    """The very same role when it stands already; a different one at the same time is refused."""
    others = RoleAssignment.objects.filter(
        _runs_after(assignment.valid_from),
        Q(agency_id=assignment.agency_id),
        user=assignment.user,
        role=assignment.role,
        government_id=assignment.government_id,
    )
    if assignment.valid_to:
        others = others.filter(valid_from__lt=assignment.valid_to)
    for other in others:
        facts = ("valid_from", "valid_to", "capacity", "decree")
        if all(getattr(other, name) == getattr(assignment, name) for name in facts):
            return other
        raise Refused(
            _("%(name)s sudah memegang peran %(role)s di sana sejak %(date)s. Akhiri peran itu dahulu.")
            % {"name": other.user, "role": other.get_role_display(), "date": date_id(other.valid_from)}
        )
    return None
