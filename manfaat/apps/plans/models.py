"""What a government promised: the goal tree, the indicators and their targets."""

import uuid

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A version of a planning document (RPJMD, RKPD, Renstra) of one government."""

    class Kind(models.TextChoices):
        RPJMD = "rpjmd", "RPJMD"
        RENSTRA = "renstra", "Renstra"
        RKPD = "rkpd", "RKPD"

    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40, default="Murni")
    year_from = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    decree = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "kind", "title", "version"], name="plan_version_once"),
            models.CheckConstraint(condition=Q(year_to__gte=F("year_from")), name="plan_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class GoalNode(models.Model):
    """One box of the goal tree: a mission, goal, objective, programme, activity or sub-activity."""

    class Level(models.TextChoices):
        VISION = "vision", _("Visi")
        MISSION = "mission", _("Misi")
        GOAL = "goal", _("Tujuan")
        OBJECTIVE = "objective", _("Sasaran")
        PROGRAMME = "programme", _("Program")
        ACTIVITY = "activity", _("Kegiatan")
        SUB_ACTIVITY = "sub_activity", _("Sub kegiatan")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=12, choices=Level)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="goal_nodes"
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                F("plan"), F("level"), F("code"), Coalesce("agency_id", Value(0)), name="node_code_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Indicator(models.Model):
    """A measure with its definition sheet. `method` names an operator of the engine, `method_options` its parameters.

    `agency` is empty for an indicator of the whole government. `benefit` says in plain words what people gain.
    """

    class Level(models.TextChoices):
        IMPACT = "impact", _("Dampak")
        OUTCOME = "outcome", _("Hasil")
        OUTPUT = "output", _("Keluaran")

    class Accumulation(models.TextChoices):
        LAST = "last", _("Nilai terakhir")
        SUM = "sum", _("Dijumlahkan")
        AVERAGE = "average", _("Dirata-rata")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="indicators")
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    node = models.ForeignKey(GoalNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    formula_words = models.TextField(blank=True)
    unit = models.CharField(max_length=40)
    decimals = models.PositiveSmallIntegerField(default=2)
    level = models.CharField(max_length=10, choices=Level)
    lower_is_better = models.BooleanField(default=False)
    method = models.CharField(max_length=60)
    method_options = models.JSONField(default=dict, blank=True)
    accumulation = models.CharField(max_length=10, choices=Accumulation, default=Accumulation.LAST)
    data_source = models.CharField(max_length=200, blank=True)
    owner_post = models.CharField(max_length=200, blank=True)
    benefit = models.TextField(blank=True)
    beneficiaries = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="indicator_code_once")]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """The value promised for an indicator in a period.

    `value_high` closes a range, `text` holds an ordinal such as WTP.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    period = models.ForeignKey("organisations.Period", on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    value_high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    text = models.CharField(max_length=40, blank=True)
    source_file = models.ForeignKey("core.SourceFile", on_delete=models.PROTECT, null=True, related_name="targets")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "core.SourceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_targets"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(is_current=True), name="target_one_current"
            ),
            models.CheckConstraint(
                condition=Q(value_high=None) | Q(value__isnull=False, value_high__gte=F("value")),
                name="target_range_in_order",
            ),
            models.CheckConstraint(condition=Q(value__isnull=False) | ~Q(text=""), name="target_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_id}"
