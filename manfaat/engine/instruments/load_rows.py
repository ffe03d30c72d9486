"""The rows of an instrument file: each checked by file, line and name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from manfaat.engine.errors import EngineError
from manfaat.engine.instruments.model import (
    GROUP_OPERATORS,
    LEAF_OPERATORS,
    TOTAL,
    WHEN_MISSING,
    AnswerSet,
    Row,
    exact,
)
from manfaat.engine.operators.instrument import classes_of
from manfaat.engine.registry import Cite
from manfaat.engine.regulations import check_grade, check_keys

_TOTAL_KEYS = {
    "name", "operator", "weight", "factor", "decimals", "unit", "place", "grade", "children_complete",
    "weights_sum_note", "note",
}  # fmt: skip
_ROW_KEYS = _TOTAL_KEYS | {
    "code", "parent", "range", "lower_end", "answers", "classes", "multiplied_by", "when_missing",
    "when_missing_place", "assessor", "asks", "evidence",
}  # fmt: skip


class Source:
    """One file while it is read: where a fault stands, and how a place is cited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.name = f"{path.parent.name}/{path.name}"

    def refuse(self, code: str, fault: str, occurrence: int = 0) -> EngineError:
        """The refusal, with the line on which the code stands."""
        lines = [
            number
            for number, line in enumerate(self.text.splitlines(), start=1)
            if re.search(rf'\bcode\s*=\s*"{re.escape(code)}"', line)
        ]
        line = f", baris berkas {lines[min(occurrence, len(lines) - 1)]}" if lines else ""
        return EngineError(f"{self.name}{line}, {code}: {fault}")

    def cite(self, table: Mapping[str, Any], name: str, otherwise: Cite | None = None, key: str = "place") -> Cite:
        """The citation of a table: `place`, or `folder#place` for another regulation."""
        grade = str(table.get("grade", otherwise.grade if otherwise else ""))
        if grade:
            check_grade(self.path, name, grade)
        if key not in table:
            if otherwise is None:
                raise self.refuse(name, f"kunci “{key}” belum diisi: sebutkan tempatnya dalam peraturan.")
            return Cite(otherwise.regulation, otherwise.place, grade)
        folder, hash_sign, place = str(table[key]).rpartition("#")
        return Cite(folder if hash_sign else self.path.parent.name, place, grade)


def read_answer_set(source: Source, name: str, values: Mapping[str, Any]) -> AnswerSet:
    """A table of labels and values. Raises: EngineError by file and name."""
    for label, value in values.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or "|" in label or not label.strip():
            raise source.refuse(name, f"jawaban “{label}” tidak dapat dipakai: perlu label tanpa “|” dan angka.")
    if not values:
        raise source.refuse(name, "pilihan jawaban kosong.")
    return AnswerSet(name, {str(label): float(value) for label, value in values.items()})


def read_rows(
    source: Source, tables: list[dict[str, Any]], head: Mapping[str, Any], cite: Cite, answers: Mapping[str, AnswerSet]
) -> tuple[Row, ...]:
    """The row `total`, if there is one, then the rows in printed order: parents always before children.

    Raises: EngineError by file, line and name.
    """
    rounding = head.get("rounding", {})
    check_keys(source.path, "rounding", rounding, allowed=("lines", "total"), required=())
    with_total = head.get("total") is not False
    parents = {str(table.get("parent")) for table in tables if table.get("parent")}
    rows: dict[str, Row] = {}
    for table in tables:
        code = str(table.get("code", "tanpa code"))
        check_keys(source.path, code, table, allowed=_ROW_KEYS, required=("code", "name"))
        if code in rows or code == TOTAL:
            raise source.refuse(code, "kode ini ditulis dua kali.", occurrence=1)
        printed = {"parent": TOTAL if with_total else "", **table}
        if code not in parents:
            printed = {"decimals": rounding.get("lines"), **printed}
        row = _row(source, printed, cite, answers, is_group=code in parents)
        for key, target in (("parent", row.parent), ("multiplied_by", row.multiplied_by)):
            if target and target != TOTAL and target not in rows:
                raise source.refuse(code, f"{key} merujuk “{target}” yang tidak ada di atasnya.")
        if row.multiplied_by and not rows[row.multiplied_by].is_leaf:
            raise source.refuse(code, f"multiplied_by merujuk “{row.multiplied_by}” yang bukan baris yang dijawab.")
        rows[code] = row
    if with_total:
        total = head.get("total", {})
        check_keys(source.path, TOTAL, total, allowed=_TOTAL_KEYS, required=())
        printed = {"code": TOTAL, "name": "Nilai akhir", "parent": "", "decimals": rounding.get("total"), **total}
        rows = {TOTAL: _row(source, printed, cite, answers, is_group=True), **rows}
    return tuple(rows.values())


