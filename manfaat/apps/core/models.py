"""Records that every capability leans on: files that figures came from, and the chained log of events."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce


class SourceFile(models.Model):
    """One file, or one published table, that figures were read from; the origin that each fact points at.

    `publisher`, `title` and `published_year` are filled for published official figures; an upload carries the name of
    the file and who brought it. `sha256` is the hex digest of the bytes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey("organisations.Government", on_delete=models.PROTECT, related_name="source_files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField(default=0)
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    published_year = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["government", "sha256"])]

    def __str__(self) -> str:
        return self.title or self.name


class AuditHead(models.Model):
    """The end of one government's chain; locked while an event is appended, so that two writers take two numbers.

    `government` is empty for the installation's own chain.
    """

    government = models.ForeignKey(
        "organisations.Government", on_delete=models.PROTECT, null=True, blank=True, related_name="audit_head"
    )
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce(F("government_id"), Value(0)), name="audit_one_head_per_government")
        ]

    def __str__(self) -> str:
        return f"{self.government_id} {self.sequence}"


class AuditEvent(models.Model):
    """One thing somebody did, chained by digest to the event before it in the same government.

    Written only by `actions.record_event`; the database itself refuses to change or delete a row.
    `government` is empty for the installation's own chain.
    """

    government = models.ForeignKey(
        "organisations.Government", on_delete=models.PROTECT, null=True, blank=True, related_name="audit_events"
    )
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    summary = models.CharField(max_length=500)
    detail = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["government_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["government", "sequence"], name="audit_one_sequence_per_government"),
            models.UniqueConstraint(
                fields=["sequence"], condition=Q(government=None), name="audit_one_sequence_without_government"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"
