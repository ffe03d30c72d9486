"""What a person may do where, on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import RIGHTS_OF_ROLE, Right
from manfaat.apps.accounts.models import HeldRole, RoleAssignment, User
from manfaat.apps.core.errors import Denied, NotFound

SOON_DAYS = 30


@dataclass(frozen=True)
class RolesByTime:
    """The roles of a government, by whether they hold today."""

    today: list[RoleAssignment]
    coming: list[RoleAssignment]
    ended: list[RoleAssignment]


def assignments_of(user: User | AnonymousUser, on: date | None = None) -> QuerySet[RoleAssignment]:
    """The roles that `user` holds on the day `on` (today when empty)."""
    day = on or timezone.localdate()
    if not user.is_authenticated:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), user=user, valid_from__lte=day)


def held_roles(user: User | AnonymousUser) -> tuple[HeldRole, ...]:
    """The roles of today, as bare facts; read once per request and day for the person of a request."""
    if not user.is_authenticated:
        return ()
    today = timezone.localdate()
    if user.keeps_roles and user.kept_roles and user.kept_roles[0] == today:
        return user.kept_roles[1]
    rows = assignments_of(user, today).values_list("role", "government_id", "government__code", "agency_id")
    roles = tuple(HeldRole(*row) for row in rows.order_by("government__code", "pk"))
    user.kept_roles = (today, roles)
    return roles


def government_ids_of(user: User | AnonymousUser) -> set[int]:
    """The governments in which `user` holds any role today."""
    return {held.government_id for held in held_roles(user)}


def rights_of(user: User | AnonymousUser, *, government_id: int, agency_id: int | None = None) -> frozenset[Right]:
    """The rights that `user` holds there today; a role for one agency counts for that agency alone.

    `VIEW` of the whole government is carried by every role in it.
    """
    rights: set[Right] = set()
    for held in held_roles(user):
        if held.government_id != government_id:
            continue
        rights.add(Right.VIEW)
        if held.agency_id in {None, agency_id}:
            rights |= RIGHTS_OF_ROLE[held.role]
    return frozenset(rights)


def rights_anywhere(user: User | AnonymousUser, *, government_id: int) -> frozenset[Right]:
    """The rights that `user` holds in the government or in any of its agencies: what a menu may offer."""
    roles = [held.role for held in held_roles(user) if held.government_id == government_id]
    return frozenset().union(*(RIGHTS_OF_ROLE[role] for role in roles))


def may(user: User | AnonymousUser, right: Right, *, government_id: int, agency_id: int | None = None) -> bool:
    """Whether a role of `user` carries `right` there."""
    return right in rights_of(user, government_id=government_id, agency_id=agency_id)


def check_may(user: User | AnonymousUser, right: Right, *, government_id: int, agency_id: int | None = None) -> None:
    """Raise `Denied` when the right is missing, `NotFound` for a stranger to the government."""
    rights = rights_of(user, government_id=government_id, agency_id=agency_id)
    if right in rights:
        return
    if not rights:
        raise NotFound(_("Halaman ini tidak ada, atau Anda tidak punya peran di pemerintah daerah ini."))
    raise Denied(
        _("Peran Anda tidak mencakup hak %(right)s. Minta administrator daerah memberi peran yang sesuai.")
        % {"right": _(right.value)}
    )


def assignments_in(user: User | AnonymousUser, government_id: int) -> QuerySet[RoleAssignment]:
    """Every role ever held in the government, for a person who may assign roles there."""
    check_may(user, Right.ASSIGN_ROLES, government_id=government_id)
    return RoleAssignment.objects.filter(government_id=government_id).select_related("user", "agency")


def roles_by_time(user: User | AnonymousUser, government_id: int) -> RolesByTime:
    """Every role ever held in the government: of today, to come, and ended (latest first)."""
    today = timezone.localdate()
    sorted_out = RolesByTime([], [], [])
    for assignment in assignments_in(user, government_id):
        if assignment.valid_to and assignment.valid_to <= today:
            sorted_out.ended.append(assignment)
        elif assignment.valid_from > today:
            sorted_out.coming.append(assignment)
        else:
            sorted_out.today.append(assignment)
    sorted_out.ended.sort(key=lambda one: str(one.valid_to), reverse=True)
    return sorted_out


def roles_ending_soon(government_id: int) -> int:
    """How many roles of the government end within the next thirty days."""
    today = timezone.localdate()
    last = today + timedelta(days=SOON_DAYS)
    ending = RoleAssignment.objects.filter(valid_to__gt=today, valid_to__lte=last)
    return ending.filter(government_id=government_id).count()


def agencies_of(user: User | AnonymousUser, government_id: int) -> list[RoleAssignment]:
    """The roles of today that `user` holds in single agencies of the government, each with its agency."""
    roles = assignments_of(user).filter(government_id=government_id, agency__isnull=False)
    return list(roles.select_related("agency").order_by("agency__code", "role"))


def assignment_for(user: User | AnonymousUser, government_id: int, public_id: UUID) -> RoleAssignment:
    """One role of the government, for a person who may assign roles there."""
    assignment = assignments_in(user, government_id).filter(public_id=public_id).first()
    if assignment is None:
        raise NotFound(_("Peran ini tidak ada di pemerintah daerah ini."))
    return assignment


def person_named(username: str) -> User | None:
    """The active account with this sign-in name, whatever its capitals."""
    return User.objects.filter(username__iexact=username.strip(), is_active=True).first()
