"""The published download: figures with all that made them, checkable on any laptop without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from manfaat.engine.canonical import sha256_of
from manfaat.engine.errors import EngineError
from manfaat.engine.figure import Figure
from manfaat.engine.operators import OPERATORS
from manfaat.engine.recompute import recompute
from manfaat.engine.regulations import rules_digest
from manfaat.engine.rounding import plain_id, round_half_up, to_decimal
from manfaat.engine.version import ENGINE_VERSION

FORMAT = "manfaat-bundle-1"
_RESULT_DECIMALS = 9
_KEYS = ("format", "engine_version", "rules_digest", "meta", "figures", "digest")

CSV_HEADER = (
    "key", "label", "subject", "period", "value", "shown", "unit", "status", "reason", "operator",
    "parameters", "sources", "input_name", "input_label", "input_value", "input_unit", "input_status",
    "input_source", "input_figure",
)  # fmt: skip


@dataclass(frozen=True)
class Discrepancy:
    """Something in a bundle that does not hold.

    kind: format, digest, key, operator, reference, value or record. key: the figure, empty for the bundle as a
    whole. field: the field of the record that came out otherwise, empty where it is no single one.
    """

    kind: str
    key: str
    message: str
    field: str = ""

    def __str__(self) -> str:
        return self.message


def build(meta: Mapping[str, Any], figures: Iterable[Figure | Mapping[str, Any]]) -> dict[str, Any]:
    """The bundle of the figures, in their order, with its digest.

    meta: JSON values that say what the bundle is (government, period, version, reason of a correction).
    Raises: EngineError when two figures have one key.
    """
    records = [one.to_record() if isinstance(one, Figure) else dict(one) for one in figures]
    keys = [record["key"] for record in records]
    doubled = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    if doubled:
        raise EngineError(f"Kunci angka ganda: {', '.join(doubled)}. Setiap angka perlu kunci sendiri.")
    made: dict[str, Any] = {
        "format": FORMAT,
        "engine_version": ENGINE_VERSION,
        "rules_digest": rules_digest(),
        "meta": dict(meta),
        "figures": records,
    }
    return made | {"digest": digest(made)}


def digest(bundle: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of the bundle's canonical JSON without its own digest.

    Results are rounded to 9 decimals first (9 significant digits below 1), so that no machine's last bit shows.
    """
    return sha256_of(_settled({key: value for key, value in bundle.items() if key != "digest"}))


def _settled(value: Any) -> Any:
    if isinstance(value, float):
        return _settled_number(value)
    if isinstance(value, Mapping):
        return {key: _settled(inner) for key, inner in value.items()}
    return [_settled(inner) for inner in value] if isinstance(value, list | tuple) else value


def _settled_number(value: float) -> float:
    if abs(value) < 1:
        return float(f"{value:.{_RESULT_DECIMALS}g}")
    return float(round_half_up(value, _RESULT_DECIMALS))


def verify(bundle: Mapping[str, Any]) -> list[Discrepancy]:
    """What does not hold in the bundle; empty when everything does.

    Checks the digest, that every operator is known, that every figure named by another is present and equal, and that
    every figure comes out the same when it is recomputed.
    """
    shape = _shape(bundle)
    if shape:
        return shape
    found = []
    try:
        same = digest(bundle) == bundle["digest"]
    except (EngineError, ArithmeticError, RecursionError):
        same = False
    if not same:
        found.append(
            Discrepancy("digest", "", "Sidik berkas tidak cocok dengan isinya: berkas diubah sesudah diterbitkan.")
        )
    records: dict[str, Mapping[str, Any]] = {}
    for record in bundle["figures"]:
        key = str(record["key"])
        if key in records:
            found.append(Discrepancy("key", key, f"Angka “{key}” ada lebih dari satu kali."))
        records[key] = record
    texts = _texts_that_may_differ(bundle)
    for key, record in records.items():
        found.extend(one for one in _figure_faults(key, record, records) if one.field not in texts)
    return found


def _texts_that_may_differ(bundle: Mapping[str, Any]) -> set[str]:
    """Fields made of words alone: other rules or another engine may word them otherwise; the digest still holds."""
    other_rules = bundle["rules_digest"] != rules_digest()
    return {"citations", "sentence"} if other_rules or bundle["engine_version"] != ENGINE_VERSION else set()


