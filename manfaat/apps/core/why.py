"""The page "mengapa angka ini": the engine's own explanation, with links to the figures that went in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from manfaat import engine
from manfaat.engine.reasons import REASONS, reason_sentence


@dataclass(frozen=True)
class InputLine:
    """One input of a figure: its value, where it stands, who checked it; `href` of the figure it comes from."""

    label: str
    shown: str
    is_known: bool
    reason: str
    document: str
    place: str
    sha256: str
    verified: str
    figure_key: str
    href: str


@dataclass(frozen=True)
class Why:
    """What the page prints; `sections` by the keys of `engine.explain`."""

    figure: engine.Figure
    explanation: engine.Explanation
    sections: Mapping[str, engine.Section]
    inputs: tuple[InputLine, ...]


def why_page(record: Mapping[str, Any], hrefs: Mapping[str, str]) -> Why:
    """The explanation of a figure's record; `hrefs` finds the page of another figure by its key."""
    figure = engine.Figure.from_record(record)
    explanation = engine.explain(figure)
    return Why(
        figure=figure,
        explanation=explanation,
        sections={section.key: section for section in explanation.sections},
        inputs=tuple(_input_line(one, hrefs) for one in figure.inputs),
    )


def _input_line(one: engine.Input, hrefs: Mapping[str, str]) -> InputLine:
    source = one.source
    return InputLine(
        label=one.label[:1].upper() + one.label[1:],
        shown=one.shown,
        is_known=one.value is not None,
        reason=_reason(one.reason),
        document=_joined(source, ("publisher", "title", "year")),
        place=_place(source),
        sha256=str(source.get("sha256") or ""),
        verified=", ".join(part for part in (one.verified_by, one.verified_at) if part),
        figure_key=one.figure or "",
        href=hrefs.get(one.figure or "", ""),
    )


def _reason(code: str | None) -> str:
    if not code:
        return ""
    return reason_sentence(code) if code.partition(":")[0] in REASONS else code


def _joined(source: Mapping[str, Any], names: Sequence[str]) -> str:
    return ", ".join(str(source[name]) for name in names if source.get(name))


def _place(source: Mapping[str, Any]) -> str:
    words = {"file": gettext("berkas %s"), "sheet": gettext("lembar %s"), "row": gettext("baris %s")}
    return ", ".join(word % source[name] for name, word in words.items() if source.get(name))
