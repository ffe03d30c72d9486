"""The library of instruments, and an instrument as one government has it: with the weights it entered itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.formats import date_id
from manfaat.apps.evaluations.models import EnteredWeight
from manfaat.apps.organisations.models import Government
from manfaat.engine import instruments as packs
from manfaat.engine.instruments import Instrument
from manfaat.engine.instruments.examples import InstrumentExample, examples
from manfaat.engine.regulations import Citation, resolve


@dataclass(frozen=True)
class Example:
    """A worked example and whether the engine gives what it must."""

    example: InstrumentExample
    shown: dict[str, str]
    predicate: str

    @property
    def passes(self) -> bool:
        """Whether every row shows the expected text, and the total the expected band."""
        wanted = dict(self.example.gives)
        return self.shown == wanted and self.example.predicate in ("", self.predicate)


@dataclass(frozen=True)
class Card:
    """An instrument in the library: where it stands, what is not established in it, whether its examples pass."""

    instrument: Instrument
    citation: Citation
    examples: tuple[Example, ...]

    @property
    def passing(self) -> int:
        """How many worked examples come out as they must."""
        return sum(one.passes for one in self.examples)

    @property
    def all_pass(self) -> bool:
        """Whether every worked example does."""
        return self.passing == len(self.examples)


@cache
def _cards() -> dict[str, Card]:
    """The packs come with the code, so they are looked at once per process."""
    found: defaultdict[str, list[Example]] = defaultdict(list)
    for one in examples():
        found[one.instrument].append(_tried(one))
    return {one.id: Card(one, resolve(one.cite), tuple(found[one.id])) for one in packs.instruments()}


def _tried(example: InstrumentExample) -> Example:
    result = example.result(packs.instrument(example.instrument))
    predicate = ""
    if example.predicate:
        predicate = result.predicate.labels[0] or ""
    return Example(example, example.shown(result), predicate)


def cards() -> list[Card]:
    """Every instrument of the library."""
    return list(_cards().values())


def card_named(name: str) -> Card:
    """One instrument of the library, or `NotFound`."""
    card = _cards().get(name)
    if card is None:
        raise NotFound(_("Instrumen ini tidak ada. Lihat daftar instrumen."))
    return card


def weights_of(government: Government, name: str) -> list[EnteredWeight]:
    """The weights that the government entered for an instrument, those in use."""
    weights = EnteredWeight.objects.filter(government=government, instrument=name, is_current=True)
    return list(weights.select_related("entered_by").order_by("code"))


def with_entered(instrument: Instrument, weights: Iterable[EnteredWeight]) -> Instrument:
    """The instrument with entered weights; one that the pack has established since then is no longer needed.

    Raises: EngineError when the weights do not add up with those of the pack.
    """
    by_source: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in weights:
        row = instrument.by_code.get(one.code)
        if row is not None and row.weight is None:
            by_source[source_words(one)][one.code] = one.weight
    for source, chosen in by_source.items():
        instrument = instrument.with_weights(chosen, source)
    return instrument


def source_words(weight: EnteredWeight) -> str:
    """Where an entered weight was read, by whom and when."""
    who = str(weight.entered_by or _("sistem"))
    return f"{weight.source}; dientri {who}, {date_id(weight.entered_at)}"


def instrument_in(government: Government, name: str, options: dict[str, str] | None = None) -> Instrument:
    """The instrument with the options chosen and the government's own weights, or `NotFound`."""
    return with_entered(card_named(name).instrument.with_options(options), weights_of(government, name))


def places_of(instrument: Instrument) -> dict[str, Citation]:
    """Per row where it is laid down."""
    return {row.code: resolve(row.cite) for row in instrument.rows}


def scale_of(instrument: Instrument) -> "engine.scales.Scale | None":
    """The predicate scale of the total, if there is one."""
    return engine.scales.scale_named(instrument.scale) if instrument.scale else None
