"""Writing down what indicators reached: all of a file, one by one, and the check by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.bulk import chunks, insert_rows
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.fields import as_kept
from manfaat.apps.core.models import SourceFile
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import check_period_open, check_periods_open
from manfaat.apps.plans.models import Indicator

COLUMNS = (
    "public_id", "indicator_id", "period_id", "value", "text", "status", "reason", "state", "source_file_id", "sheet",
    "row", "entered_by_id", "entered_at", "is_current",
)  # fmt: skip

Status, State = Measurement.Status, Measurement.State


@dataclass(frozen=True, slots=True)
class NewMeasurement:
    """One value to record; without a value `status` and `reason` say why there is none."""

    indicator_id: int
    period_id: int
    value: Decimal | None = None
    text: str = ""
    status: str = Status.KNOWN
    reason: str = ""
    sheet: str = ""
    row: int | None = None

    @property
    def content(self) -> tuple[Decimal | None, str, str]:
        """What was reached, without where it was read."""
        return self.value, self.text, self.status


def record_measurements(
    source_file: SourceFile, measurements: Sequence[NewMeasurement], *, by: User | None, statistic: bool = False
) -> int:
    """Write the values of a file; one equal to the current value is left as it is. Needs `IMPORT_DATA`.

    Older values of the same indicator and period are superseded, not deleted. `statistic`: official figures, which
    need no verification here. Recorded: one event. Returns how many were written. The caller has checked that
    indicators and periods belong to the file's government.
    """
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        current = {
            (indicator, period): (pk, (value, text, status))
            for pk, indicator, period, value, text, status in Measurement.objects.filter(
                indicator__government_id=source_file.government_id, is_current=True
            ).values_list("pk", "indicator_id", "period_id", "value", "text", "status")
        }
        empty = (0, None)
        changed = [m for m in measurements if current.get((m.indicator_id, m.period_id), empty)[1] != m.content]
        old = [current[key][0] for m in changed if (key := (m.indicator_id, m.period_id)) in current]
        for part in chunks(old):
            Measurement.objects.filter(pk__in=part).update(is_current=False, superseded_by=source_file)
        state, now = (State.PUBLISHED_STATISTIC if statistic else State.SENT), timezone.now()
        written = insert_rows(
            Measurement,
            COLUMNS,
            (
                (
                    uuid4(), m.indicator_id, m.period_id, m.value, m.text, m.status, m.reason, state, source_file.pk,
                    m.sheet, m.row, by.pk if by else None, now, True,
                )
                for m in changed
            ),
        )  # fmt: skip
        record_event(
            by=by,
            verb="record_measurements",
            subject=source_file,
            summary=f"{written} realisasi indikator dicatat dari berkas “{source_file.name[:200]}”.",
            government_id=source_file.government_id,
            detail={"written": written, "superseded": len(old), "unchanged": len(measurements) - written},
        )
    return written


def retract_measurements(source_file: SourceFile, *, by: User) -> int:
    """Take back the values of a file and make what they superseded current again. Needs `IMPORT_DATA`.

    A value entered by hand since then stays. Recorded: one event. Refused while a newer file has superseded one of
    them, where their period is closed, and when somebody verified one of them. Returns how many were removed.
    """
    check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        newer = (
            SourceFile.objects.filter(superseded_measurements__source_file=source_file).order_by("-uploaded_at").first()
        )
        if newer is not None:
            raise Refused(
                _("Realisasi berkas ini sudah digantikan berkas “%(name)s”. Batalkan berkas itu dulu, lalu yang ini.")
                % {"name": newer.name}
            )
        _check_retractable(source_file)
        removed, _by_model = Measurement.objects.filter(source_file=source_file).delete()
        back = _free_to_return(source_file)
        for part in chunks(back):
            Measurement.objects.filter(pk__in=part).update(is_current=True, superseded_by=None)
        record_event(
            by=by,
            verb="retract_measurements",
            subject=source_file,
            summary=f"{removed} realisasi indikator dari berkas “{source_file.name[:200]}” ditarik kembali.",
            government_id=source_file.government_id,
            detail={"removed": removed, "restored": len(back)},
        )
    return removed


def set_measurement(indicator: Indicator, period: Period, *, entry: NewMeasurement, by: User) -> Measurement:
    """Enter one value by hand. Whoever holds `MEASURE` for the indicator's agency may.

    The value before it is kept with `is_current` false and its verification is not carried over. Recorded: one event;
    nothing when nothing changed. Refused: a closed period, a period of another government, a value together with a
    reason for its absence, an absence without a reason.
    """
    check_may(by, Right.MEASURE, government_id=indicator.government_id, agency_id=indicator.agency_id)
    if period.government_id != indicator.government_id:
        raise Refused(_("Periode itu milik pemerintah daerah lain."))
    check_period_open(period)
    _check_entry(entry)
    entry = replace(entry, value=as_kept(entry.value))
    with transaction.atomic():
        Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
        current = Measurement.objects.filter(indicator=indicator, period=period, is_current=True).first()
        if current is not None:
            if (current.value, current.text, current.status, current.reason) == (*entry.content, entry.reason):
                return current
            current.is_current = False
            current.save(update_fields=["is_current"])
        measurement = Measurement.objects.create(
            indicator=indicator,
            period=period,
            value=entry.value,
            text=entry.text,
            status=entry.status,
            reason=entry.reason,
            state=State.SENT,
            entered_by=by,
        )
        record_event(
            by=by,
            verb="set_measurement",
            subject=measurement,
            summary=f"Realisasi “{indicator.name[:300]}” diisi.",
            government_id=indicator.government_id,
            detail={"period": str(period), "before": _words(current), "after": _words(measurement)},
        )
    return measurement


def verify_measurement(measurement: Measurement, *, by: User) -> Measurement:
    """Confirm a value that somebody else entered. Whoever holds `VERIFY` there may, but never who entered it
    or brought its file.

    Recorded: one event. Refused: a value superseded since, a draft, an official statistic, the person's own entry, a
    value of a file that the person uploaded.
    Verifying twice changes nothing.
    """
    indicator = measurement.indicator
    check_may(by, Right.VERIFY, government_id=indicator.government_id, agency_id=indicator.agency_id)
    with transaction.atomic():
        held = Measurement.objects.select_for_update().get(pk=measurement.pk)
        if held.verified_by_id is not None:
            return held
        if not held.is_current:
            raise Refused(_("Angka ini sudah digantikan. Buka indikatornya lagi dan verifikasi angka yang baru."))
        if held.state != State.SENT:
            raise Refused(_("Hanya angka terkirim yang diverifikasi; draf dan statistik resmi tidak."))
        if held.entered_by_id == by.pk:
            raise Refused(_("Angka yang Anda isi sendiri harus diverifikasi orang lain."))
        if held.source_file is not None and held.source_file.uploaded_by_id == by.pk:
            raise Refused(_("Angka dari berkas yang Anda unggah sendiri harus diverifikasi orang lain."))
        held.verified_by, held.verified_at, held.state = by, timezone.now(), State.APPROVED
        held.save(update_fields=["verified_by", "verified_at", "state"])
        record_event(
            by=by,
            verb="verify_measurement",
            subject=held,
            summary=f"Realisasi “{indicator.name[:300]}” diverifikasi.",
            government_id=indicator.government_id,
            detail={"value": _words(held)},
        )
    return held


def _check_entry(entry: NewMeasurement) -> None:
    has_value = entry.value is not None or entry.text != ""
    if (entry.status == Status.KNOWN) != has_value:
        raise Refused(_("Isi angkanya, atau pilih mengapa angkanya tidak ada; tidak keduanya sekaligus."))
    if not has_value and not entry.reason:
        raise Refused(_("Tulis mengapa angkanya tidak ada, supaya tidak disangka nol."))


def _check_retractable(source_file: SourceFile) -> None:
    touched = Measurement.objects.filter(Q(source_file=source_file) | Q(superseded_by=source_file)).order_by()
    check_periods_open(
        source_file.government_id, touched.values_list("period__year", "period__kind", "period__number").distinct()
    )
    verified = Measurement.objects.filter(source_file=source_file, verified_by__isnull=False).order_by("row", "pk")
    held = verified.select_related("indicator").first()
    if held is not None:
        raise Refused(
            _(
                "Realisasi “%(indicator)s” dari berkas ini sudah diverifikasi, sehingga impor tidak dapat dibatalkan. "
                "Bila angkanya keliru, isi realisasi baru atau terapkan berkas yang benar; angka lama tetap tersimpan."
            )
            % {"indicator": held.indicator.name}
        )


def _free_to_return(source_file: SourceFile) -> list[int]:
    """Values that the file superseded and whose place is empty now."""
    held = Measurement.objects.filter(indicator__government_id=source_file.government_id, is_current=True)
    taken = set(held.values_list("indicator_id", "period_id"))
    superseded = Measurement.objects.filter(superseded_by=source_file)
    return [
        pk
        for pk, indicator, period in superseded.values_list("pk", "indicator_id", "period_id")
        if (indicator, period) not in taken
    ]


def _words(measurement: Measurement | None) -> str | None:
    if measurement is None:
        return None
    if measurement.status != Status.KNOWN:
        return f"{measurement.status}: {measurement.reason}"
    return measurement.text or str(measurement.value)
