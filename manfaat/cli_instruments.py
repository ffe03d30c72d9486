"""Instruments from the shell: list and show them, score an answer sheet, try what would raise it."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from manfaat import engine
from manfaat.analysis import whatif
from manfaat.cli_table import UnusableError, entry_of, read_bytes, read_text, table_rows
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.examples import InstrumentExample, examples
from manfaat.engine.instruments.rules import ROW_WORDS
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Entry

SHEET_HELP = """\
Lembar jawaban CSV (pemisah koma, titik koma, atau tab; UTF-8) atau JSON. Satu baris satu jawaban.

  kode              kode baris instrumen (lihat: manfaat instruments INSTRUMEN)
  jawaban           nama pilihan (BB), angka, atau kosong = belum diisi, bukan nol
  unit              nama unit, bila satu berkas memuat banyak unit
  tahun_lalu        nilai tahun terakhir; dipakai hanya bila aturan baris itu membolehkan
  bukan_lokus       ya, bila unit itu bukan lokus evaluasi baris itu
  nilai             nilai komponen yang sudah diketahui, untuk baris yang punya baris di bawahnya
"""
_SHEET = ("kode", "jawaban", "unit", "tahun_lalu", "bukan_lokus", "nilai")


@dataclass(frozen=True)
class Sheet:
    """What a file of answers says, per unit and row."""

    units: tuple[str, ...]
    answers: dict[str, engine.Series]
    last_year: dict[str, engine.Series]
    scores: dict[str, engine.Series]
    not_locus: dict[str, Any]
    sources: dict[tuple[str, str], engine.Input]


def add_commands(commands: Any) -> None:
    """Adds `instruments` and `whatif` to the parser's commands."""
    raw = argparse.RawDescriptionHelpFormatter
    listed = commands.add_parser("instruments", help="daftar instrumen, atau isi satu instrumen")
    listed.add_argument("id", nargs="?", metavar="INSTRUMEN")
    listed.set_defaults(run=_instruments)
    tried = commands.add_parser(
        "whatif",
        help="apa yang menaikkan nilai, per usaha, dan pilihan terbaik",
        description=SHEET_HELP + "\nUsaha: CSV dengan kolom kode, usaha, dan nilai (bila bukan nilai tertinggi).\n",
        formatter_class=raw,
    )
    tried.add_argument("instrument", metavar="INSTRUMEN")
    tried.add_argument("file", type=Path, metavar="JAWABAN")
    tried.add_argument("--effort", "--usaha", type=Path, metavar="USAHA.csv", help="usaha tiap perbaikan")
    tried.add_argument("--budget", "--anggaran", type=float, metavar="N", help="jumlah usaha yang tersedia")
    tried.add_argument("--unit", metavar="NAMA", help="unit yang dicoba; bawaan unit pertama")
    add_sheet_options(tried)
    tried.set_defaults(run=_whatif)


def add_sheet_options(parser: argparse.ArgumentParser) -> None:
    """The options that go with an answer sheet."""
    parser.add_argument("--pilihan", action="append", default=[], metavar="NAMA=PILIHAN", help="pilihan instrumen")
    parser.add_argument("--koefisien", type=float, metavar="N", help="koefisien RB, positif atau negatif")
    parser.add_argument("--bobot", type=Path, metavar="BOBOT.csv", help="bobot dari lampiran: kode, bobot, sumber")


def score_sheet(options: argparse.Namespace) -> tuple[list[engine.Figure], dict[str, Any]]:
    """Scores the sheet, prints it, and returns the figures of all units with what a bundle says about them."""
    result, sheet = _result(options)
    if len(sheet.units) > 1:
        _print_units(result, sheet)
    else:
        _print_sheet(result)
    made = []
    for place, unit in enumerate(sheet.units):
        inputs = {code: note for (whose, code), note in sheet.sources.items() if whose == unit}
        prefix = f"{result.instrument.id}/{unit}" if unit else result.instrument.id
        made.extend(packs.figures(result, place, prefix=prefix, subject=unit, inputs=inputs))
    return made, packs.instrument_meta(result.instrument)