def _shape(bundle: Mapping[str, Any]) -> list[Discrepancy]:
    """Faults that make it no bundle at all."""
    absent = [key for key in _KEYS if key not in bundle]
    if absent:
        return [Discrepancy("format", "", f"Bukan unduhan Manfaat: tidak ada {', '.join(absent)}.")]
    if bundle["format"] != FORMAT:
        return [Discrepancy("format", "", f"Format “{bundle['format']}” tidak dikenal; yang dikenal {FORMAT}.")]
    figures = bundle["figures"]
    if not isinstance(figures, list) or not all(isinstance(one, Mapping) and "key" in one for one in figures):
        return [Discrepancy("format", "", "Daftar angka tidak dapat dibaca: setiap angka perlu kunci.")]
    return []


def _figure_faults(key: str, record: Mapping[str, Any], records: Mapping[str, Mapping[str, Any]]) -> list[Discrepancy]:
    operator = record.get("operator")
    if not isinstance(operator, str) or operator not in OPERATORS:
        return [
            Discrepancy(
                "operator",
                key,
                f"Angka “{key}” memakai operator “{operator}” yang tidak dikenal mesin {ENGINE_VERSION}.",
            )
        ]
    try:
        old = Figure.from_record(record)
        faults = _reference_faults(old, records)
        if faults:
            return faults
        new = recompute(old, records)
        differing = _differences(_settled(old.to_record()), _settled(new.to_record()))
    except (EngineError, ArithmeticError, TypeError, RecursionError) as fault:
        return [Discrepancy("record", key, f"Angka “{key}” tidak dapat dihitung ulang: {fault}")]
    return [_differing(key, name, old, new) for name in differing]


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [name for name in old if old[name] != new[name]]


def _differing(key: str, name: str, old: Figure, new: Figure) -> Discrepancy:
    before, after = getattr(old, name), getattr(new, name)
    if name != "value":
        return Discrepancy("record", key, f"Angka “{key}”: {name} tertulis {before!r}, dihitung ulang {after!r}.", name)
    told = [("tidak ada" if one is None else plain_id(one)) for one in (before, after)]
    return Discrepancy("value", key, f"Angka “{key}”: tertulis {told[0]}, dihitung ulang {told[1]}.", name)


def _reference_faults(old: Figure, records: Mapping[str, Mapping[str, Any]]) -> list[Discrepancy]:
    faults = []
    for one in old.inputs:
        if one.figure is None:
            continue
        other = records.get(one.figure)
        if other is None:
            faults.append(
                Discrepancy("reference", old.key, f"Angka “{old.key}” merujuk “{one.figure}” yang tidak ada.")
            )
        elif _settled([other.get("value"), other.get("status")]) != _settled([one.value, one.status]):
            text = f"Angka “{old.key}”: masukan “{one.label}” tidak sama dengan angka “{one.figure}” yang dirujuknya."
            faults.append(Discrepancy("reference", old.key, text))
    return faults


def as_csv_rows(bundle: Mapping[str, Any]) -> list[list[str]]:
    """The bundle as rows of text, header first: one row per figure and input, numbers with a decimal point.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = [list(CSV_HEADER)]
    for record in bundle["figures"]:
        parameters = "; ".join(f"{name}={value}" for name, value in record["parameters"].items() if value is not None)
        sources = "; ".join(f"{cite['regulation']} {cite['place']} [{cite['grade']}]" for cite in record["citations"])
        head = [
            *(_safe(record[name]) for name in ("key", "label", "subject", "period")),
            _number_text(record["value"]),
            *(_safe(record[name]) for name in ("shown", "unit", "status", "reason", "operator")),
            _safe(parameters),
            _safe(sources),
        ]
        for one in record["inputs"] or [{}]:
            source = ", ".join(f"{name}={value}" for name, value in one.get("source", {}).items() if value)
            rows.append(
                [
                    *head,
                    _safe(one.get("name")),
                    _safe(one.get("label")),
                    _number_text(one.get("value")),
                    *(_safe(one.get(name)) for name in ("unit", "status")),
                    _safe(source),
                    _safe(one.get("figure")),
                ]
            )
    return rows


def _number_text(value: float | int | None) -> str:
    if value is None:
        return ""
    return format(to_decimal(value), "f")


def _safe(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
