"""Writes `docs/regulations/`: one page per instrument and an index, from the packs alone. `--check`: only compare.

A page says what each row asks, weighs and rests on, in the words of the pack, so that a lawyer can read the law's own
article beside each row.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from manfaat.engine import regulations, scale_data  # noqa: E402
from manfaat.engine.instruments import TOTAL, Instrument, Row, instruments  # noqa: E402
from manfaat.engine.instruments.examples import InstrumentExample, examples  # noqa: E402
from manfaat.engine.instruments.rules import ROW_WORDS  # noqa: E402
from manfaat.engine.operators.instrument import classes_of  # noqa: E402
from manfaat.engine.rounding import plain_id  # noqa: E402
from manfaat.engine.worked import VERDICTS  # noqa: E402

FOLDER = ROOT / "docs" / "regulations"
MADE = "<!-- Dibuat dari berkas TOML oleh tools/regulation_pages.py; jangan disunting. -->"
GROUPS = {
    "perangkat_daerah": "perangkat daerah",
    "provinsi": "pemerintah provinsi",
    "kabkota": "pemerintah kabupaten/kota",
    "pemda": "pemerintah daerah",
    "kl": "kementerian/lembaga",
    "unit_layanan": "unit layanan",
    "unit_kerja": "unit kerja",
    "jabatan": "jabatan",
    "pegawai": "pegawai",
}
MISSING = {
    "spread": "",
    "carry_last_year": "bila kosong memakai nilai tahun terakhir",
    "exclude_and_rescale": "bila kosong dikeluarkan bersama bobotnya",
}


def pages() -> dict[str, str]:
    """File name -> content, for every instrument and the index."""
    known = examples()
    made = {
        f"{one.id}.md": "\n".join(page(one, [example for example in known if example.instrument == one.id])) + "\n"
        for one in instruments()
    }
    return {"README.md": "\n".join(index(known)) + "\n", **made}


def index(known: list[InstrumentExample]) -> Iterator[str]:
    """The list of instruments."""
    yield from (MADE, "", "# Instrumen", "", "Setiap instrumen adalah berkas data di `manfaat/regulations/`.", "")
    yield "| Instrumen | Untuk | Berlaku dari | Keadaan | Contoh hitungan |"
    yield "|---|---|---|---|---|"
    for one in instruments():
        count = sum(1 for example in known if example.instrument == one.id)
        name = f"[{cell(one.title)}]({one.id}.md)"
        yield f"| {name} | {GROUPS[one.group]} | {one.valid_from} | {state(one)} | {count} |"


def state(instrument: Instrument) -> str:
    """Complete, or how many weights are not established."""
    absent = len(instrument.unestablished)
    if absent:
        return f"{absent} bobot belum ditetapkan"
    return "lengkap" if instrument.status == "complete" else "sebagian"


def page(instrument: Instrument, known: list[InstrumentExample]) -> Iterator[str]:
    """One instrument."""
    yield from (MADE, "", f"# {instrument.title}", "", f"`{instrument.id}`, untuk {GROUPS[instrument.group]}.", "")
    until = f" sampai sebelum {instrument.valid_to}" if instrument.valid_to else ""
    yield f"- Sumber: {cited(instrument.cite)}"
    yield f"- Asal naskah: {regulations.regulations()[instrument.cite.regulation].source}"
    yield f"- Berlaku dari: {instrument.valid_from}{until}"
    yield f"- Keadaan: {state(instrument)}"
    if instrument.note:
        yield from ("", instrument.note)
    yield from rows(instrument)
    yield from answers(instrument)
    yield from options(instrument)
    yield from bands(instrument.scale)
    yield from criteria(instrument)
    yield from worked(known)
    yield from ("", "## Tingkat bukti", "")
    used = {row.cite.grade or place_grade(row) for row in instrument.rows}
    for grade, words in regulations.GRADES.items():
        if grade in used:
            yield f"- {grade}: {words}"


def place_grade(row: Row) -> str:
    """The evidence grade of the place a row cites."""
    return regulations.resolve(row.cite).grade


def cited(cite: object) -> str:
    """A citation in words."""
    found = regulations.resolve(cite)  # type: ignore[arg-type]
    return f"{found.title}, {found.place} [{found.grade}]"


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return " ".join(text.replace("|", "\\|").split())


def rows(instrument: Instrument) -> Iterator[str]:
    """The table of rows."""
    yield from ("", "## Baris", "", "| Kode | Nama | Bobot | Cara hitung | Jawaban | Keterangan | Rujukan |")
    yield "|---|---|---|---|---|---|---|"
    places: dict[str, int] = {}
    for row in instrument.rows:
        depth = (
            "" if row.code == TOTAL else "&emsp;" * sum(1 for one in instrument.above(row.code) if one.code != TOTAL)
        )
        notes = [row.asks, row.assessor and f"penilai: {row.assessor}", MISSING[row.when_missing], row.note]
        notes += [row.weights_sum_note, "" if row.children_complete else "daftar baris di bawahnya belum lengkap"]
        told = "; ".join(cell(note) for note in notes if note)
        place = places.setdefault(cited(row.cite), len(places) + 1)
        code = "" if row.code == TOTAL else row.code
        columns = [code, depth + cell(row.name), weight(row), way(row), given(instrument, row), told]
        yield f"| {' | '.join(columns)} | {place} |"
    yield from ("", "Rujukan:", "")
    yield from (f"{number}. {text}" for text, number in places.items())


def weight(row: Row) -> str:
    """The weight in words."""
    if row.weight is None:
        return "**belum ditetapkan**" if row.needs_weight else ""
    whole = row.weight.denominator == 1 or 10**6 % row.weight.denominator == 0
    return plain_id(float(row.weight)) if whole else f"{row.weight.numerator}/{row.weight.denominator}"


def way(row: Row) -> str:
    """How the row counts."""
    told = ROW_WORDS[row.operator]
    if row.factor != 1:
        told += f" × {plain_id(float(row.factor))}"
    if row.multiplied_by:
        told += f" × capaian {row.multiplied_by}"
    return told if row.decimals is None else f"{told}; dibulatkan {row.decimals} desimal"


def given(instrument: Instrument, row: Row) -> str:
    """What may be answered."""
    known = instrument.answer_set(row)
    reach = f"{plain_id(row.low)}–{plain_id(row.top)}" if row.low is not None and row.top is not None else ""
    pairs = [(label, plain_id(value)) for label, value in known.values.items()] if known else []
    named = ", ".join(label if label == value else f"{label} {value}" for label, value in pairs)
    steps = ""
    if row.classes:
        parts = [
            f"{'sampai' if included else 'di bawah'} {plain_id(upper)}: {plain_id(points)}"
            if upper != float("inf")
            else f"selebihnya: {plain_id(points)}"
            for upper, included, points in classes_of(row.classes)
        ]
        steps = "; ".join(parts)
    return cell("; ".join(part for part in (named, steps or reach) if part))


def answers(instrument: Instrument) -> Iterator[str]:
    """The named answer sets."""
    for one in instrument.answers.values():
        yield from ("", f"## Pilihan jawaban: {one.name}", "", "| Jawaban | Nilai |", "|---|---|")
        yield from (f"| {cell(label)} | {plain_id(value)} |" for label, value in one.values.items())


def options(instrument: Instrument) -> Iterator[str]:
    """The questions the sources answer in more than one way."""
    for option in instrument.options.values():
        yield from ("", f"## Pilihan: {option.title} (`{option.name}`)", "")
        for choice in option.choices.values():
            default = " (bawaan)" if choice.code == option.default else ""
            note = f" {choice.note}" if choice.note else ""
            yield f"- `{choice.code}`{default}: {choice.name}.{note}"


def bands(scale: str) -> Iterator[str]:
    """The predicates."""
    if scale:
        found = scale_data.bands(scale)
        yield from ("", f"## Predikat: {found.title}", "", "| Predikat | Nilai |", "|---|---|")
        yield from (f"| {cell(band.name)} | {band.words} |" for band in reversed(found.members))
        yield from ("", f"{found.note} Sumber: {cited(found.cite)}.".strip())


def criteria(instrument: Instrument) -> Iterator[str]:
    """What is looked at when a row is answered."""
    if instrument.criteria:
        yield from ("", f"## Kriteria ({len(instrument.criteria)})", "", "| Kode | Kriteria | Bukti |", "|---|---|---|")
        for one in instrument.criteria:
            yield f"| {one.code} | {cell(one.text)} | {cell(', '.join(one.evidence))} |"


def worked(known: list[InstrumentExample]) -> Iterator[str]:
    """The worked examples, each of which the tests compute."""
    yield from ("", "## Contoh hitungan", "", "| Contoh | Sumber | Hasil | Tercetak |", "|---|---|---|---|")
    for one in known:
        result = one.gives.get(TOTAL) or "; ".join(f"{code} {text}" for code, text in one.gives.items())
        printed = one.published.get(TOTAL) or "; ".join(f"{code} {text}" for code, text in one.published.items())
        verdict = f"{printed}: {VERDICTS[one.verdict]}" if one.verdict else ""
        why = f". {one.why}" if one.why and one.verdict else ""
        shown = f"{result}, {one.predicate}" if one.predicate else result
        yield f"| {one.id} | {cell(one.source)} | {cell(shown)} | {cell(verdict + why)} |"


def main() -> int:
    """Write the pages and remove those of packs that are gone, or with `--check` say which are stale."""
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in {*made, *there} if made.get(name) != there.get(name))
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/regulations/{name}: tidak sesuai datanya. Jalankan: python tools/regulation_pages.py")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in made:
            (FOLDER / name).write_text(made[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    print(f"{len(made)} halaman, {len(stale)} diperbarui.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
