"""Form fields read what people type and echo what could be read in two ways."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template.loader import render_to_string

from manfaat.apps.core.fields import DayField, NumberField, RupiahField


class Form(forms.Form):
    share = NumberField(label="Realisasi", required=False)
    amount = RupiahField(label="Pagu", required=False)
    day = DayField(label="Tanggal", required=False)


@pytest.mark.parametrize(
    ("typed", "value"), [("1.234,56", "1234.56"), ("1,5", "1.5"), ("12,35%", "12.35"), ("−3", "-3")]
)
def test_reads_a_number_as_indonesians_type_it(typed, value):
    form = Form({"share": typed})
    assert form.is_valid()
    assert form.cleaned_data["share"] == Decimal(value)


def test_blank_is_missing_and_never_zero():
    form = Form({"share": "", "amount": "", "day": ""})
    assert form.is_valid()
    assert set(form.cleaned_data.values()) == {None}


def test_says_what_to_type_instead():
    form = Form({"share": "1,234.56", "amount": "1,5 miliar", "day": "31 Februari 2024"})
    assert not form.is_valid()
    assert "1.234,56" in form.errors["share"][0]
    assert "18 April 2024" in form.errors["day"][0]
    assert form.errors["amount"]


def test_echoes_a_doubtful_reading_beside_the_box():
    form = Form({"share": "1.500"})
    form.is_valid()
    page = render_to_string("components/field.html", {"field": form["share"]})
    assert "Terbaca: seribu lima ratus (1.500)" in page


def test_a_stored_number_is_shown_with_a_comma_and_is_not_a_change():
    form = Form({"share": "12,50"}, initial={"share": Decimal("12.5")})
    assert not form.has_changed()
    assert 'value="12,5"' in str(Form(initial={"share": Decimal("12.50")})["share"])


@pytest.mark.parametrize("typed", ["2024-04-18", "18 April 2024", "18/04/2024"])
def test_reads_a_day(typed):
    form = Form({"day": typed})
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2024, 4, 18)
