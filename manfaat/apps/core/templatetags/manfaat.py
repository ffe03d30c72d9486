"""Tags and filters of every screen. None of them touches the database."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import blake2s
from itertools import count
from typing import Any, cast
from uuid import UUID

from django import template
from django.template.context import Context
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from manfaat.apps.core import formats
from manfaat.apps.core.charts.chart import Chart
from manfaat.engine.reasons import REASONS, reason_sentence

register = template.Library()
NOBODY = UUID(int=0)
Printable = int | float | Decimal | None
SHAPES = {"good": "●", "warn": "▲", "bad": "■", "none": "○", "info": "◆"}


def _or_missing(text: str) -> str:
    """The text, or a dash that a screen reader hears as "belum ada data"."""
    if text != formats.MISSING:
        return text
    return format_html(
        '<span class="missing"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        formats.MISSING,
        gettext("belum ada data"),
    )


@register.filter
def rupiah(value: Printable) -> str:
    return _or_missing(formats.rupiah(value))


@register.filter
def rupiah_short(value: Printable) -> str:
    return _or_missing(formats.rupiah_short(value))


@register.filter
def decimal_id(value: Printable, decimals: int | None = None) -> str:
    return _or_missing(formats.decimal_id(value, decimals))


@register.filter
def percent_id(value: Printable, decimals: int = 2) -> str:
    return _or_missing(formats.percent_id(value, decimals))


@register.filter
def points_id(value: Printable, decimals: int = 2) -> str:
    return _or_missing(formats.points_id(value, decimals))


@register.filter
def quantity_id(value: Printable, unit: str) -> str:
    return _or_missing(formats.quantity_id(value, unit))


@register.filter
def date_id(value: date | None) -> str:
    return _or_missing(formats.date_id(value))


@register.filter
def date_short_id(value: date | None) -> str:
    return _or_missing(formats.date_short_id(value))


@register.filter
def datetime_id(value: datetime | None) -> str:
    return _or_missing(formats.datetime_id(value))


@register.filter
def month_id(value: int | None) -> str:
    return _or_missing(formats.month_id(value))


@register.filter
def period_id(period: Any) -> str:
    """`Triwulan II 2024` for anything with kind, year and number."""
    return formats.period_label(period.kind, period.year, period.number)


@register.filter
def shape(state: str) -> str:
    """The sign that goes with a state, so that colour is never alone."""
    return SHAPES.get(state, SHAPES["none"])


@register.filter
def echo(field: Any) -> str:
    """What a bound form field read from the box, when its class can say so (`fields.DecimalIdField`)."""
    say = getattr(field.field, "echo", None)
    return str(say(field.data)) if say and field.form.is_bound and not field.errors else ""


@register.filter
def is_numeric_column(chart: Chart, position: int) -> bool:
    """Whether every cell of the column reads as a number or as missing."""
    cells = [row[position] for row in chart.rows]
    return position > 0 and any(c[-1:].isdigit() or c.endswith("%") for c in cells)


@register.inclusion_tag("components/chart.html", takes_context=True)
def chart(context: Context, picture: Chart) -> dict[str, Any]:
    """The whole figure: drawing, caption, and the table behind it."""
    uid = _uid(context, picture)
    return {"chart": picture, "uid": uid, "drawing": picture.drawing(uid)}


@register.simple_tag(takes_context=True)
def chart_svg(context: Context, picture: Chart) -> SafeString:
    """The drawing alone, for a row of a table that prints the numbers itself."""
    return picture.drawing(_uid(context, picture))


def _uid(context: Context, picture: Chart) -> str:
    """An id unique on the page, also where a fragment joins a page that stands already."""
    page = cast(dict[str, Any], context.render_context.dicts[0])
    counter = page.setdefault("manfaat_charts", count(1))
    digest = blake2s((picture.title + picture.svg).encode(), digest_size=4).hexdigest()
    return f"g{digest}-{next(counter)}"


def _part(figure: Any, name: str) -> Any:
    return figure.get(name) if isinstance(figure, Mapping) else getattr(figure, name, None)


def _reason(figure: Any) -> str:
    """Why there is no number, in words: the record's own reason, else its status."""
    said = str(_part(figure, "reason") or "")
    if said.partition(":")[0] in REASONS:
        said = reason_sentence(said)
    status = str(_part(figure, "status") or "")
    words = {"not_due": gettext("belum jatuh tempo"), "not_measurable": gettext("tidak dapat diukur")}
    return said or words.get(status, gettext("belum ada data"))


@register.simple_tag
def figure_value(figure: Any, *, short: bool = False, decimals: int | None = None, missing: str = "") -> str:
    """The number of a computed figure with its unit, or the reason why there is none.

    `missing` are shorter words for a crowded table, where the reason stands one click away.
    """
    if figure is None:
        return format_html('<span class="missing">{}</span>', missing or gettext("belum ada data"))
    value, unit = _part(figure, "value"), str(_part(figure, "unit") or "")
    if formats.is_missing(value):
        return format_html('<span class="missing">{}</span>', missing or _reason(figure))
    if short and unit.lower() in {"rp", "rupiah"}:
        return formats.rupiah_short(value)
    return formats.quantity_id(value, unit, _part(figure, "decimals") if decimals is None else decimals)


@cache
def _why_address(_prefix: str) -> str:
    """The address of the page of a figure with a number that is none in its place: pages print hundreds of them."""
    return reverse("why", args=[NOBODY])


@register.simple_tag
def why(figure: Any, *, short: bool = False, decimals: int | None = None, missing: str = "", told: str = "") -> str:
    """The number of a computed figure as a link to the page that says why it is what it is.

    `told` are the words of a known figure where its number alone says less: `8 dari 20` for a share.
    """
    is_told = bool(told) and figure is not None and not formats.is_missing(_part(figure, "value"))
    text = told if is_told else figure_value(figure, short=short, decimals=decimals, missing=missing)
    public_id = _part(figure, "public_id") if figure is not None else None
    if public_id is None:
        return text
    return format_html(
        '<a class="why{}" href="{}"><span class="visually-hidden">{} </span>{}</a>',
        " why--told" if is_told else "",
        _why_address(get_script_prefix()).replace(str(NOBODY), str(public_id)),
        gettext("Mengapa angka ini:"),
        text,
    )
