"""The forms of an import."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.core.formats import MONTHS
from manfaat.apps.imports.actions import NewUpload
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.reading import Description
from manfaat.readers.columns import Column
from manfaat.readers.problems import column_letter

SCALES = [
    (1, gettext_lazy("Rupiah penuh")),
    (1_000, gettext_lazy("Ribuan rupiah")),
    (1_000_000, gettext_lazy("Jutaan rupiah")),
    (1_000_000_000, gettext_lazy("Miliaran rupiah")),
]
FIRST_YEAR, YEARS_AHEAD = 2000, 2
OPTIONS_OF_KIND = {
    ImportBatch.Kind.BUDGET: ("stage", "scale_rp", "add_agencies", "whole_government"),
    ImportBatch.Kind.INDICATORS: ("statistic",),
    ImportBatch.Kind.SURVEY: ("unit", "replaces"),
}
OPTIONS = [name for names in OPTIONS_OF_KIND.values() for name in names]


def _this_year() -> int:
    return timezone.localdate().year


class UploadForm(forms.Form):
    """Which file, and what it is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Isi berkas"),
        choices=ImportBatch.Kind.choices,
        widget=forms.RadioSelect,
        initial=ImportBatch.Kind.BUDGET,
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun anggaran"), min_value=FIRST_YEAR, initial=_this_year)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Posisi sampai bulan"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", gettext_lazy("Semua bulan yang ada di berkas")), *enumerate(MONTHS, start=1)],
        help_text=gettext_lazy(
            "Realisasi dibaca kumulatif sejak Januari. Untuk survei: bulan bagi baris yang tidak menyebutnya. "
            "Untuk indikator tidak dipakai."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("XLSX, XLS, ODS, atau CSV, paling banyak 100.000 baris dan 20 MB (CSV 100 MB)."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={"empty": gettext_lazy("Berkas kosong (0 byte). Periksa berkasnya, lalu unggah lagi.")},
    )

    def clean_year(self) -> int:
        """A year that somebody could mean."""
        year = int(self.cleaned_data["year"])
        if year > _this_year() + YEARS_AHEAD:
            raise ValidationError(_("Tahun %(year)s terlalu jauh di depan. Periksa tahunnya.") % {"year": year})
        return year

    def upload(self) -> NewUpload:
        """The upload as an action takes it."""
        data = self.cleaned_data
        month = None if data["kind"] == ImportBatch.Kind.INDICATORS else data["month"]
        return NewUpload(data["file"], data["kind"], data["year"], month)


class MappingForm(forms.Form):
    """Which column holds what; one select per field of the layout, the guess chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    lembar = forms.CharField(widget=forms.HiddenInput, required=False)
    susunan = forms.CharField(widget=forms.HiddenInput, required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Tahapan pagu bila berkas tidak menyebutnya"),
        choices=BudgetEntry.Stage.choices,
        initial=BudgetEntry.Stage.ORIGINAL,
    )
    scale_rp = forms.TypedChoiceField(
        label=gettext_lazy("Nilai di berkas ditulis dalam"), coerce=int, choices=SCALES, initial=1
    )
    add_agencies = forms.BooleanField(
        label=gettext_lazy("Tambahkan perangkat daerah yang belum dikenal"), required=False
    )
    whole_government = forms.BooleanField(
        label=gettext_lazy("Berkas ini lengkap: angka perangkat daerah yang tidak tercantum tidak berlaku lagi"),
        required=False,
    )
    statistic = forms.BooleanField(
        label=gettext_lazy("Angka ini statistik resmi yang sudah terbit, tidak perlu diverifikasi lagi"), required=False
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit layanan bagi baris yang tidak menyebutnya"), max_length=200, required=False
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("Menggantikan jawaban unit dan bulan yang sama dari berkas sebelumnya"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, batch: ImportBatch, description: Description, **kwargs: Any) -> None:
        mapping = description.mapping
        chosen = {f"kolom_{name}": index for name, index in mapping.columns.items()}
        names = {"version": batch.version, "lembar": mapping.sheet, "susunan": mapping.layout.name}
        kwargs["initial"] = {**batch.mapping.get("options", {}), **chosen, **names}
        super().__init__(*args, **kwargs)
        self.description = description
        for name in OPTIONS:
            if name not in OPTIONS_OF_KIND[ImportBatch.Kind(batch.kind)]:
                del self.fields[name]
        choices = [("", _("Tidak ada di berkas")), *_columns(description)]
        for column in mapping.layout.columns:
            label = f"{column.title} *" if column.required else column.title
            self.fields[f"kolom_{column.name}"] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, empty_value=None, required=False, help_text=column.help
            )

    def clean(self) -> dict[str, Any]:
        """No column twice."""
        data = super().clean() or {}
        seen: dict[int, str] = {}
        for column in self.description.mapping.layout.columns:
            index = data.get(f"kolom_{column.name}")
            if index is None:
                continue
            if index in seen:
                raise ValidationError(
                    _("Kolom %(letter)s dipilih dua kali: untuk “%(one)s” dan “%(other)s”. Pilih salah satu.")
                    % {"letter": column_letter(index), "one": seen[index], "other": column.title}
                )
            seen[index] = column.title
        return data

    def columns(self) -> dict[str, int]:
        """Field of the layout -> column from 0."""
        names = [column.name for column in self.description.mapping.layout.columns]
        chosen = {name: self.cleaned_data.get(f"kolom_{name}") for name in names}
        return {name: index for name, index in chosen.items() if index is not None}

    def options(self) -> dict[str, Any]:
        """The other choices, as the batch keeps them."""
        return {name: self.cleaned_data[name] for name in OPTIONS if name in self.fields}

    def option_fields(self) -> list[forms.BoundField]:
        """The choices that are no columns."""
        return [self[name] for name in OPTIONS if name in self.fields]

    def found_fields(self) -> list[forms.BoundField]:
        """Selects of the columns that were found or are needed."""
        return [self[f"kolom_{column.name}"] for column in self._all() if self._shown(column)]

    def other_fields(self) -> list[forms.BoundField]:
        """Selects of the columns that the file seems not to have."""
        return [self[f"kolom_{column.name}"] for column in self._all() if not self._shown(column)]

    def _all(self) -> tuple[Column, ...]:
        return self.description.mapping.layout.columns

    def _shown(self, column: Column) -> bool:
        needed = column.required or any(column.name in group for group in self.description.mapping.layout.one_of)
        return needed or column.name in self.description.mapping.columns


class VersionForm(forms.Form):
    """A button that changes a batch: the version that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ExportForm(forms.Form):
    """Which year and month to export."""

    tahun = forms.IntegerField(min_value=FIRST_YEAR)
    bulan = forms.IntegerField(min_value=1, max_value=12, required=False)


def _columns(description: Description) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for index, title in enumerate(description.mapping.titles):
        samples = ", ".join(description.samples[index])
        if title or samples:
            name = title or _("tanpa judul")
            found.append((index, f"{column_letter(index)} · {name[:50]}" + (f" ({samples[:60]})" if samples else "")))
    return found
