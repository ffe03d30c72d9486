"""A budget file held against the records: what would be written, what is wrong, how the totals compare."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from manfaat.apps.budgets.actions import NewEntry
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.budgets.queries import STAGES, TotalKey, files_behind, totals_of
from manfaat.apps.core.formats import month_id, rupiah
from manfaat.apps.imports.books import AgencyBook, closed_periods, first_closed
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.organisations.models import Period
from manfaat.readers.budget import BudgetReading
from manfaat.readers.problems import Problems

Kind, Stage = BudgetEntry.Kind, BudgetEntry.Stage
STAGE_WORDS = (
    ("perubahan", Stage.REVISED),
    ("geser", Stage.SHIFT),
    ("murni", Stage.ORIGINAL),
    ("induk", Stage.ORIGINAL),
)
Place = tuple[int | None, str, str, str, str]
SPENDING = ("5", "")
CODE_LIMIT = 20


@dataclass
class BudgetFile:
    """A budget reading with the agencies it may name; `new_agencies`: code -> name of those to be opened first."""

    batch: ImportBatch
    reading: BudgetReading
    book: AgencyBook
    new_agencies: dict[str, str] = field(default_factory=dict)
    made: tuple[Mapping[str, int | None], list[NewEntry]] | None = None

    def entries(self, ids: Mapping[str, int | None]) -> list[NewEntry]:
        """What to record, given the primary key of each agency code; rows of one place are added up."""
        if self.made is not None and self.made[0] == ids:
            return self.made[1]
        collect = _Collector(self.batch, self.reading)
        rows = self.reading.rows
        for at in range(len(rows)):
            if rows.is_subtotal[at]:
                continue
            code = rows.unit_code[at] if rows.unit_code[at] in ids else rows.agency_code[at]
            if code in ids:
                collect.add(at, ids[code])
        self.made = ids, collect.entries()
        return self.made[1]

    def code_names(self) -> dict[str, str]:
        """Code -> name as the file gives them, for programmes, activities, sub-activities and accounts."""
        rows, names = self.reading.rows, {}
        for codes, titles in (
            (rows.programme_code, rows.programme_name),
            (rows.activity_code, rows.activity_name),
            (rows.sub_activity_code, rows.sub_activity_name),
            (rows.account_code, rows.account_name),
        ):
            names.update({code: title for code, title in zip(codes, titles, strict=True) if code and title})
        return names


def check_budget(file: BudgetFile) -> dict[str, Any]:
    """Add to the reading's problems what only the records can tell, and return the summary for the preview."""
    batch, found = file.batch, file.reading.found
    _check_agencies(file)
    _check_lengths(file)
    placeholders = {code: -number for number, code in enumerate(file.new_agencies, start=1)}
    entries = file.entries({**file.book.ids, **placeholders})
    _check_months(file, found)
    before = totals_of(batch.government, batch.year)
    ours: Counter[TotalKey] = Counter()
    rows: Counter[tuple[str, str, int | None, str]] = Counter()
    for e in entries:
        ours[e.kind, e.stage, e.month, e.agency_id, e.account_code[:1]] += e.amount_rp
        rows[e.kind, e.stage, e.month, e.account_code[:1]] += 1
    _check_closed(batch, rows, found)
    _check_falls(file, ours, before)
    behind = files_behind(batch.government, batch.year)
    scopes = {(kind, stage, month) for kind, stage, month, _group in rows}
    replaced = {name: count for scope in scopes for name, count in behind.get(scope, [])}
    return {
        "entries": len(entries),
        "agencies": len({e.agency_id for e in entries}),
        "totals": _totals(rows, ours, before),
        "replaces": [{"name": name, "rows": count} for name, count in replaced.items()],
        "absent": _absent(file, scopes, ours, before),
        "new_agencies": [[code, name] for code, name in file.new_agencies.items()],
        "subtotals": sum(file.reading.rows.is_subtotal),
        "realised_missing": file.reading.totals.realised_missing,
    }


