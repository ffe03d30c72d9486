"""Computed figures kept with their reasons, and the versions of them that were published."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Run(models.Model):
    """One computation of a government's figures for a year up to the end of `month`.

    `inputs_digest` identifies the records read, `rules_digest` and `engine_version` the rules; the run is stale when
    the records of today no longer give the same `inputs_digest`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="runs")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    engine_version = models.CharField(max_length=20)
    rules_digest = models.CharField(max_length=64)
    inputs_digest = models.CharField(max_length=64)
    result_digest = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "year", "month"], condition=Q(is_current=True), name="run_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.government_id} {self.year}-{self.month}"


class Figure(models.Model):
    """One computed figure; `record` is the engine's own account of it, which the page "mengapa angka ini" prints.

    `measure` names what it is (for example `absorption`) and stands first in `key`. `label` to `source` are what a
    table prints, taken out of the record so that a page of hundreds of figures does not read hundreds of records.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=250)
    measure = models.CharField(max_length=60)
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    indicator = models.ForeignKey(
        "plans.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    node_code = models.CharField(max_length=160, blank=True)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=16)
    unit = models.CharField(max_length=40)
    decimals = models.PositiveSmallIntegerField(default=2)
    label = models.TextField()
    reason = models.CharField(max_length=80, blank=True)
    shown = models.TextField()
    sentence = models.TextField()
    source = models.TextField(blank=True)
    record = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="figure_key_once_per_run")]
        indexes = [
            models.Index(fields=["run", "measure", "month"], name="figure_by_measure"),
            models.Index(fields=["run", "agency", "measure"], name="figure_by_agency"),
        ]

    def __str__(self) -> str:
        return self.key


class Publication(models.Model):
    """A frozen, public version of a government's figures for a period. Never changed; a correction is a new version.

    `bundle_json` and `bundle_csv` are the very bytes of the downloads, kept as text so that neither a database's own
    writing of JSON nor a later version of the engine can alter them. `engine_version` says which engine recomputes
    them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="publications")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    bundle_json = models.TextField()
    bundle_csv = models.TextField()
    engine_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-month", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["government", "year", "month", "version"], name="publication_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.government_id} {self.year}-{self.month} v{self.version}"
