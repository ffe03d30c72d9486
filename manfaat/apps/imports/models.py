"""Uploads on their way into the records: a row with a status that one worker claims."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One uploaded file and how far it has come.

    `version` grows with each change by a person, so that a stale form is noticed. Whoever runs the batch holds `claim`
    and renews `claimed_at`; a claim that is no longer renewed is taken over. `mapping` holds the columns and the
    choices made, `summary` and `problems` what the last check found.
    """

    class Kind(models.TextChoices):
        BUDGET = "budget", _("Anggaran dan realisasi")
        INDICATORS = "indicators", _("Target dan realisasi indikator")
        SURVEY = "survey", _("Jawaban survei kepuasan (SKM)")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Terunggah")
        CHECKING = "checking", _("Sedang diperiksa")
        CHECKED = "checked", _("Siap diterapkan")
        QUEUED = "queued", _("Menunggu diterapkan")
        APPLYING = "applying", _("Sedang diterapkan")
        APPLIED = "applied", _("Diterapkan")
        FAILED = "failed", _("Gagal")
        UNDONE = "undone", _("Dibatalkan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="import_batches")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    source_file = models.OneToOneField("core.SourceFile", on_delete=models.PROTECT, related_name="import_batch")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"], name="import_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.state}"
