"""Two results side by side through the engine; reads and writes no record."""

from dataclasses import dataclass

from manfaat.apps.evaluations.computing import Given, evaluated
from manfaat.engine.instruments import Instrument, Row
from manfaat.engine.instruments.compare import Difference, compare


@dataclass(frozen=True)
class Beside:
    """Both instruments and each difference. carried: how many answers of the first also stand under the second."""

    first: Instrument
    second: Instrument
    differences: tuple[Difference, ...]
    answered: int
    carried: int


def same_rows(first: Instrument, second: Instrument) -> dict[str, str]:
    """Code in the first -> code in the second, for rows that ask the same by name under another code."""
    names = _by_name(second)
    wanted = _by_name(first)
    return {
        row.code: names[name].code
        for name, row in wanted.items()
        if name in names and names[name].is_leaf == row.is_leaf and names[name].code != row.code
    }


def carried(given: Given, second: Instrument) -> Given:
    """The same answers under another instrument; those to rows that it does not have are left aside."""
    pairs = same_rows(given.instrument, second)
    leaves = {row.code for row in second.leaves}

    def target(code: str) -> str:
        return pairs.get(code, code if code not in pairs.values() else "")

    entries = {target(code): entry for code, entry in given.entries.items() if target(code) in leaves}
    out = frozenset(target(code) for code in given.not_locus if target(code) in leaves)
    adjusts = any(row.operator == "adjusted" for row in second.rows)
    return Given(second, entries, out, given.coefficient if adjusts else None)


def beside(first: Given, second: Given) -> Beside:
    """Both computed and compared."""
    pairs = {} if first.instrument is second.instrument else same_rows(first.instrument, second.instrument)
    found = compare(evaluated(first), evaluated(second), mapping=pairs)
    return Beside(first.instrument, second.instrument, tuple(found), len(first.entries), len(second.entries))


def _by_name(instrument: Instrument) -> dict[str, Row]:
    """Rows whose name occurs once, with the name of the row above it."""
    found: dict[str, list[Row]] = {}
    for row in instrument.rows:
        above = instrument.by_code.get(row.parent)
        words = f"{above.name if above else ''} / {row.name}".casefold()
        found.setdefault(words, []).append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}
