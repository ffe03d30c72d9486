"""Money: ceilings, cash plan and realisation, each row with the file, sheet and row it came from."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class BudgetEntry(models.Model):
    """One amount in whole rupiah.

    `kind` says what it is: `ceiling` (the year's pagu at a `stage`; `month` empty), `cash_plan` (anggaran kas of that
    month alone) or `realisation` (cumulative from January to the end of `month`). `agency` is empty only for figures
    published for the government as a whole. Empty codes mean that the source did not go that deep.
    `account_code` is the chart of Permendagri 90/2019 (4 pendapatan, 5 belanja, 6 pembiayaan).
    A newer file for the same place and month leaves the old rows with `is_current` false and `superseded_by` that file;
    undoing the newer file makes them current again.
    """

    class Kind(models.TextChoices):
        CEILING = "ceiling", _("Pagu")
        CASH_PLAN = "cash_plan", _("Anggaran kas")
        REALISATION = "realisation", _("Realisasi")

    class Stage(models.TextChoices):
        ORIGINAL = "murni", "APBD murni"
        SHIFT = "pergeseran", "Pergeseran"
        REVISED = "perubahan", "APBD perubahan"

    government = models.ForeignKey(
        "organisations.Government", on_delete=models.PROTECT, related_name="budget_entries", db_index=False
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_entries",
        db_index=False,
    )
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    programme_code = models.CharField(max_length=20, blank=True)
    activity_code = models.CharField(max_length=20, blank=True)
    sub_activity_code = models.CharField(max_length=20, blank=True)
    account_code = models.CharField(max_length=20, blank=True)
    amount_rp = models.BigIntegerField()
    source_file = models.ForeignKey("core.SourceFile", on_delete=models.PROTECT, related_name="budget_entries")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "core.SourceFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_budget_entries",
        db_index=False,
    )

    class Meta:
        # Few indexes on purpose: each one costs a bulk load a fifth more, and every page asks by government and year.
        indexes = [
            models.Index(fields=["government", "year", "kind", "is_current"], name="budget_by_year_and_kind"),
            models.Index(
                fields=["superseded_by"], condition=Q(superseded_by__isnull=False), name="budget_by_superseding_file"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(superseded_by=None) | Q(is_current=False), name="budget_superseded_is_not_current"
            ),
            models.CheckConstraint(
                condition=Q(kind="ceiling", month=None) & ~Q(stage="")
                | Q(kind__in=["cash_plan", "realisation"], month__range=(1, 12), stage=""),
                name="budget_month_and_stage_fit_kind",
            ),
            models.UniqueConstraint(
                F("government"),
                Coalesce("agency_id", Value(0)),
                F("year"),
                F("kind"),
                F("stage"),
                Coalesce("month", Value(0)),
                F("programme_code"),
                F("activity_code"),
                F("sub_activity_code"),
                F("account_code"),
                condition=Q(is_current=True),
                name="budget_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.amount_rp}"


class CodeName(models.Model):
    """The name that a government's files give to a programme, activity, sub-activity or account code."""

    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="code_names")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="code_name_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
