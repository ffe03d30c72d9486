"""An answer as people type it, on a form or in a workbook: a named answer, a number, or why there is none."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.formats import decimal_id
from manfaat.apps.evaluations.models import Answer
from manfaat.engine.instruments import Instrument, Row
from manfaat.engine.instruments.model import exact
from manfaat.engine.rounding import plain_id
from manfaat.readers.numbers import read_number

Status = Answer.Status
WORDS = {"not_due": Status.NOT_DUE, "not_measurable": Status.NOT_MEASURABLE}
NOT_LOCUS_WORDS = frozenset({"bukan lokus", "non lokus", "tidak lokus"})
DECIMALS, MOST = 6, Decimal(10**17)


class Unread(ValueError):
    """The text is no answer of the row; the sentence says why and what to type."""


@dataclass(frozen=True)
class Typed:
    """An answer as it was read; `value` is None unless the status is known."""

    value: Decimal | None
    status: str = Status.KNOWN
    label: str = ""

    @property
    def words(self) -> str:
        """What was read, in words: `80 (BB)`."""
        if self.value is None:
            return str(Status(self.status).label).lower()
        number = decimal_id(self.value)
        return f"{number} ({self.label})" if self.label and self.label != number else number


def may_be_no_locus(instrument: Instrument, row: Row) -> bool:
    """Whether the row can be left out because the government is no locus of it."""
    return any(above.operator == "adjusted" for above in instrument.above(row.code))


def read_answer(instrument: Instrument, row: Row, text: object) -> Typed | None:
    """The answer, or None where nothing was answered. Raises: Unread."""
    word = " ".join(text.split()) if isinstance(text, str) else text
    if isinstance(word, str):
        if word.casefold() in NOT_LOCUS_WORDS and may_be_no_locus(instrument, row):
            return Typed(None, Status.NOT_LOCUS)
        named = _named(instrument, row, word)
        if named is not None:
            return named
    reading = read_number(word)
    if reading.missing in WORDS:
        return Typed(None, WORDS[reading.missing])
    if reading.missing:
        return None
    if reading.problem or reading.value is None:
        raise Unread(_choices(instrument, row) or reading.problem or _("Isi angka."))
    return _checked(instrument, row, reading.value)


def _named(instrument: Instrument, row: Row, word: str) -> Typed | None:
    known = instrument.answer_set(row)
    for label, value in known.values.items() if known else ():
        if label.casefold() == word.casefold():
            return Typed(Decimal(repr(value)), label=label)
    return None


def _checked(instrument: Instrument, row: Row, value: Decimal) -> Typed:
    if abs(value) >= MOST:
        raise Unread(_("Angka terlalu besar. Periksa isinya."))
    label = instrument.label_of(row, float(value))
    if row.answers and row.low is None and not row.classes and not label:
        raise Unread(_choices(instrument, row))
    low, top = limits(row)
    if low is not None and (value < Decimal(repr(low)) or (top is not None and value > Decimal(repr(top)))):
        raise Unread(
            _("%(value)s di luar rentang %(range)s.") % {"value": plain_id(float(value)), "range": spoken(row)}
        )
    return Typed(round(value, DECIMALS), label=label)


def _choices(instrument: Instrument, row: Row) -> str:
    known = instrument.answer_set(row)
    if known is None:
        return ""
    said = _("Bukan pilihan jawaban baris ini. Pilihannya: %(labels)s.") % {"labels": ", ".join(known.values)}
    if row.low is not None:
        said += " " + _("Boleh juga angka %(range)s.") % {"range": spoken(row)}
    return said


def limits(row: Row) -> tuple[float | None, float | None]:
    """The lowest and highest answer; of a row above others the points it can have."""
    if row.is_leaf:
        return row.low, row.top
    return 0.0, float(row.weight) if row.weight is not None and row.operator in ("sum", "adjusted") else None


def spoken(row: Row) -> str:
    """The range of a row's answer in words, empty where it has none."""
    low, top = limits(row)
    if low is None and top is None:
        return ""
    if low is None:
        return _("sampai %(top)s") % {"top": plain_id(top or 0.0)}
    if top is None:
        return _("mulai %(low)s") % {"low": plain_id(low)}
    return _("%(low)s sampai %(top)s") % {"low": plain_id(low), "top": plain_id(top)}


def typed_again(answer: Answer) -> str:
    """A kept answer as it would be typed."""
    if answer.value is None:
        return "" if answer.status == Status.MISSING else str(Status(answer.status).label).lower()
    return answer.label or f"{answer.value.normalize():f}".replace(".", ",")


def weight_text(text: object) -> str:
    """A weight as exact text: `4,5` becomes `4.5`, `1/9` stays; empty for a blank. Raises: Unread."""
    word = "".join(text.split()) if isinstance(text, str) else text
    if isinstance(word, str) and "/" in word:
        number: str | None = word
    else:
        reading = read_number(word)
        if reading.missing:
            return ""
        number = None if reading.value is None else f"{reading.value.normalize():f}"
    try:
        exact(number or "")
    except engine.EngineError as error:
        raise Unread(_("Bobot harus angka lebih dari nol, misalnya 4,5 atau 1/9.")) from error
    return number or ""
