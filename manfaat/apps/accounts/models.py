"""People and the dated roles they hold."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class User(AbstractUser):
    """A person who can sign in. A demo person works only where `settings.DEMO` is set."""

    full_name = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.full_name or self.username


class Role(models.TextChoices):
    """What a person does; the rights of each stand in `access.RIGHTS_OF_ROLE`."""

    OPERATOR = "operator", "Operator perangkat daerah"
    HEAD = "head", "Kepala perangkat daerah"
    PLANNER = "planner", "Perencana"
    REFORM_OFFICE = "reform_office", "Biro/Bagian Organisasi"
    INSPECTOR = "inspector", "Inspektorat"
    LEADER = "leader", "Pimpinan daerah"
    ADMINISTRATOR = "administrator", "Administrator"


class Capacity(models.TextChoices):
    """How a role is held: Plt (pelaksana tugas) and Plh (pelaksana harian) are dated roles, never shared passwords."""

    DEFINITIVE = "definitive", "Definitif"
    PJ = "pj", "Penjabat (Pj.)"
    PLT = "plt", "Pelaksana tugas (Plt.)"
    PLH = "plh", "Pelaksana harian (Plh.)"


class RoleAssignment(models.Model):
    """`user` holds `role` in `government` (for one `agency` or for all) from `valid_from` until before `valid_to`."""

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
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="role_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["operator", "head"]) | Q(agency__isnull=False), name="role_of_agency_names_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
