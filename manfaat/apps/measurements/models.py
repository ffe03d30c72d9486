"""What an indicator reached in a period, where the figure came from and who verified it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Measurement(models.Model):
    """The value of one indicator in one period. Missing is never zero: `status` says which kind of absence it is.

    `origin` tells a figure published by a statistical office from one that an agency reports. `verified_by` is never
    `entered_by`.
    """

    class Status(models.TextChoices):
        KNOWN = "known", _("Terisi")
        MISSING = "missing", _("Belum diisi")
        NOT_DUE = "not_due", _("Belum jatuh tempo")
        NOT_MEASURABLE = "not_measurable", _("Tidak dapat diukur")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SENT = "sent", _("Terkirim")
        APPROVED = "approved", _("Disetujui")
        PUBLISHED_STATISTIC = "published_statistic", _("Statistik resmi")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey("plans.Indicator", on_delete=models.PROTECT, related_name="measurements")
    period = models.ForeignKey("organisations.Period", on_delete=models.PROTECT, related_name="measurements")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    text = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.KNOWN)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    source_file = models.ForeignKey("core.SourceFile", on_delete=models.PROTECT, null=True, related_name="measurements")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "core.SourceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_measurements"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(is_current=True), name="measurement_one_current"
            ),
            models.CheckConstraint(
                condition=Q(status="known") & (Q(value__isnull=False) | ~Q(text=""))
                | ~Q(status="known") & Q(value=None, text=""),
                name="measurement_value_only_when_known",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="measurement_verified_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=models.F("entered_by")),
                name="measurement_maker_is_not_checker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_id}"
