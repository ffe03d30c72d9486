"""The doors to governments and agencies."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import government_ids_of, may
from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.models import Agency, Government

Person = User | AnonymousUser


def government_for(user: Person, code: str) -> Government:
    """The government `code` if `user` has a role in it, or in the province that supervises it."""
    government = Government.objects.select_related("parent").filter(code=code).first()
    if government is None or not may_see(user, government):
        raise NotFound("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana.")
    return government


def may_see(user: Person, government: Government) -> bool:
    """Whether `user` may read the government: by a role of their own, or as its supervising province."""
    ids = {government.pk, government.parent_id} - {None}
    return any(may(user, Right.VIEW, government_id=pk) for pk in ids if pk is not None)


def governments_for(user: Person) -> QuerySet[Government]:
    """The governments in which `user` holds a role."""
    return Government.objects.filter(pk__in=government_ids_of(user)).select_related("parent")


def supervised_governments_for(user: Person, government: Government) -> QuerySet[Government]:
    """The kabupaten/kota that the province `government` supervises; empty when it is not a province."""
    if not may(user, Right.VIEW, government_id=government.pk):
        raise NotFound("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana.")
    return Government.objects.filter(parent=government, is_administrative_only=False)


def agency_for(user: Person, government: Government, public_id: UUID) -> Agency:
    """One agency of a government that `user` may see."""
    agency = Agency.objects.filter(government=government, public_id=public_id).first()
    if agency is None or not may_see(user, government):
        raise NotFound("Perangkat daerah ini tidak ada di pemerintah daerah ini.")
    return agency
