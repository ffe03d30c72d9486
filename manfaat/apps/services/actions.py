"""Writing down what users answered, taking a file back, and how many people were served."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.bulk import insert_rows
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import check_periods_open
from manfaat.apps.services.models import ELEMENTS, Response, Served, ServiceUnit, Tally
from manfaat.apps.services.queries import counted, counting

COLUMNS = (
    "unit_id", "year", "month", *ELEMENTS, "answered", "total", "sex", "age", "education", "job", "source_file_id",
    "row", "is_current",
)  # fmt: skip
UnitMonth = tuple[int, int, int]
PEOPLE_LIMIT = 100_000_000


@dataclass(frozen=True, slots=True)
class NewResponse:
    """One respondent; `answers` are nine, 1 to 4 each or None; particulars are codes of `Response` or empty."""

    unit_id: int
    year: int
    month: int
    answers: Sequence[int | None]
    sex: str
    age: str
    education: str
    job: str
    row: int


def open_units(government: Government, names: Iterable[str], *, by: User | None) -> int:
    """Open service units by name; those there already stay. Needs `IMPORT_DATA`. Recorded: one event if any is new."""
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=government.pk)
    with transaction.atomic():
        there = set(ServiceUnit.objects.filter(government=government).values_list("name", flat=True))
        new = [name for name in dict.fromkeys(names) if name not in there]
        ServiceUnit.objects.bulk_create([ServiceUnit(government=government, name=name) for name in new])
        if new:
            record_event(
                by=by,
                verb="open_units",
                subject=government,
                summary=f"{len(new)} unit layanan dibuka.",
                government_id=government.pk,
                detail={"names": new},
            )
    return len(new)


def record_responses(
    source_file: SourceFile,
    responses: Iterable[NewResponse],
    months: set[UnitMonth],
    *,
    replaces: bool,
    by: User | None,
) -> dict[str, int]:
    """Write the answers of a file, which belong to `months` (unit, year, month). Needs `IMPORT_DATA`.

    `replaces`: the answers that other files gave for the same unit and month no longer count; they are kept and come
    back when this file is undone. Otherwise the answers are added to them. Recorded: one event. The caller has checked
    that the units belong to the file's government.
    """
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        superseded = 0
        if replaces:
            for unit, year, month in sorted(months):
                held = Response.objects.filter(unit_id=unit, year=year, month=month, is_current=True)
                superseded += held.update(is_current=False, superseded_by=source_file)
        written = insert_rows(Response, COLUMNS, (_row(source_file, one) for one in responses))
        _count_again(months)
        record_event(
            by=by,
            verb="record_responses",
            subject=source_file,
            summary=f"{written} jawaban survei dicatat dari berkas “{source_file.name[:200]}”.",
            government_id=source_file.government_id,
            detail={"written": written, "superseded": superseded},
        )
    return {"responses": written, "superseded": superseded}


def retract_responses(source_file: SourceFile, *, by: User) -> int:
    """Take back the answers of a file and let those it replaced count again. Needs `IMPORT_DATA`.

    Units without any answer left are removed, and what was said of the people they served. Recorded: one event.
    Refused while a newer file has replaced some of them, and where their month is closed. Returns how many were
    removed.
    """
    check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        own = Response.objects.filter(source_file=source_file)
        newer = own.filter(superseded_by__isnull=False).select_related("superseded_by").first()
        if newer is not None and newer.superseded_by is not None:
            raise Refused(
                _("Jawaban berkas ini sudah digantikan berkas “%(name)s”. Batalkan berkas itu dulu, lalu yang ini.")
                % {"name": newer.superseded_by.name}
            )
        months = _months_of(own) | _months_of(Response.objects.filter(superseded_by=source_file))
        check_periods_open(source_file.government_id, [(year, Period.Kind.MONTH, month) for _, year, month in months])
        removed, _by_model = own.delete()
        back = Response.objects.filter(superseded_by=source_file).update(is_current=True, superseded_by=None)
        _count_again(months)
        empty = ServiceUnit.objects.filter(pk__in={unit for unit, _year, _month in months}, responses=None)
        Served.objects.filter(unit__in=empty).delete()
        empty.delete()
        record_event(
            by=by,
            verb="retract_responses",
            subject=source_file,
            summary=f"{removed} jawaban survei dari berkas “{source_file.name[:200]}” ditarik kembali.",
            government_id=source_file.government_id,
            detail={"removed": removed, "restored": back},
        )
    return removed


def set_served(unit: ServiceUnit, *, kind: str, year: int, number: int, people: int, by: User) -> Served:
    """Say how many people a unit served in a period. Whoever holds `IMPORT_DATA` may.

    Recorded: one event; nothing when the number is the same. Refused: no people at all, more than there can be.
    """
    check_may(by, Right.IMPORT_DATA, government_id=unit.government_id)
    if not 0 < people <= PEOPLE_LIMIT:
        raise Refused(_("Jumlah dilayani harus lebih dari nol. Kosongkan bila belum diketahui."))
    with transaction.atomic():
        held = Served.objects.filter(unit=unit, kind=kind, year=year, number=number).first()
        if held is not None and held.people == people:
            return held
        before = held.people if held else None
        served, _new = Served.objects.update_or_create(
            unit=unit, kind=kind, year=year, number=number, defaults={"people": people, "entered_by": by}
        )
        record_event(
            by=by,
            verb="set_served",
            subject=unit,
            summary=f"Jumlah dilayani “{unit.name}” diisi.",
            government_id=unit.government_id,
            detail={"kind": kind, "year": year, "number": number, "before": before, "after": people},
        )
    return served


def _row(source_file: SourceFile, one: NewResponse) -> tuple[object, ...]:
    given = [answer for answer in one.answers if answer is not None]
    return (
        one.unit_id, one.year, one.month, *one.answers, len(given), sum(given), one.sex, one.age, one.education,
        one.job, source_file.pk, one.row, True,
    )  # fmt: skip


def _months_of(responses: QuerySet[Response]) -> set[UnitMonth]:
    return set(responses.order_by().values_list("unit_id", "year", "month").distinct())


def _count_again(months: set[UnitMonth]) -> None:
    """The tallies of the years of these units, made anew from the answers that count."""
    years: defaultdict[int, set[int]] = defaultdict(set)
    for unit, year, _month in months:
        years[unit].add(year)
    for unit in sorted(years):
        Tally.objects.filter(unit_id=unit, year__in=years[unit]).delete()
        Tally.objects.bulk_create(_tallies(unit, years[unit]))


def _tallies(unit: int, years: set[int]) -> Iterator[Tally]:
    held = Response.objects.filter(unit_id=unit, year__in=years, is_current=True).order_by()
    for row in held.values("year", "month").annotate(**counting()):
        yield Tally(unit_id=unit, **counted(dict(row)))