def _result(options: argparse.Namespace) -> tuple[packs.InstrumentResult, Sheet]:
    instrument = packs.instrument(options.instrument)
    if options.bobot:
        instrument = _with_weights(instrument, options.bobot)
    sheet = _sheet(instrument, options.file)
    chosen = dict(_pair(text) for text in options.pilihan)
    coefficient = None if options.koefisien is None else engine.Series.of([options.koefisien] * len(sheet.units))
    result = packs.evaluate_instrument(
        instrument,
        sheet.answers,
        options=chosen,
        coefficient=coefficient,
        not_locus=sheet.not_locus,
        last_year=sheet.last_year,
        scores=sheet.scores,
    )
    return result, sheet


def _pair(text: str) -> tuple[str, str]:
    name, equals, choice = text.partition("=")
    if not equals:
        raise UnusableError(f"--pilihan {text}: tulis NAMA=PILIHAN.")
    return name, choice


def _with_weights(instrument: packs.Instrument, path: Path) -> packs.Instrument:
    rows = table_rows(path, read_text(path, read_bytes(path)), ("kode", "bobot", "sumber"), ("kode", "bobot", "sumber"))
    weights, sources = {}, []
    for number, row in rows:
        cell = str(row["bobot"]).strip()
        found = cell if "/" in cell else entry_of(cell, "bobot")
        if not isinstance(found, str | float):
            raise UnusableError(f"{path.name}, baris {number}: bobot kosong.")
        weights[str(row["kode"]).strip()] = found
        sources.append(str(row["sumber"]).strip())
    return instrument.with_weights(weights, "; ".join(dict.fromkeys(source for source in sources if source)))


def _sheet(instrument: packs.Instrument, path: Path) -> Sheet:
    content = read_bytes(path)
    rows = table_rows(path, read_text(path, content), _SHEET, ("kode",))
    digest = hashlib.sha256(content).hexdigest()
    units = tuple(dict.fromkeys(str(row.get("unit") or "").strip() for _, row in rows)) or ("",)
    place = {unit: number for number, unit in enumerate(units)}
    tables: dict[str, dict[str, list[Entry]]] = {"jawaban": {}, "tahun_lalu": {}, "nilai": {}}
    outside: dict[str, Any] = {}
    sources: dict[tuple[str, str], engine.Input] = {}
    faults: list[str] = []
    for number, row in rows:
        unit, code = str(row.get("unit") or "").strip(), str(row.get("kode") or "").strip()
        try:
            if (unit, code) in sources:
                raise UnusableError(f"kode {code} sudah diisi untuk unit ini.")
            for column, table in tables.items():
                entry = _entry(instrument, code, row.get(column), column)
                if entry is not None or (column == "jawaban" and instrument.row(code).is_leaf):
                    table.setdefault(code, [None] * len(units))[place[unit]] = entry
            if str(row.get("bukan_lokus") or "").strip().lower() in ("ya", "1", "true"):
                outside.setdefault(code, np.zeros(len(units), dtype=np.bool_))[place[unit]] = True
            sources[unit, code] = engine.Input(source={"file": path.name, "row": number, "sha256": digest})
        except (UnusableError, engine.EngineError) as fault:
            faults.append(f"{path.name}, baris {number}: {fault}")
    if faults:
        raise UnusableError(*faults, f"{len(faults)} baris salah; tidak ada yang dihitung.")
    series = {name: {code: engine.Series.of(one) for code, one in table.items()} for name, table in tables.items()}
    return Sheet(units, series["jawaban"], series["tahun_lalu"], series["nilai"], outside, sources)


def _entry(instrument: packs.Instrument, code: str, cell: Any, column: str) -> Entry:
    row = instrument.row(code)
    text = "" if cell is None else str(cell).strip()
    known = instrument.answer_set(row)
    if column != "nilai" and known is not None and text.casefold() in {label.casefold() for label in known.values}:
        return instrument.read_answer(code, text)
    if row.top is not None and row.top < 1000 and text.replace(",", ".").replace(".", "", 1).isdigit():
        return float(text.replace(",", "."))
    try:
        return entry_of(cell, column)
    except UnusableError as fault:
        if known is None:
            raise
        raise UnusableError(f"{fault} Pilihannya: {', '.join(known.values)}.") from None


