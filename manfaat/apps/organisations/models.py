"""Governments, their agencies with dated structure, and the periods in which they report."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Government(models.Model):
    """A province, kabupaten or kota by its Kemendagri code (`35`, `35.15`); the tenant of every record.

    `tile_column` and `tile_row` place it on the tile map of its parent (for a province: on the national one).
    `is_administrative_only` marks the six areas of DKI Jakarta that have no budget of their own.
    """

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten", _("Kabupaten")
        CITY = "kota", _("Kota")

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    is_administrative_only = models.BooleanField(default=False)
    is_fictitious = models.BooleanField(default=False)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A perangkat daerah as it was called from `valid_from` until before `valid_to`, set up by `decree`.

    A rename, merge or split closes this row and opens its successor; `Succession` links them, so history stays.
    `parent` is where it stands now; `ParentChange` says where it stood before.
    """

    class Kind(models.TextChoices):
        SECRETARIAT = "sekretariat", _("Sekretariat")
        INSPECTORATE = "inspektorat", _("Inspektorat")
        DINAS = "dinas", _("Dinas")
        BADAN = "badan", _("Badan")
        KECAMATAN = "kecamatan", _("Kecamatan")
        HOSPITAL = "rumah_sakit", _("Rumah sakit")
        OTHER = "lainnya", _("Lainnya")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="agencies")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    decree = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["government", "code", "valid_from"], name="agency_code_once_per_start"),
            models.UniqueConstraint(
                fields=["government", "code"], condition=Q(valid_to=None), name="agency_code_once_among_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="agency_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """`predecessor` became (part of) `successor` on `on`, by `decree`."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("Ganti nama")
        MERGE = "merge", _("Penggabungan")
        SPLIT = "split", _("Pemecahan")

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    decree = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class ParentChange(models.Model):
    """`agency` stood under `before` until `on`, and under another (or nobody) from then."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="parent_changes")
    before = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on}"


class Period(models.Model):
    """A year, quarter or month of one government, open or closed for reporting."""

    class Kind(models.TextChoices):
        YEAR = "year", _("Tahun")
        QUARTER = "quarter", _("Triwulan")
        MONTH = "month", _("Bulan")

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        CLOSED = "closed", _("Ditutup")

    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="periods")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["government", "year", "kind", "number"], name="period_once"),
            models.CheckConstraint(
                condition=Q(kind="year", number=1)
                | Q(kind="quarter", number__range=(1, 4))
                | Q(kind="month", number__range=(1, 12)),
                name="period_number_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.number}"
