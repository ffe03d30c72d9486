"""What a person types before figures are computed or frozen."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manfaat.apps.core.formats import MONTHS

REASON_LENGTH = 500


class ComputeForm(forms.Form):
    """The period to compute."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2000, max_value=2100)
    month = forms.TypedChoiceField(
        label=_("Sampai bulan"), coerce=int, choices=[(number, name) for number, name in enumerate(MONTHS, start=1)]
    )


class PublishForm(forms.Form):
    """Why this version is published; `run` is the computation that the reader had before their eyes."""

    run = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan terbit"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampil di halaman publik. Untuk pembetulan, tulis apa yang dibetulkan dan mengapa."),
    )
    seen = forms.BooleanField(
        label=_("Saya sudah memeriksa angka di halaman ini"),
        error_messages={"required": _("Periksa angkanya dulu, lalu beri tanda centang.")},
    )

    def __init__(self, *args: Any, current_run: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current_run = current_run
        self.initial.setdefault("run", current_run)

    def clean_run(self) -> UUID:
        """Refuse a form that was opened before the figures were computed anew."""
        run: UUID = self.cleaned_data["run"]
        if run != self.current_run:
            raise forms.ValidationError(
                _("Angka dihitung ulang sejak halaman ini dibuka. Buka lagi halaman terbitkan, lalu periksa angkanya.")
            )
        return run