def _print_sheet(result: packs.InstrumentResult) -> None:
    for row in result.instrument.rows[1:] if result.instrument.has_total else result.instrument.rows:
        one = result.rows[row.code]
        depth = sum(1 for above in result.instrument.above(row.code) if above.code != packs.TOTAL)
        full = plain_id(float(one.full[0])) if np.isfinite(one.full[0]) else "belum ditetapkan"
        note = f"  ({one.sentence(0)})" if one.reason(0) else ""
        print(f"{'  ' * depth}{row.code} {row.name}: {_shown(one, 0)} dari {full}{note}")
    if not result.instrument.has_total:
        return
    try:
        print(f"{result.instrument.rows[0].name}: {_shown(result.total, 0)}{_predicate(result, 0)}")
    except engine.EngineError as refusal:
        print(refusal)
    if not result.rows[packs.TOTAL].score.known[0]:
        worst, best = packs.bounds(result)
        if worst.known[0] and best.known[0]:
            print(f"Yang mungkin: {_number(worst[0])} sampai {_number(best[0])}")


def _print_units(result: packs.InstrumentResult, sheet: Sheet) -> None:
    for place, unit in enumerate(sheet.units):
        print(f"{unit}: {_shown(result.total, place)}{_predicate(result, place)}")


def _shown(one: packs.RowResult, position: int) -> str:
    return _number(one.score[position])


def _number(entry: float | engine.Status) -> str:
    return entry.words if isinstance(entry, engine.Status) else engine.format_id(entry, 2)


def _predicate(result: packs.InstrumentResult, position: int) -> str:
    if not result.instrument.scale:
        return ""
    label = result.predicate.label(position)
    return f", {label}" if label else ""


def _instruments(options: argparse.Namespace) -> int:
    checked: dict[str, list[bool]] = {}
    for one in examples():
        checked.setdefault(one.instrument, []).append(_holds(one))
    if options.id is None:
        for instrument in packs.instruments():
            held = checked.get(instrument.id, [])
            state = "lengkap" if instrument.is_complete else f"{len(instrument.unestablished)} bobot belum ditetapkan"
            print(f"{instrument}\n    {state}; contoh hitungan {sum(held)} dari {len(held)} cocok")
        return 0 if all(all(held) for held in checked.values()) else 1
    instrument = packs.instrument(options.id)
    print("\n".join(_lines(instrument)))
    held = checked.get(instrument.id, [])
    print(f"Contoh hitungan: {sum(held)} dari {len(held)} cocok")
    return 0 if all(held) else 1


def _holds(one: InstrumentExample) -> bool:
    try:
        result = one.result(packs.instrument(one.instrument))
        predicate = not one.predicate or result.predicate.labels == [one.predicate]
        return predicate and one.shown(result) == dict(one.gives)
    except engine.EngineError:
        return False


def _lines(instrument: packs.Instrument) -> Iterable[str]:
    yield f"{instrument.title} ({instrument.id})"
    citation = engine.regulations.resolve(instrument.cite)
    yield f"{citation.title}, {citation.place} [{citation.grade}: {citation.grade_words}]"
    yield f"Berlaku dari {instrument.valid_from}. {instrument.note}".strip()
    for row in instrument.rows:
        if row.code == packs.TOTAL:
            continue
        depth = sum(1 for above in instrument.above(row.code) if above.code != packs.TOTAL)
        weight = "bobot belum ditetapkan" if row.needs_weight and row.weight is None else f"bobot {row.weight}"
        weight = "" if row.weight is None and not row.needs_weight else f" [{weight}]"
        known = instrument.answer_set(row)
        given = f" {'/'.join(known.values)}" if known else ""
        reach = f" {plain_id(row.low)}–{plain_id(row.top)}" if row.low is not None and row.top is not None else ""
        yield f"{'  ' * depth}{row.code} {row.name}{weight}{reach}{given}: {ROW_WORDS[row.operator]}"
    for option in instrument.options.values():
        choices = ", ".join(f"{choice.code} ({choice.name})" for choice in option.choices.values())
        yield f"Pilihan {option.name}, {option.title}: {choices}; bawaan {option.default}"


