"""Opening a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.evaluations.models import Sheet
from manfaat.apps.evaluations.queries.packs import card_named
from manfaat.apps.organisations.models import Agency, Government

KINDS = {"provinsi": (Government.Kind.PROVINCE,), "kabkota": (Government.Kind.REGENCY, Government.Kind.CITY), "kl": ()}
"""Groups of instruments that are made for some governments only; every other group fits all."""


@dataclass(frozen=True)
class NewSheet:
    """Which instrument for which year; `agency` empty: about the whole government."""

    instrument: str
    year: int
    agency: Agency | None = None
    options: Mapping[str, str] = field(default_factory=dict)


def open_sheet(government: Government, new: NewSheet, *, by: User | None) -> tuple[Sheet, bool]:
    """Open a sheet. Whoever holds `EVALUATE` may. Returns it and whether it is new: the same subject has one a year.

    Recorded: one event. Refused: an agency of another government, an instrument made for another kind of government,
    an option it does not have.
    """
    if by is not None:
        check_may(by, Right.EVALUATE, government_id=government.pk)
    instrument = card_named(new.instrument).instrument
    if new.agency is not None and new.agency.government_id != government.pk:
        raise Refused(_("Perangkat daerah itu milik pemerintah daerah lain."))
    if instrument.group in KINDS and government.kind not in KINDS[instrument.group]:
        raise Refused(
            _("Instrumen “%(title)s” tidak dipakai untuk %(kind)s. Pilih instrumen lain.")
            % {"title": instrument.title, "kind": government.get_kind_display()}
        )
    chosen = dict(instrument.with_options(new.options).chosen)
    with transaction.atomic():
        sheet, is_new = Sheet.objects.get_or_create(
            government=government,
            instrument=instrument.id,
            year=new.year,
            agency=new.agency,
            defaults={"options": chosen, "opened_by": by},
        )
        if is_new:
            record_event(
                by=by,
                verb="open_sheet",
                subject=sheet,
                summary=f"Lembar {instrument.title[:200]} {new.year} untuk {sheet.subject[:150]} dibuka.",
                government_id=government.pk,
                detail={"instrument": instrument.id, "options": chosen},
            )
    return sheet, is_new
