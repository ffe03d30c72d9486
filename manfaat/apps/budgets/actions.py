"""Recording money from a file, and taking it back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.bulk import chunks, insert_rows
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import check_periods_open

COLUMNS = (
    "government_id", "agency_id", "year", "kind", "stage", "month", "programme_code", "activity_code",
    "sub_activity_code", "account_code", "amount_rp", "source_file_id", "sheet", "row", "is_current",
)  # fmt: skip

Scope = tuple[int, str, str, int | None]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One amount to record; fields as in `BudgetEntry`, `agency_id` empty for the government as a whole.

    Never the sum of other entries: where a file prints account 5 above 5.1 and 5.2, only the latter two are recorded.
    """

    agency_id: int | None
    year: int
    kind: str
    amount_rp: int
    stage: str = ""
    month: int | None = None
    programme_code: str = ""
    activity_code: str = ""
    sub_activity_code: str = ""
    account_code: str = ""
    sheet: str = ""
    row: int | None = None

    @property
    def scope(self) -> Scope:
        """Year, kind, stage and month: what a newer file supersedes together."""
        return self.year, self.kind, self.stage, self.month


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many rows were written and how many older ones they superseded."""

    written: int
    superseded: int


def record_entries(
    source_file: SourceFile, entries: Sequence[NewEntry], *, by: User | None, whole_government: bool = False
) -> Recorded:
    """Write the money of a file. Whoever holds `IMPORT_DATA` may.

    Current rows of the same year, kind, stage, month and agency are superseded, not deleted; with `whole_government`
    those of agencies that the file does not mention too. Recorded: one event. Refused: a file recorded before.
    """
    government_id = source_file.government_id
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=government_id)
        if BudgetEntry.objects.filter(source_file=source_file).exists():
            raise Refused(_("Berkas ini sudah pernah diterapkan. Batalkan dulu sebelum menerapkannya lagi."))
        superseded = _supersede(source_file, entries, whole_government=whole_government)
        written = insert_rows(BudgetEntry, COLUMNS, _tuples(source_file, entries))
        record_event(
            by=by,
            verb="record_entries",
            subject=source_file,
            summary=f"{written} baris anggaran dicatat dari berkas “{source_file.name[:200]}”.",
            government_id=government_id,
            detail={"written": written, "superseded": superseded, "sha256": source_file.sha256},
        )
    return Recorded(written, superseded)


def retract_entries(source_file: SourceFile, *, by: User) -> Recorded:
    """Take back the money of a file and make what it superseded current again. Whoever holds `IMPORT_DATA` may.

    Recorded: one event. Refused while a newer file has superseded rows of this one: that file comes first; and where
    a period of what it wrote or superseded is closed.
    """
    check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        newer = (
            SourceFile.objects.filter(superseded_budget_entries__source_file=source_file)
            .order_by("-uploaded_at")
            .first()
        )
        if newer is not None:
            raise Refused(
                _("Angka berkas ini sudah digantikan berkas “%(name)s”. Batalkan berkas itu dulu, lalu yang ini.")
                % {"name": newer.name}
            )
        _check_open(source_file)
        removed, _by_model = BudgetEntry.objects.filter(source_file=source_file).delete()
        restored = BudgetEntry.objects.filter(superseded_by=source_file).update(is_current=True, superseded_by=None)
        record_event(
            by=by,
            verb="retract_entries",
            subject=source_file,
            summary=f"{removed} baris anggaran dari berkas “{source_file.name[:200]}” ditarik kembali.",
            government_id=source_file.government_id,
            detail={"removed": removed, "restored": restored},
        )
    return Recorded(removed, restored)


def record_code_names(government: Government, names: Mapping[str, str], *, by: User | None) -> int:
    """Give codes the names that a file has for them; newer names replace older ones. Needs `IMPORT_DATA`.

    Recorded: one event. Returns how many names were new.
    """
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=government.pk)
    known = dict(CodeName.objects.filter(government=government).values_list("code", "name"))
    changed = {code: name[:500] for code, name in names.items() if code and name and known.get(code) != name[:500]}
    if not changed:
        return 0
    with transaction.atomic():
        renamed = {code: name for code, name in changed.items() if code in known}
        for part in chunks(list(renamed)):
            rows = list(CodeName.objects.filter(government=government, code__in=part))
            for row in rows:
                row.name = renamed[row.code]
            CodeName.objects.bulk_update(rows, ["name"])
        new = ((government.pk, code, name) for code, name in changed.items() if code not in known)
        insert_rows(CodeName, ("government_id", "code", "name"), new)
        record_event(
            by=by,
            verb="record_code_names",
            subject=government,
            summary=f"Nama {len(changed)} kode program, kegiatan, dan rekening dicatat.",
            government_id=government.pk,
        )
    return len(changed)


def _supersede(source_file: SourceFile, entries: Iterable[NewEntry], *, whole_government: bool) -> int:
    agencies: defaultdict[Scope, set[int | None]] = defaultdict(set)
    for entry in entries:
        agencies[entry.scope].add(entry.agency_id)
    superseded = 0
    for (year, kind, stage, month), ids in agencies.items():
        rows = BudgetEntry.objects.filter(
            government_id=source_file.government_id, year=year, kind=kind, stage=stage, month=month, is_current=True
        )
        if not whole_government:
            named = Q(agency_id__in=ids - {None})
            rows = rows.filter(named | Q(agency=None) if None in ids else named)
        superseded += rows.update(is_current=False, superseded_by=source_file)
    return superseded


def _check_open(source_file: SourceFile) -> None:
    touched = BudgetEntry.objects.filter(Q(source_file=source_file) | Q(superseded_by=source_file)).order_by()
    check_periods_open(
        source_file.government_id,
        [
            (year, Period.Kind.YEAR, 1) if month is None else (year, Period.Kind.MONTH, month)
            for year, month in touched.values_list("year", "month").distinct()
        ],
    )


def _tuples(source_file: SourceFile, entries: Iterable[NewEntry]) -> Iterable[tuple[object, ...]]:
    government_id, file_id = source_file.government_id, source_file.pk
    for e in entries:
        yield (
            government_id, e.agency_id, e.year, e.kind, e.stage, e.month, e.programme_code, e.activity_code,
            e.sub_activity_code, e.account_code, e.amount_rp, file_id, e.sheet, e.row, True,
        )  # fmt: skip
