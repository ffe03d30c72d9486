"""How many people a unit served in a period."""

from django import forms
from django.utils.translation import gettext_lazy as _

from manfaat.apps.services.periods import Span, span_named


class ServedForm(forms.Form):
    """The number for the period whose page is open."""

    tahun = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2100)
    periode = forms.CharField(widget=forms.HiddenInput)
    people = forms.IntegerField(
        label=_("Jumlah orang yang dilayani"),
        min_value=1,
        max_value=100_000_000,
        help_text=_("Untuk menghitung berapa jawaban yang diperlukan. Tulis angka saja."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--number"}),
    )

    @property
    def span(self) -> Span:
        """The period meant."""
        return span_named(self.cleaned_data["tahun"], self.cleaned_data["periode"])
