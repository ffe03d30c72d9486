"""Numbers of a picture in words, the same on its marks and in its table."""

from django.utils.translation import gettext

from manfaat.apps.core import formats


def said(value: float | None, unit: str, decimals: int = 1) -> str:
    """A number with its unit; rupiah short, since a picture has no room for twelve digits."""
    if unit.lower() in {"rp", "rupiah"}:
        return formats.rupiah_short(value)
    return formats.quantity_id(value, unit, decimals)


def tick(value: float, unit: str) -> str:
    """A number beside an axis: as few decimals as it has, a sign only for percentages and rupiah."""
    if unit.lower() in {"rp", "rupiah"}:
        return formats.rupiah_short(value)
    return f"{formats.decimal_id(value)}%" if unit == "%" else formats.decimal_id(value)


def difference(value: float, unit: str, decimals: int = 1) -> str:
    """A signed difference: points where the unit is a percentage."""
    body = formats.points_id(value, decimals) if unit == "%" else said(value, unit, decimals)
    return f"+{body}" if value > 0 else body


def no_data() -> str:
    """What a picture says where there is nothing to draw."""
    return gettext("belum ada data")
