"""Form fields that read what Indonesian offices type, and say what they read where it could be read in two ways."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.utils.translation import gettext, gettext_lazy

from manfaat.apps.core.formats import rupiah
from manfaat.engine.rounding import round_half_up
from manfaat.readers.dates import read_date
from manfaat.readers.numbers import read_amount, read_number

SHORT = 7
"""Digits from which a number in an address is no year, month or page."""


def as_kept(value: Decimal | None) -> Decimal | None:
    """The number as the columns for targets and values of indicators keep it: six decimals, half up."""
    return None if value is None else round_half_up(value, 6)


def whole_number(text: str) -> int | None:
    """The number of an address parameter, or None where it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < SHORT else None


class NumberField(forms.Field):
    """A decimal number, `1.234,56`; blank is None, never zero.

    `max_digits` and `decimal_places` are those of the column that keeps it: more is refused here, never cut off there.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input--number"})

    def __init__(self, *, max_digits: int = 24, decimal_places: int = 6, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(DecimalValidator(max_digits, decimal_places))

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or a refusal that says what to type instead."""
        reading = read_number(value)
        if reading.problem:
            raise ValidationError(reading.problem)
        return reading.value

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is typed."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the number differs, however it is written."""
        return read_number(initial).value != read_number(data).value

    def echo(self, data: Any) -> str:
        """The reading in words where the text has two."""
        return read_number(data).echo.removeprefix("terbaca: ")


class RupiahField(NumberField):
    """Whole rupiah, `1.500.000`."""

    default_error_messages = {"no_sen": gettext_lazy("Tulis rupiah penuh, tanpa sen.")}

    def to_python(self, value: Any) -> Decimal | None:
        """The amount, or a refusal that says what to type instead."""
        reading = read_amount(value)
        if reading.problem:
            raise ValidationError(reading.problem)
        if reading.rounded:
            raise ValidationError(self.error_messages["no_sen"], code="no_sen")
        return reading.value

    def echo(self, data: Any) -> str:
        """The amount with its groups of thousands."""
        value = read_amount(data).value
        return rupiah(value) if value is not None else ""


class DayField(forms.Field):
    """A day: from the browser's own date box, or typed, `18 April 2024`."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> date | None:
        """The day, or a refusal with an example."""
        if value in self.empty_values:
            return None
        day = read_date(value)
        if day is None:
            raise ValidationError(gettext("Tanggal tidak terbaca. Tulis seperti 18 April 2024 atau 18/04/2024."))
        return day
