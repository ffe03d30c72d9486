"""Answers to the instruments a government is judged by, weights it read from an annex itself, and what came of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Assessor(models.TextChoices):
    """Who answers; the value stands in addresses."""

    SELF = "mandiri", _("Mandiri")
    INTERNAL = "internal", _("Internal (Inspektorat)")
    EXTERNAL = "eksternal", _("Eksternal (evaluator nasional)")


class Sheet(models.Model):
    """One instrument for one year, about a whole government or one of its agencies.

    `instrument` is the id of a pack of the engine, `options` the choices made where its sources differ.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="sheets")
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    instrument = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    options = models.JSONField(default=dict, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "instrument", "agency__code"]
        constraints = [
            models.UniqueConstraint(
                F("government"), F("instrument"), F("year"), Coalesce("agency_id", Value(0)),
                name="sheet_once_per_subject",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.instrument} {self.year}"

    @property
    def subject(self) -> str:
        """Whom the sheet is about."""
        return str(self.agency or self.government)


class Assessment(models.Model):
    """The answers of one assessor on a sheet; `version` grows with each change, so that a stale form is noticed.

    `filled_by` names everybody who ever answered here: nobody of them may answer as the assessor who checks.
    `coefficient` are points that an evaluator adds, where the instrument has them.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.CharField(max_length=10, choices=Assessor)
    coefficient = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    filled_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "assessor"], name="assessment_once_per_assessor")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.assessor}"


class Answer(models.Model):
    """The answer to one row. No record at all means that it was not answered; zero is an answer.

    `label` is the named answer (`BB`) where there is one. `evidence` says where the proof lies.
    """

    class Status(models.TextChoices):
        KNOWN = "known", _("Terisi")
        NOT_DUE = "not_due", _("Belum jatuh tempo")
        NOT_MEASURABLE = "not_measurable", _("Tidak dapat diukur")
        NOT_LOCUS = "not_locus", _("Bukan lokus")
        MISSING = "missing", _("Belum diisi")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    label = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.KNOWN)
    evidence = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="answer_once_per_row"),
            models.CheckConstraint(
                condition=Q(status="known", value__isnull=False) | ~Q(status="known") & Q(value=None, label=""),
                name="answer_value_only_when_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}"


class EnteredWeight(models.Model):
    """A weight that the pack does not establish, read by the office itself; `weight` is exact text (`4.5`, `1/9`).

    A weight that was replaced stays with `is_current` false.
    """

    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="entered_weights")
    instrument = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    weight = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "instrument", "code"], condition=Q(is_current=True), name="weight_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.code}"


class Result(models.Model):
    """What the answers of one assessor come to, computed when they were saved.

    `refusal` says why there is no total. `steps` is the waterfall, as the engine gave it. The result is stale when the
    answers, weights or rules of today no longer give `inputs_digest`.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="result")
    total = models.FloatField(null=True)
    worst = models.FloatField(null=True)
    best = models.FloatField(null=True)
    full = models.FloatField(null=True)
    predicate = models.CharField(max_length=120, blank=True)
    refusal = models.TextField(blank=True)
    missing = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    inputs_digest = models.CharField(max_length=64)
    result_digest = models.CharField(max_length=64)
    pack_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.total}"


class RowFigure(models.Model):
    """One row of a result; `record` is the engine's own account of it. `code` is the row, `predikat` the band.

    `full` and `lost` are points of the row itself, empty where not established.
    """

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField(max_length=100)
    value = models.FloatField(null=True)
    status = models.CharField(max_length=16)
    shown = models.TextField()
    full = models.FloatField(null=True)
    lost = models.FloatField(null=True)
    record = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["result", "code"], name="row_figure_once_per_result")]

    def __str__(self) -> str:
        return self.code


class StagedFile(models.Model):
    """A workbook that was read and checked but not yet applied: answers of one assessor, or weights of an instrument.

    `rows` are what would be written, `problems` what is wrong; with problems nothing can be applied. `base_version` is
    the version of the answers that the check was held against.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Menunggu kolom")
        CHECKED = "checked", _("Diperiksa")
        APPLIED = "applied", _("Diterapkan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="staged_files")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, null=True, related_name="staged_files")
    instrument = models.CharField(max_length=80)
    source_file = models.OneToOneField("core.SourceFile", on_delete=models.PROTECT, related_name="staged_file")
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State)
    mapping = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    base_version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.instrument} {self.state}"
