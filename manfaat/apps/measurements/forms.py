"""The forms of one target and one value."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from manfaat.apps.core.fields import NumberField
from manfaat.apps.core.formats import period_label
from manfaat.apps.measurements.actions import NewMeasurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Period
from manfaat.apps.plans.models import Indicator


class PeriodField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The open periods of the indicator's government, in words."""

    def label_from_instance(self, obj: Any) -> str:
        return period_label(obj.kind, obj.year, obj.number)


class PeriodForm(forms.Form):
    """A form about one period of one indicator."""

    period = PeriodField(label=pgettext_lazy("one", "Periode"), queryset=Period.objects.none())

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, PeriodField)  # noqa: S101 (for the type checker)
        period.queryset = Period.objects.filter(
            government_id=indicator.government_id, state=Period.State.OPEN
        ).order_by("-year", "-kind", "number")


class TargetForm(PeriodForm):
    """What is promised."""

    value = NumberField(label=_("Target"), required=False)
    value_high = NumberField(label=_("Batas atas target"), required=False, help_text=_("Hanya untuk target rentang."))
    text = forms.CharField(
        label=_("Target berupa kata"), required=False, max_length=40, help_text=_("Hanya untuk skala, misalnya WTP.")
    )


class MeasurementForm(PeriodForm):
    """What was reached, or why that is not known."""

    value = NumberField(label=_("Realisasi"), required=False, help_text=_("0 berarti nol. Kosong berarti belum ada."))
    text = forms.CharField(
        label=_("Realisasi berupa kata"), required=False, max_length=40, help_text=_("Hanya untuk skala, misalnya WTP.")
    )
    status = forms.ChoiceField(label=_("Keadaan"), choices=Measurement.Status.choices, initial=Measurement.Status.KNOWN)
    reason = forms.CharField(
        label=_("Mengapa angkanya tidak ada"), required=False, max_length=300, help_text=_("Wajib bila bukan Terisi.")
    )

    def entry(self, indicator: Indicator) -> NewMeasurement:
        """The value as an action takes it."""
        data = self.cleaned_data
        return NewMeasurement(
            indicator.pk, data["period"].pk, data["value"], data["text"], data["status"], data["reason"]
        )