def _whatif(options: argparse.Namespace) -> int:
    result, sheet = _result(options)
    unit = sheet.units[0] if options.unit is None else options.unit
    if unit not in sheet.units:
        raise UnusableError(f"{options.file}: unit “{unit}” tidak ada.")
    position = sheet.units.index(unit)
    efforts = _efforts(result.instrument, options.effort) if options.effort else {}
    targets = {code: value for code, value in efforts if value is not None}
    found = packs.improvements(result, position)
    found += [one for one in packs.improvements(result, position, targets=targets) if one.row.code in targets]
    changes = [
        whatif.Change(one.place, one.row.code, one.value, one.label, _effort_of(efforts, one)) for one in _once(found)
    ]
    score, answers = packs.scorer(result, position), packs.sheet_of(result, position)
    try:
        now = whatif.total_of(score, answers)
        print(f"Sekarang {engine.format_id(now, 2)} (jawaban yang kosong dihitung serendah-rendahnya)")
        for gain in whatif.gains(score, answers, changes):
            per = "" if gain.per_effort is None else f"; {plain_id(gain.per_effort, 4)} per usaha"
            print(f"+{engine.format_id(gain.points, 2)}  {_told(result.instrument, gain.change)}{per}")
        if options.budget is not None:
            _print_plan(result.instrument, whatif.best_within(score, answers, changes, options.budget))
    except ValueError as refusal:
        raise UnusableError(str(refusal)) from None
    return 0


def _once(found: Sequence[packs.Improvement]) -> list[packs.Improvement]:
    return list({(one.place, one.value): one for one in found}.values())


def _efforts(instrument: packs.Instrument, path: Path) -> dict[tuple[str, float | None], float]:
    found: dict[tuple[str, float | None], float] = {}
    rows = table_rows(path, read_text(path, read_bytes(path)), ("kode", "usaha", "nilai"), ("kode", "usaha"))
    for number, row in rows:
        code = str(row.get("kode") or "").strip()
        effort, value = entry_of(row.get("usaha"), "usaha"), _entry(instrument, code, row.get("nilai"), "jawaban")
        if not isinstance(effort, float):
            raise UnusableError(f"{path.name}, baris {number}: usaha kosong.")
        found[code, value if isinstance(value, float) else None] = effort
    return found


def _effort_of(efforts: dict[tuple[str, float | None], float], one: packs.Improvement) -> float | None:
    """The effort of that very answer; one entered without an answer stands for full marks."""
    exact = efforts.get((one.row.code, one.value))
    at_top = one.row.top is not None and one.value == one.row.top
    return efforts.get((one.row.code, None)) if exact is None and at_top else exact


def _told(instrument: packs.Instrument, change: whatif.Change) -> str:
    value = change.label or plain_id(change.value)
    return f"{change.code} {instrument.row(change.code).name} menjadi {value}"


def _print_plan(instrument: packs.Instrument, plan: whatif.Plan) -> None:
    proof = "tidak ada pilihan lain yang lebih baik" if plan.proven else "pilihan terbaik yang ditemukan"
    print(f"Dengan usaha {plain_id(plan.effort)}: {engine.format_id(plan.after, 2)} ({proof})")
    for change in plan.changes:
        print(f"  {_told(instrument, change)}; usaha {plain_id(change.effort or 0.0)}")


def bundle_of(figures: Sequence[engine.Figure], meta: dict[str, Any], path: Path) -> dict[str, Any]:
    """The bundle of a scored sheet, with the file it came from."""
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    return engine.bundle.build(meta | {"berkas": path.name, "sha256": digest}, figures)