class _Collector:
    """Adds up the amounts of one place.

    What a file prints again in the rows of several months (a ceiling, the cash plan) or of several stages (the
    realisation) counts once: as of the latest month or stage.
    """

    def __init__(self, batch: ImportBatch, reading: BudgetReading) -> None:
        self.year, self.rows, self.sheet = batch.year, reading.rows, reading.sheet
        self.stage = str(batch.mapping.get("options", {}).get("stage") or Stage.ORIGINAL)
        self._held: dict[tuple[str, str, int | None, Place], tuple[int, int, int]] = {}

    def add(self, at: int, agency_id: int | None) -> None:
        rows = self.rows
        node = rows.programme_code[at], rows.activity_code[at], rows.sub_activity_code[at]
        place = (agency_id, *node, rows.account_code[at])
        number, month, realised = rows.number[at], rows.month[at], rows.realised_rp[at]
        ceiling, original, plan = rows.ceiling_rp[at], rows.ceiling_original_rp[at], rows.cash_plan_rp[at]
        stage = stage_of(rows.ceiling_stage[at]) or self.stage
        if ceiling is not None:
            self._add((Kind.CEILING, stage, None, place), ceiling, number, month or 0)
        if original is not None and stage != Stage.ORIGINAL:
            self._add((Kind.CEILING, Stage.ORIGINAL, None, place), original, number, month or 0)
        if realised is not None and month is not None:
            self._add((Kind.REALISATION, "", month, place), realised, number, STAGES.index(Stage(stage)))
        for index, amount in enumerate(plan or (), start=1):
            if amount is not None:
                self._add((Kind.CASH_PLAN, "", index, place), amount, number, month or 0)

    def entries(self) -> list[NewEntry]:
        return [
            NewEntry(place[0], self.year, kind, amount, stage, month, *place[1:], self.sheet, row)
            for (kind, stage, month, place), (amount, row, _rank) in self._held.items()
        ]

    def _add(self, key: tuple[str, str, int | None, Place], amount: int, row: int, rank: int) -> None:
        """A higher rank replaces what is held, an equal one adds to it."""
        held = self._held.get(key)
        if held is None or held[2] < rank:
            self._held[key] = amount, row, rank
        elif held[2] == rank:
            self._held[key] = held[0] + amount, held[1], rank


@cache
def stage_of(text: str) -> str:
    """The stage of the budget that a text names; empty where it names none."""
    words = text.casefold()
    return next((stage for word, stage in STAGE_WORDS if word in words), "")


def _check_agencies(file: BudgetFile) -> None:
    rows, found = file.reading.rows, file.reading.found
    told = {problem.row for problem in found.kept if problem.code == "unknown_code"}
    for at, (code, name) in enumerate(zip(rows.agency_code, rows.agency_name, strict=True)):
        if not code and name and not rows.unit_code[at] and rows.number[at] not in told:
            near = file.book.nearest(name)
            hint = _(" Mungkin maksudnya %(near)s.") % {"near": near} if near else ""
            found.add(
                "error",
                "unknown_agency",
                _("Perangkat daerah “%(name)s” tidak dikenal.") % {"name": name},
                _("Isi kodenya, atau daftarkan dulu perangkat daerah itu.") + hint,
                row=rows.number[at],
                value=name,
            )
    for code, name in file.new_agencies.items():
        if not name:
            found.add(
                "error",
                "agency_without_name",
                _("Perangkat daerah baru %(code)s tidak punya nama di berkas ini.") % {"code": code},
                _("Petakan kolom nama perangkat daerah, atau daftarkan dulu di menu Perangkat daerah."),
                value=code,
            )


def _check_lengths(file: BudgetFile) -> None:
    rows, found = file.reading.rows, file.reading.found
    for codes in (rows.programme_code, rows.activity_code, rows.sub_activity_code, rows.account_code):
        long = {code for code in set(codes) if len(code) > CODE_LIMIT}
        for at in [at for at, code in enumerate(codes) if code in long] if long else ():
            found.add(
                "error",
                "long_code",
                _("Kode lebih dari %(limit)s huruf.") % {"limit": CODE_LIMIT},
                _("Periksa apakah kolom kode berisi nama."),
                row=rows.number[at],
                value=codes[at],
            )
    strange = {text for text in set(rows.ceiling_stage) if text and not stage_of(text)}
    for at in [at for at, text in enumerate(rows.ceiling_stage) if text in strange] if strange else ():
        found.add(
            "error",
            "wrong_stage",
            _("Tahapan anggaran tidak dikenal."),
            _("Tulis murni, pergeseran, atau perubahan."),
            row=rows.number[at],
            value=rows.ceiling_stage[at],
        )


def _check_months(file: BudgetFile, found: Problems) -> None:
    rows = file.reading.rows
    without = sum(
        month is None and realised is not None for month, realised in zip(rows.month, rows.realised_rp, strict=True)
    )
    if without:
        found.add(
            "error",
            "no_month",
            _("%(count)s baris punya realisasi, tetapi bulannya tidak diketahui.") % {"count": without},
            _("Unggah lagi dengan memilih bulan, atau petakan kolom bulan."),
        )


