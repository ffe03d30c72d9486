"""Instruments from TOML: everything checked by file, line and name before anything is computed with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from manfaat.engine.errors import EngineError
from manfaat.engine.instruments.load_rows import Source, read_answer_set, read_fraction, read_range, read_rows
from manfaat.engine.instruments.model import Choice, Criterion, Instrument, Option, sum_fault
from manfaat.engine.regulations import (
    NOT_SET,
    Regulation,
    check_keys,
    load_folder,
    read_date,
    read_toml,
    resolve,
)
from manfaat.engine.scale_data import Scale, load_scales

GROUPS = ("perangkat_daerah", "provinsi", "kabkota", "pemda", "kl", "unit_layanan", "unit_kerja", "jabatan", "pegawai")
STATUSES = ("complete", "partial")
_TOP_KEYS = {"instrument", "answers", "options", "rows", "criteria"}
_HEAD_REQUIRED = ("id", "title", "group", "status", "place", "grade")
_HEAD = {*_HEAD_REQUIRED, "family", "valid_from", "valid_to", "scale", "rounding", "note", "total"}
_CHOICE_KEYS = {"code", "name", "place", "grade", "scale", "note", "sum_note", "set"}
_SET_KEYS = {"rows", "weight", "factor", "decimals", "operator", "range"}


def load_instruments(folder: Path) -> dict[str, Instrument]:
    """Every instrument of a folder of regulations by id, in the order of their names.

    Raises: EngineError as `load_instrument` does, and for an id that two files bear.
    """
    regulations, scales = load_folder(folder), load_scales(folder)
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*/instrument_*.toml")):
        instrument = load_instrument(path, regulations, scales)
        if instrument.id in found:
            raise EngineError(f"{path.parent.name}/{path.name}: instrumen “{instrument.id}” sudah ada di berkas lain.")
        found[instrument.id] = instrument
    return dict(sorted(found.items()))


def load_instrument(
    path: Path, regulations: Mapping[str, Regulation], scales: Mapping[str, tuple[Scale, ...]]
) -> Instrument:
    """The instrument of one file.

    Raises: EngineError by file, line and name for an unknown key, operator, answer set or scale, a doubled code, a
    reference downwards, a wrong sum of weights, a missing citation, or a missing file of worked examples.
    """
    source = Source(path)
    table = read_toml(path)
    check_keys(path, "berkas", table, allowed=_TOP_KEYS, required=("instrument", "rows"))
    head = table["instrument"]
    name = str(head.get("id", "tanpa id"))
    check_keys(path, name, head, allowed=_HEAD, required=_HEAD_REQUIRED)
    if head["group"] not in GROUPS:
        raise source.refuse(name, f"kelompok “{head['group']}” tidak dikenal. Yang dikenal: {', '.join(GROUPS)}.")
    if head["status"] not in STATUSES:
        raise source.refuse(name, f"status “{head['status']}” tidak dikenal. Yang dikenal: {', '.join(STATUSES)}.")
    cite = source.cite(head, name)
    answers = {key: read_answer_set(source, key, values) for key, values in table.get("answers", {}).items()}
    rows = read_rows(source, table["rows"], head, cite, answers)
    known = {row.code for row in rows}
    instrument = Instrument(
        id=name,
        family=str(head.get("family", re.sub(r"-\d{4}.*$", "", name))),
        title=str(head["title"]),
        group=str(head["group"]),
        valid_from=read_date(path, name, head["valid_from"]) if "valid_from" in head else NOT_SET,
        valid_to=read_date(path, name, head["valid_to"]) if "valid_to" in head else None,
        status=str(head["status"]),
        cite=cite,
        scale=str(head.get("scale", "")),
        note=str(head.get("note", "")),
        rows=rows,
        answers=answers,
        options={key: _option(source, key, one, known) for key, one in table.get("options", {}).items()},
        criteria=tuple(_criterion(source, one, known) for one in table.get("criteria", [])),
    )
    _check_whole(source, instrument)
    _check_references(source, instrument, regulations, scales)
    return instrument


def _option(source: Source, name: str, table: Mapping[str, Any], codes: set[str]) -> Option:
    check_keys(
        source.path, name, table, allowed=("title", "default", "choice"), required=("title", "default", "choice")
    )
    choices: dict[str, Choice] = {}
    for one in table["choice"]:
        code = str(one.get("code", "tanpa code"))
        check_keys(source.path, f"{name} {code}", one, allowed=_CHOICE_KEYS, required=("code", "name", "place"))
        if code in choices:
            raise source.refuse(code, "pilihan ini ditulis dua kali.", occurrence=1)
        choices[code] = _choice(source, code, one, codes)
    if table["default"] not in choices:
        raise source.refuse(name, f"bawaan “{table['default']}” bukan salah satu pilihannya.")
    return Option(name, str(table["title"]), str(table["default"]), choices)


def _choice(source: Source, code: str, table: Mapping[str, Any], codes: set[str]) -> Choice:
    changes: dict[str, dict[str, Any]] = {}
    for group in table.get("set", []):
        check_keys(source.path, code, group, allowed=_SET_KEYS, required=("rows",))
        change: dict[str, Any] = {"cite": source.cite(table, code)}
        for key in ("weight", "factor"):
            if key in group:
                change[key] = read_fraction(source, code, group[key])
        for key in ("decimals", "operator"):
            if key in group:
                change[key] = group[key]
        if "range" in group:
            change["low"], change["top"] = read_range(source, code, group, {})
        if "sum_note" in table:
            change["weights_sum_note"] = str(table["sum_note"])
        for row in group["rows"]:
            if row not in codes:
                raise source.refuse(code, f"set menyebut baris “{row}” yang tidak ada.")
            changes[row] = changes.get(row, {}) | change
    return Choice(code, str(table["name"]), changes, table.get("scale"), str(table.get("note", "")))


def _criterion(source: Source, table: Mapping[str, Any], codes: set[str]) -> Criterion:
    code = str(table.get("code", "tanpa code"))
    check_keys(source.path, code, table, allowed=("code", "row", "text", "evidence"), required=("code", "row", "text"))
    if table["row"] not in codes:
        raise source.refuse(code, f"kriteria ini menunjuk baris “{table['row']}” yang tidak ada.")
    return Criterion(code, str(table["row"]), str(table["text"]), tuple(str(one) for one in table.get("evidence", [])))


def _check_whole(source: Source, instrument: Instrument) -> None:
    codes = [criterion.code for criterion in instrument.criteria]
    for code in codes:
        if codes.count(code) > 1:
            raise source.refuse(code, "kriteria ini ditulis dua kali.", occurrence=1)
    default = instrument.with_options(None)
    for row in default.rows:
        fault = sum_fault(default, row)
        if fault:
            raise source.refuse(row.code, fault)
        if row.when_missing == "exclude_and_rescale" and not any(
            above.operator == "adjusted" for above in default.above(row.code)
        ):
            raise source.refuse(row.code, "exclude_and_rescale perlu baris adjusted di atasnya.")
    if instrument.status == "complete" and default.unestablished:
        told = ", ".join(row.code for row in default.unestablished)
        raise source.refuse(instrument.id, f"status complete, padahal bobotnya belum ditetapkan: {told}.")
    examples = source.path.with_name(source.path.name.replace("instrument_", "examples_", 1))
    if not examples.is_file():
        raise source.refuse(instrument.id, f"tidak ada berkas contoh hitungan {examples.name} di sebelahnya.")


def _check_references(
    source: Source,
    instrument: Instrument,
    regulations: Mapping[str, Regulation],
    scales: Mapping[str, tuple[Scale, ...]],
) -> None:
    wanted = {instrument.scale, *(c.scale for o in instrument.options.values() for c in o.choices.values())} - {
        "",
        None,
    }
    for scale in sorted(str(one) for one in wanted):
        if scale not in scales:
            raise source.refuse(instrument.id, f"skala “{scale}” tidak dikenal. Yang dikenal: {', '.join(scales)}.")
    cites = [(row.code, cite) for row in instrument.rows for cite in (row.cite, row.treatment_cite) if cite]
    cites += [
        (choice.code, change["cite"])
        for option in instrument.options.values()
        for choice in option.choices.values()
        for change in choice.changes.values()
    ]
    for code, cite in cites:
        try:
            resolve(cite, regulations)
        except EngineError as fault:
            raise source.refuse(code, str(fault)) from None
