"""Service units, what their users answered in satisfaction surveys (SKM), and how many people they served."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ELEMENTS = tuple(f"u{number}" for number in range(1, 10))
"""Fields of the nine elements in the order of the rule."""


class ServiceUnit(models.Model):
    """A counter or unit whose users are asked; known by its name within a government."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="service_units")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["government", "name"], name="service_unit_once")]

    def __str__(self) -> str:
        return self.name


class Response(models.Model):
    """One respondent's answers, 1 to 4 each or none, and coarse particulars. Nothing that names a person.

    `answered` and `total` are the number and the sum of the answers given. `is_current` falls when a newer file
    replaces the answers of the same unit and month.
    """

    class Sex(models.TextChoices):
        MALE = "L", _("Laki-laki")
        FEMALE = "P", _("Perempuan")

    class Age(models.TextChoices):
        UNDER_20 = "0-19", _("Di bawah 20")
        TWENTIES = "20-29", _("20–29")
        THIRTIES = "30-39", _("30–39")
        FORTIES = "40-49", _("40–49")
        FROM_50 = "50+", _("50 ke atas")

    class Education(models.TextChoices):
        PRIMARY = "SD", _("SD ke bawah")
        LOWER = "SLTP", _("SLTP")
        UPPER = "SLTA", _("SLTA")
        DIPLOMA = "D", _("Diploma")
        BACHELOR = "S1", _("S1")
        MASTER = "S2", _("S2 ke atas")

    class Job(models.TextChoices):
        STATE = "asn", _("ASN, TNI, Polri")
        PRIVATE = "swasta", _("Pegawai swasta")
        OWN = "wiraswasta", _("Wiraswasta")
        STUDENT = "pelajar", _("Pelajar, mahasiswa")
        FARMER = "petani", _("Petani, nelayan")
        OTHER = "lain", _("Lainnya")

    unit = models.ForeignKey(ServiceUnit, on_delete=models.PROTECT, related_name="responses")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    u1 = models.PositiveSmallIntegerField(null=True)
    u2 = models.PositiveSmallIntegerField(null=True)
    u3 = models.PositiveSmallIntegerField(null=True)
    u4 = models.PositiveSmallIntegerField(null=True)
    u5 = models.PositiveSmallIntegerField(null=True)
    u6 = models.PositiveSmallIntegerField(null=True)
    u7 = models.PositiveSmallIntegerField(null=True)
    u8 = models.PositiveSmallIntegerField(null=True)
    u9 = models.PositiveSmallIntegerField(null=True)
    answered = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    age = models.CharField(max_length=5, choices=Age, blank=True)
    education = models.CharField(max_length=4, choices=Education, blank=True)
    job = models.CharField(max_length=10, choices=Job, blank=True)
    source_file = models.ForeignKey("core.SourceFile", on_delete=models.PROTECT, related_name="survey_responses")
    row = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "core.SourceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_survey_responses"
    )

    class Meta:
        indexes = [
            models.Index(fields=["unit", "year", "month"], name="response_by_month", condition=Q(is_current=True))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="response_month"),
            *(
                models.CheckConstraint(
                    condition=Q(**{element: None}) | Q(**{f"{element}__range": (1, 4)}), name=f"response_{element}"
                )
                for element in ELEMENTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}-{self.month}"


class Tally(models.Model):
    """The current answers of one unit and month, counted: what every index is computed from.

    Written only by `actions`, in the same transaction as the answers. `counts` holds per element how many answered
    1, 2, 3, 4. `complete` answered all nine; their answers add up to `complete_total`. `means` and `squares` are the
    sums, over the `respondents` who answered anything, of their own mean answer and of its square.
    """

    unit = models.ForeignKey(ServiceUnit, on_delete=models.PROTECT, related_name="tallies")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    responses = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    complete_total = models.PositiveIntegerField()
    respondents = models.PositiveIntegerField()
    counts = models.JSONField()
    means = models.FloatField()
    squares = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "month"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}-{self.month}"


class Served(models.Model):
    """How many people a unit served in a period, as somebody of the government says; the latest word counts."""

    class Kind(models.TextChoices):
        YEAR = "year", _("Tahun")
        SEMESTER = "semester", _("Semester")
        QUARTER = "quarter", _("Triwulan")
        MONTH = "month", _("Bulan")

    unit = models.ForeignKey(ServiceUnit, on_delete=models.PROTECT, related_name="served")
    kind = models.CharField(max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    people = models.PositiveIntegerField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "year", "number"], name="served_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.year} {self.number}: {self.people}"
