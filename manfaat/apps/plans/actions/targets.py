"""Targets: one by one, or all of a file, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.bulk import chunks, insert_rows
from manfaat.apps.core.errors import Refused
from manfaat.apps.core.fields import as_kept
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.queries import check_period_open, check_periods_open
from manfaat.apps.plans.models import Indicator, Target

COLUMNS = (
    "indicator_id", "period_id", "value", "value_high", "text", "source_file_id", "sheet", "row", "is_current",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target to record; `value_high` closes a range, `text` holds an ordinal such as WTP."""

    indicator_id: int
    period_id: int
    value: Decimal | None
    value_high: Decimal | None = None
    text: str = ""
    sheet: str = ""
    row: int | None = None

    @property
    def content(self) -> tuple[Decimal | None, Decimal | None, str]:
        """What is promised, without where it was read."""
        return self.value, self.value_high, self.text


def set_target(
    indicator: Indicator,
    period: Period,
    *,
    value: Decimal | None,
    value_high: Decimal | None = None,
    text: str = "",
    by: User | None,
) -> Target:
    """Promise a value for a period. Whoever holds `EDIT_PLAN` for the indicator's agency may.

    The target before it is kept with `is_current` false. Recorded: one event; nothing when nothing changed.
    Refused: a closed period, a period of another government, no value at all, a range upside down.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=indicator.government_id, agency_id=indicator.agency_id)
    if period.government_id != indicator.government_id:
        raise Refused(_("Periode itu milik pemerintah daerah lain."))
    check_period_open(period)
    if value is None and not text:
        raise Refused(_("Isi target dengan angka atau, untuk skala, dengan kata seperti WTP."))
    if value_high is not None and (value is None or value_high < value):
        raise Refused(_("Batas atas target harus sama dengan atau lebih besar daripada batas bawahnya."))
    value, value_high = as_kept(value), as_kept(value_high)
    with transaction.atomic():
        Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
        current = Target.objects.filter(indicator=indicator, period=period, is_current=True).first()
        if current is not None and (current.value, current.value_high, current.text) == (value, value_high, text):
            return current
        if current is not None:
            current.is_current = False
            current.save(update_fields=["is_current"])
        target = Target.objects.create(
            indicator=indicator, period=period, value=value, value_high=value_high, text=text
        )
        record_event(
            by=by,
            verb="set_target",
            subject=indicator,
            summary=f"Target “{indicator.name[:300]}” tahun {period.year} ditetapkan.",
            government_id=indicator.government_id,
            detail={
                "period": str(period),
                "before": None
                if current is None
                else str(current.value if current.value is not None else current.text),
                "after": str(value if value is not None else text),
            },
        )
    return target


def record_targets(source_file: SourceFile, targets: Sequence[NewTarget], *, by: User | None) -> int:
    """Write the targets of a file; one equal to the current target is left as it is. Needs `IMPORT_DATA`.

    Older targets of the same indicator and period are superseded, not deleted. Recorded: one event. Returns how many
    were written. The caller has checked that indicators and periods belong to the file's government.
    """
    if by is not None:
        check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        current = {
            (indicator, period): (pk, (value, high, text))
            for pk, indicator, period, value, high, text in Target.objects.filter(
                indicator__government_id=source_file.government_id, is_current=True
            ).values_list("pk", "indicator_id", "period_id", "value", "value_high", "text")
        }
        empty = (0, None)
        changed = [t for t in targets if current.get((t.indicator_id, t.period_id), empty)[1] != t.content]
        old = [current[key][0] for t in changed if (key := (t.indicator_id, t.period_id)) in current]
        for part in chunks(old):
            Target.objects.filter(pk__in=part).update(is_current=False, superseded_by=source_file)
        written = insert_rows(
            Target,
            COLUMNS,
            (
                (t.indicator_id, t.period_id, t.value, t.value_high, t.text, source_file.pk, t.sheet, t.row, True)
                for t in changed
            ),
        )
        record_event(
            by=by,
            verb="record_targets",
            subject=source_file,
            summary=f"{written} target dicatat dari berkas “{source_file.name[:200]}”.",
            government_id=source_file.government_id,
            detail={"written": written, "superseded": len(old), "unchanged": len(targets) - written},
        )
    return written


def retract_targets(source_file: SourceFile, *, by: User) -> int:
    """Take back the targets of a file and make what they superseded current again. Needs `IMPORT_DATA`.

    A target set by hand since then stays. Recorded: one event. Refused while a newer file has superseded one of them,
    and where their period is closed. Returns how many were removed.
    """
    check_may(by, Right.IMPORT_DATA, government_id=source_file.government_id)
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=source_file.government_id)
        newer = SourceFile.objects.filter(superseded_targets__source_file=source_file).order_by("-uploaded_at").first()
        if newer is not None:
            raise Refused(
                _("Target berkas ini sudah digantikan berkas “%(name)s”. Batalkan berkas itu dulu, lalu yang ini.")
                % {"name": newer.name}
            )
        touched = Target.objects.filter(Q(source_file=source_file) | Q(superseded_by=source_file)).order_by()
        check_periods_open(
            source_file.government_id,
            touched.values_list("period__year", "period__kind", "period__number").distinct(),
        )
        removed, _by_model = Target.objects.filter(source_file=source_file).delete()
        held = Target.objects.filter(indicator__government_id=source_file.government_id, is_current=True).values_list(
            "indicator_id", "period_id"
        )
        taken = set(held)
        back = [
            pk
            for pk, indicator, period in Target.objects.filter(superseded_by=source_file).values_list(
                "pk", "indicator_id", "period_id"
            )
            if (indicator, period) not in taken
        ]
        for part in chunks(back):
            Target.objects.filter(pk__in=part).update(is_current=True, superseded_by=None)
        record_event(
            by=by,
            verb="retract_targets",
            subject=source_file,
            summary=f"{removed} target dari berkas “{source_file.name[:200]}” ditarik kembali.",
            government_id=source_file.government_id,
            detail={"removed": removed, "restored": len(back)},
        )
    return removed