def _check_closed(batch: ImportBatch, rows: Counter[tuple[str, str, int | None, str]], found: Problems) -> None:
    closed = closed_periods(batch.government, batch.year)
    months = sorted({month for kind, _stage, month, _group in rows if month is not None and kind != Kind.CEILING})
    shut = first_closed(closed, Period.Kind.MONTH, months)
    year_shut = first_closed(closed, Period.Kind.YEAR, [1] if rows else [])
    if shut is not None or year_shut is not None:
        what = str(batch.year) if year_shut is not None else f"{month_id(shut)} {batch.year}"
        found.add(
            "error",
            "period_closed",
            _("Periode %(period)s sudah ditutup.") % {"period": what},
            _("Minta Bagian Organisasi membukanya lagi di menu Periode, atau pilih bulan lain."),
        )


def _check_falls(file: BudgetFile, ours: Mapping[TotalKey, int], before: Mapping[TotalKey, int]) -> None:
    """Warn where the cumulative spending of an agency is below that of the month recorded before."""
    names = {pk: file.book.names[code] for code, pk in file.book.ids.items()}
    recorded = sorted({key[2] for key in before if key[0] == Kind.REALISATION and key[2]})
    spent: defaultdict[tuple[int, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for (kind, _stage, month, agency, group), amount in ours.items():
        if kind == Kind.REALISATION and month and group in SPENDING:
            earlier = max((m for m in recorded if m < month), default=None)
            spent[month, agency][0] += amount
            spent[month, agency][1] += before.get((kind, "", earlier, agency, group), 0)
    for (month, agency), (now, then) in spent.items():
        if now < then:
            file.reading.found.add(
                "warning",
                "cumulative_falls",
                _("Belanja kumulatif %(agency)s turun dari %(then)s menjadi %(now)s pada %(month)s.")
                % {
                    "agency": names.get(agency, "?"),
                    "then": rupiah(then),
                    "now": rupiah(now),
                    "month": month_id(month),
                },
                _("Periksa apakah angkanya kumulatif sejak Januari, bukan bulan itu saja."),
            )


def _totals(
    rows: Counter[tuple[str, str, int | None, str]], ours: Mapping[TotalKey, int], before: Mapping[TotalKey, int]
) -> list[dict[str, Any]]:
    """One line per kind, stage, month and account group, held against the records; cash plan of all months together."""
    recorded = sorted({key[2] for key in before if key[0] == Kind.REALISATION and key[2]})
    lines: dict[tuple[str, str, int | None, str], dict[str, Any]] = {}
    for (kind, stage, month, group), count in sorted(rows.items(), key=lambda item: str(item[0])):
        key = (kind, stage, None if kind == Kind.CASH_PLAN else month, group)
        line = lines.setdefault(key, {"rows": 0, "total_rp": 0, "before_rp": None, "before_month": None})
        line["rows"] += count
        line["total_rp"] += _sum(ours, kind, stage, month, group)
        earlier = max((m for m in recorded if month and m < month), default=None) if kind == Kind.REALISATION else month
        if kind != Kind.REALISATION or earlier is not None:
            known = [
                amount for k, amount in before.items() if (k[0], k[1], k[2], k[4]) == (kind, stage, earlier, group)
            ]
            if known:
                line["before_rp"] = (line["before_rp"] or 0) + sum(known)
                line["before_month"] = earlier if kind == Kind.REALISATION else None
    return [
        {"kind": kind, "stage": stage, "month": month, "group": group, **line}
        for (kind, stage, month, group), line in lines.items()
    ]


def _sum(totals: Mapping[TotalKey, int], kind: str, stage: str, month: int | None, group: str) -> int:
    return sum(amount for k, amount in totals.items() if (k[0], k[1], k[2], k[4]) == (kind, stage, month, group))


def _absent(
    file: BudgetFile,
    scopes: set[tuple[str, str, int | None]],
    ours: Mapping[TotalKey, int],
    before: Mapping[TotalKey, int],
) -> list[str]:
    """Names of agencies with figures in the same places of the records that the file does not mention."""
    here = {key[3] for key in ours}
    gone = {key[3] for key in before if (key[0], key[1], key[2]) in scopes} - here
    names = {pk: file.book.names[code] for code, pk in file.book.ids.items()}
    return sorted(names[pk] for pk in gone if pk in names)
