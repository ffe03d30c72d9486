"""Marks of a drawing: escaped, with attributes and classes only, so that a strict content policy lets them pass."""

from collections.abc import Callable, Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from manfaat.apps.core.charts.chart import UID

Attribute = str | float | int | None
INK, GREY, LINE, PALE = "#10213a", "#5d6b81", "#d8dee8", "#e9eef5"
SERIES = ("#0b3c6f", "#d06a1f", "#3f9a8b", "#8c6bb1")
WIDE, NARROW = 640, 340


def place(value: float) -> str:
    """A coordinate with one decimal and no idle zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, /, *children: str, **attributes: Attribute) -> SafeString:
    """One element. `class_` is written class, underscores in names are hyphens, None leaves the attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    inner = "".join(conditional_escape(child) for child in children)
    return SafeString(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


def _attribute(key: str, value: str | float) -> str:
    written = value if isinstance(value, str) else place(value)
    return f' {key.rstrip("_").replace("_", "-")}="{conditional_escape(written)}"'


def join(parts: Sequence[str]) -> SafeString:
    """Marks after one another; plain text among them is escaped."""
    return SafeString("".join(conditional_escape(part) for part in parts))


def text(x: float, y: float, words: str, **attributes: Attribute) -> SafeString:
    """Words at a place; `anchor` start, middle or end."""
    return tag("text", words, x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> SafeString:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def box(x: float, y: float, width: float, height: float, *children: str, **attributes: Attribute) -> SafeString:
    """A rectangle; `children` may hold its `<title>`."""
    return tag("rect", *children, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), **attributes)


def dot(x: float, y: float, r: float, *children: str, **attributes: Attribute) -> SafeString:
    """A circle; `children` may hold its `<title>`."""
    return tag("circle", *children, cx=x, cy=y, r=r, **attributes)


def path(points: Sequence[tuple[float, float] | None], **attributes: Attribute) -> SafeString:
    """A line through the points; None is a gap. A point alone between two gaps is a dot of the line's width."""
    d = ""
    for before, point, after in zip([None, *points], points, [*points[1:], None], strict=False):
        if point is not None:
            d += f"{'L' if before else 'M'}{place(point[0])} {place(point[1])}{'' if before or after else 'h0'}"
    return (
        tag("path", d=d, fill="none", stroke_linecap="round", stroke_linejoin="round", **attributes)
        if d
        else SafeString("")
    )


def hatch(uid: str) -> SafeString:
    """Defines the pattern that says "no data"; used as `fill=url(#...)` by `hatched`."""
    stripe = tag("path", d="M0 0V6", stroke=GREY, stroke_width=1.5, class_="c-hatch")
    return tag(
        "pattern",
        stripe,
        id=f"{uid}-h",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def hatched(uid: str) -> str:
    """The value of `fill` for missing data."""
    return f"url(#{uid}-h)"


def short(words: str, letters: int) -> str:
    """The words cut to `letters` letters, the cut marked."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def drawing(
    title: str, description: str, size: tuple[float, float], body: Sequence[str], *, uid: str = UID, kind: str = ""
) -> SafeString:
    """The SVG with its name and description; `uid` begins the ids within, `kind` is its class."""
    return tag(
        "svg",
        tag("title", title, id=f"{uid}-t"),
        tag("desc", description, id=f"{uid}-d"),
        *body,
        class_=kind or None,
        viewBox=f"0 0 {place(size[0])} {place(size[1])}",
        role="img",
        aria_labelledby=f"{uid}-t {uid}-d",
        focusable="false",
        font_size=12,
    )


def both_widths(draw: Callable[[float, str], SafeString]) -> SafeString:
    """The picture drawn for a desk and for a phone; the stylesheet shows one of them, so text keeps its size.

    `draw(width, uid)` makes one of the two.
    """
    return join([draw(WIDE, f"{UID}w"), draw(NARROW, f"{UID}n")])
