"""What a person may do where, on a day."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from manfaat.apps.accounts.access import RIGHTS_OF_ROLE, Right
from manfaat.apps.accounts.models import RoleAssignment, User
from manfaat.apps.core.errors import Denied, NotFound


def assignments_of(user: User | AnonymousUser, on: date | None = None) -> QuerySet[RoleAssignment]:
    """The roles that `user` holds on the day `on` (today when empty)."""
    day = on or timezone.localdate()
    if not user.is_authenticated:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), user=user, valid_from__lte=day)


def government_ids_of(user: User | AnonymousUser) -> set[int]:
    """The governments in which `user` holds any role today."""
    return set(assignments_of(user).values_list("government_id", flat=True))


def may(user: User | AnonymousUser, right: Right, *, government_id: int, agency_id: int | None = None) -> bool:
    """Whether a role of `user` carries `right` there; a role for one agency counts for that agency alone.

    `VIEW` of the whole government is carried by every role in it.
    """
    roles = assignments_of(user).filter(government_id=government_id)
    if right is not Right.VIEW:
        roles = roles.filter(Q(agency=None) | Q(agency_id=agency_id))
    return any(right in RIGHTS_OF_ROLE[role] for role in roles.values_list("role", flat=True))


def check_may(user: User | AnonymousUser, right: Right, *, government_id: int, agency_id: int | None = None) -> None:
    """Raise `Denied` when the right is missing, `NotFound` for a stranger to the government."""
    if may(user, right, government_id=government_id, agency_id=agency_id):
        return
    if not may(user, Right.VIEW, government_id=government_id):
        raise NotFound("Halaman ini tidak ada, atau Anda tidak punya peran di pemerintah daerah ini.")
    raise Denied(f"Peran Anda tidak mencakup hak {right.value}. Minta administrator daerah memberi peran yang sesuai.")
