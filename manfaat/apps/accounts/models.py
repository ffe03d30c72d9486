"""People and the dated roles they hold."""

import uuid
from datetime import date, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class HeldRole(NamedTuple):
    """A role as the rights are read from it; `agency_id` is empty for a role in the whole government."""

    role: str
    government_id: int
    government_code: str
    agency_id: int | None


class User(AbstractUser):
    """A person who can sign in. A demo person works only where `settings.DEMO` is set.

    `keeps_roles` is set on the person of a request: the roles of the day are then read once and kept in `kept_roles`.
    """

    full_name = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)

    keeps_roles = False
    kept_roles: tuple[date, tuple[HeldRole, ...]] | None = None

    def __str__(self) -> str:
        return self.full_name or self.username


class Role(models.TextChoices):
    """What a person does; the rights of each stand in `access.RIGHTS_OF_ROLE`."""

    OPERATOR = "operator", _("Operator perangkat daerah")
    HEAD = "head", _("Kepala perangkat daerah")
    PLANNER = "planner", _("Perencana")
    REFORM_OFFICE = "reform_office", _("Biro/Bagian Organisasi")
    INSPECTOR = "inspector", _("Inspektorat")
    LEADER = "leader", _("Pimpinan daerah")
    ADMINISTRATOR = "administrator", _("Administrator")


AGENCY_ROLES = (Role.OPERATOR, Role.HEAD)
"""Roles that make sense only in one agency."""


class Capacity(models.TextChoices):
    """How a role is held: Plt (pelaksana tugas) and Plh (pelaksana harian) are dated roles, never shared passwords."""

    DEFINITIVE = "definitive", _("Definitif")
    PJ = "pj", _("Penjabat (Pj.)")
    PLT = "plt", _("Pelaksana tugas (Plt.)")
    PLH = "plh", _("Pelaksana harian (Plh.)")


class RoleAssignment(models.Model):
    """`user` holds `role` in `government` (for one `agency` or for all) from `valid_from` until before `valid_to`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    role = models.CharField(max_length=20, choices=Role)
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.DEFINITIVE)
    decree = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["user__full_name", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="role_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["operator", "head"]) | Q(agency__isnull=False),
                name="role_of_agency_names_agency",
            ),
            models.CheckConstraint(
                condition=Q(capacity="definitive") | Q(valid_to__isnull=False) & ~Q(decree=""),
                name="acting_role_names_decree_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def last_day(self) -> date | None:
        """The last day on which the role is held."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
