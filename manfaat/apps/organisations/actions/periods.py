"""Opening, closing and reopening the periods in which figures are reported."""

from django.db import transaction
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import log_words, record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.formats import period_label
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import MONTHS_IN_QUARTER

FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBERS = {Period.Kind.YEAR: 1, Period.Kind.QUARTER: 4, Period.Kind.MONTH: 12}


@transaction.atomic
def open_periods(government: Government, year: int, *, by: User | None) -> list[Period]:
    """The year, its four quarters and twelve months, made once; asked twice, nothing more happens.

    Needs `SET_PERIODS` (`by` None is the shell). Recorded when something was made. Refused: a year out of range.
    """
    _check_setter(by, government)
    wanted = [(kind, number) for kind, count in NUMBERS.items() for number in range(1, count + 1)]
    before = Period.objects.filter(government=government, year=year).count()
    periods = [ensure_period(government, year, kind, number) for kind, number in wanted]
    if before < len(periods):
        record_event(
            by=by,
            verb="open_periods",
            subject=government,
            summary=f"Membuka periode tahun {year}.",
            government_id=government.pk,
            detail={"year": year},
        )
    return periods


def ensure_period(government: Government, year: int, kind: str, number: int = 1) -> Period:
    """The period, made when it is missing; for imports, which check the rights and record the event.

    A period that is made inside a closed year is born closed. Refused: a year, kind or number out of range.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR or kind not in NUMBERS or not 1 <= number <= NUMBERS[Period.Kind(kind)]:
        raise Refused(
            _("Periode %(kind)s %(number)s tahun %(year)s tidak ada. Periksa tahun dan bulannya.")
            % {"kind": kind, "number": number, "year": year}
        )
    closed_year = Period.objects.filter(
        government=government, year=year, kind=Period.Kind.YEAR, state=Period.State.CLOSED
    )
    period = Period.objects.filter(government=government, year=year, kind=kind, number=number).first()
    if period is not None:
        return period
    state = Period.State.CLOSED if closed_year.exists() else Period.State.OPEN
    return Period.objects.get_or_create(
        government=government, year=year, kind=kind, number=number, defaults={"state": state}
    )[0]


@transaction.atomic
def close_period(period: Period, *, by: User | None) -> None:
    """Close a period and those inside it, so that nothing is written there any more; twice is as good as once.

    Needs `SET_PERIODS`. Recorded with the periods that were open.
    """
    _check_setter(by, period.government)
    inside = Period.objects.select_for_update(no_key=True).filter(
        government_id=period.government_id, year=period.year, state=Period.State.OPEN
    )
    closing = [one for one in inside if _contains(period, one)]
    if not closing:
        return
    Period.objects.filter(pk__in=[one.pk for one in closing]).update(state=Period.State.CLOSED)
    record_event(
        by=by,
        verb="close_period",
        subject=period,
        summary=f"Menutup {_name(period)}.",
        government_id=period.government_id,
        detail={"closed": [_name(one) for one in closing]},
    )


@transaction.atomic
def reopen_period(period: Period, *, reason: str, by: User | None) -> None:
    """Open a closed period again, that one alone, for a reason that is kept; twice is as good as once.

    Needs `SET_PERIODS`. Refused: no reason.
    """
    _check_setter(by, period.government)
    kept = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    if kept.state == Period.State.OPEN:
        return
    if not reason.strip():
        raise Refused(
            _("Tulis alasan mengapa %(period)s dibuka kembali.")
            % {"period": period_label(period.kind, period.year, period.number)}
        )
    kept.state = Period.State.OPEN
    kept.save()
    record_event(
        by=by,
        verb="reopen_period",
        subject=period,
        summary=f"Membuka kembali {_name(period)}: {reason.strip()}",
        government_id=period.government_id,
        detail={"reason": reason.strip()},
    )


def _check_setter(by: User | None, government: Government) -> None:
    if by is not None:
        check_may(by, Right.SET_PERIODS, government_id=government.pk)


def _contains(outer: Period, inner: Period) -> bool:
    if outer.kind == Period.Kind.YEAR or outer.pk == inner.pk:
        return True
    quarter = -(-inner.number // MONTHS_IN_QUARTER)
    return outer.kind == Period.Kind.QUARTER and inner.kind == Period.Kind.MONTH and quarter == outer.number


def _name(period: Period) -> str:
    return log_words(period_label, period.kind, period.year, period.number)
