"""Addresses and numbers that nobody should send, and what they get."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from manfaat.apps.core.fields import NumberField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/publik/%00/", "/pemda/%00/", "/?cari=%00", "/api/v1/published/%00"])
def test_a_nul_byte_names_nothing(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_number_with_more_decimals_than_are_kept_is_refused() -> None:
    with pytest.raises(ValidationError):
        NumberField().clean("0,0000001")
    assert NumberField().clean("0,000001") == Decimal("0.000001")


def test_a_number_with_more_digits_than_are_kept_is_refused() -> None:
    with pytest.raises(ValidationError):
        NumberField(max_digits=12).clean("99999999")
    assert NumberField(max_digits=12).clean("999999") == Decimal("999999")