def _row(
    source: Source, table: Mapping[str, Any], cite: Cite, answers: Mapping[str, AnswerSet], *, is_group: bool
) -> Row:
    code = str(table["code"])
    operator = str(table.get("operator", "sum" if is_group else "line"))
    if operator not in (GROUP_OPERATORS if is_group else LEAF_OPERATORS):
        known = ", ".join(GROUP_OPERATORS if is_group else LEAF_OPERATORS)
        kind = "punya baris di bawahnya" if is_group else "dijawab sendiri"
        raise source.refuse(code, f"operator “{operator}” tidak dikenal untuk baris yang {kind}. Pakai {known}.")
    low, top = read_range(source, code, table, answers)
    row = Row(
        code=code,
        parent=str(table["parent"]),
        name=str(table["name"]),
        operator=operator,
        cite=source.cite(table, code, cite),
        weight=read_fraction(source, code, table.get("weight")),
        factor=read_fraction(source, code, table.get("factor")) or Fraction(1),
        low=low,
        top=top,
        lower_end=str(table.get("lower_end", "ignored")),
        answers=str(table.get("answers", "")),
        classes=_classes(source, code, table.get("classes", [])),
        multiplied_by=str(table.get("multiplied_by", "")),
        decimals=None if table.get("decimals") is None else int(table["decimals"]),
        when_missing=str(table.get("when_missing", "spread")),
        treatment_cite=_treatment(source, code, table),
        children_complete=bool(table.get("children_complete", True)),
        weights_sum_note=str(table.get("weights_sum_note", "")),
        unit=str(table.get("unit", "poin")),
        assessor=str(table.get("assessor", "")),
        asks=str(table.get("asks", "")),
        evidence=tuple(str(one) for one in table.get("evidence", [])),
        note=str(table.get("note", "")),
    )
    _check_row(source, row)
    return row


def read_fraction(source: Source, code: str, value: Any) -> Fraction | None:
    """An exact positive number, None for None. Raises: EngineError by file, line and name."""
    if value is None:
        return None
    try:
        return exact(value)
    except EngineError as fault:
        raise source.refuse(code, str(fault)) from None


def read_range(
    source: Source, code: str, table: Mapping[str, Any], answers: Mapping[str, AnswerSet]
) -> tuple[float | None, float | None]:
    """Lowest and highest value of an answer, None where there is none. Raises: EngineError by file, line and name."""
    name = table.get("answers")
    if name is not None and name not in answers:
        raise source.refuse(code, f"pilihan jawaban “{name}” tidak ada. Yang ada: {', '.join(answers) or 'tidak ada'}.")
    if "range" not in table:
        return (None, max(answers[name].values.values())) if name else (None, None)
    bounds = table["range"]
    if len(bounds) != 2 or not bounds[0] < bounds[1]:
        raise source.refuse(code, f"range {bounds} harus dua angka yang naik.")
    return float(bounds[0]), float(bounds[1])


def _classes(source: Source, code: str, classes: list[dict[str, Any]]) -> str:
    parts = []
    for one in classes:
        check_keys(source.path, code, one, allowed=("to", "below", "value"), required=())
        bound = f"<={one['to']}" if "to" in one else f"<{one['below']}" if "below" in one else "*"
        parts.append(f"{bound}:{one.get('value')}")
    text = "|".join(parts)
    try:
        return text if not text or classes_of(text) else ""
    except EngineError as fault:
        raise source.refuse(code, str(fault)) from None


def _treatment(source: Source, code: str, table: Mapping[str, Any]) -> Cite | None:
    rule = table.get("when_missing", "spread")
    if rule not in WHEN_MISSING:
        raise source.refuse(code, f"when_missing “{rule}” tidak dikenal. Yang dikenal: {', '.join(WHEN_MISSING)}.")
    if rule == "spread":
        return None
    if "when_missing_place" not in table:
        raise source.refuse(code, f"when_missing “{rule}” perlu rujukannya sendiri: isi when_missing_place.")
    return source.cite({"place": table["when_missing_place"]}, code)


def _check_row(source: Source, row: Row) -> None:
    if row.lower_end not in ("ignored", "subtracted"):
        raise source.refuse(row.code, f"lower_end “{row.lower_end}” tidak dikenal. Pakai ignored atau subtracted.")
    if row.operator == "line" and row.top is None:
        raise source.refuse(row.code, "baris line perlu range atau answers.")
    if row.operator == "classed" and not row.classes:
        raise source.refuse(row.code, "baris classed perlu classes.")
    if row.classes and row.operator != "classed":
        raise source.refuse(row.code, "classes hanya untuk baris classed.")
    if row.operator == "adjusted" and row.weight is None:
        raise source.refuse(row.code, "baris adjusted perlu weight: nilai penuhnya.")
    if row.multiplied_by and row.operator != "line":
        raise source.refuse(row.code, "multiplied_by hanya untuk baris line.")
