"""Indicators and their definition sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.plans.models import GoalNode, Indicator
from manfaat.apps.plans.queries import METHODS
from manfaat.engine.errors import EngineError


@dataclass(frozen=True)
class Definition:
    """The definition sheet of an indicator; fields as in `Indicator`. Direction follows from the method."""

    code: str
    name: str
    unit: str
    level: str
    method: str
    method_options: dict[str, Any] = field(default_factory=dict)
    agency_id: int | None = None
    node_id: int | None = None
    definition: str = ""
    formula_words: str = ""
    decimals: int = 2
    accumulation: str = Indicator.Accumulation.LAST
    data_source: str = ""
    owner_post: str = ""
    benefit: str = ""
    beneficiaries: str = ""


def add_indicator(government: Government, definition: Definition, *, by: User | None) -> Indicator:
    """Open an indicator with its definition sheet. Whoever holds `EDIT_PLAN` there may.

    Recorded: one event with the sheet. Refused: a code in use, an unknown method or option, an agency or goal of
    another government.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=government.pk, agency_id=definition.agency_id)
    with transaction.atomic():
        sheet = _checked(government, definition, None)
        indicator = Indicator.objects.create(government=government, **_columns(sheet))
        record_event(
            by=by,
            verb="add_indicator",
            subject=indicator,
            summary=f"Indikator “{indicator.name[:300]}” ditambahkan.",
            government_id=government.pk,
            detail=asdict(sheet),
        )
    return indicator


def change_indicator(indicator: Indicator, definition: Definition, *, by: User) -> Indicator:
    """Change the definition sheet. Whoever holds `EDIT_PLAN` there may.

    Recorded: one event with each changed field before and after; nothing when nothing changed. Refused as in
    `add_indicator`.
    """
    check_may(by, Right.EDIT_PLAN, government_id=indicator.government_id, agency_id=indicator.agency_id)
    check_may(by, Right.EDIT_PLAN, government_id=indicator.government_id, agency_id=definition.agency_id)
    with transaction.atomic():
        columns = _columns(_checked(indicator.government, definition, indicator.pk))
        changed = {
            name: {"before": getattr(indicator, name), "after": value}
            for name, value in columns.items()
            if getattr(indicator, name) != value
        }
        if not changed:
            return indicator
        for name in changed:
            setattr(indicator, name, columns[name])
        indicator.save(update_fields=list(changed))
        record_event(
            by=by,
            verb="change_indicator",
            subject=indicator,
            summary=f"Lembar definisi indikator “{indicator.name[:300]}” diubah.",
            government_id=indicator.government_id,
            detail=changed,
        )
    return indicator


def record_indicators(government: Government, definitions: Sequence[Definition], *, by: User | None) -> int:
    """Open many indicators at once, as from a file. Whoever holds `EDIT_PLAN` for the whole government may.

    Recorded: one event with the codes. Refused as in `add_indicator`. Returns how many were opened.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=government.pk)
    with transaction.atomic():
        codes = [sheet.code for sheet in definitions]
        used = set(Indicator.objects.filter(government=government).values_list("code", flat=True))
        if twice := sorted(used.intersection(codes)):
            raise Refused(_("Kode indikator “%(code)s” sudah dipakai. Pilih kode lain.") % {"code": twice[0]})
        agencies = set(Agency.objects.filter(government=government).values_list("pk", flat=True))
        if any(sheet.agency_id not in agencies | {None} for sheet in definitions):
            raise Refused(_("Perangkat daerah itu bukan milik pemerintah daerah ini."))
        sheets = (_columns(replace(sheet, method_options=_options(sheet))) for sheet in definitions)
        Indicator.objects.bulk_create((Indicator(government=government, **sheet) for sheet in sheets), batch_size=500)
        record_event(
            by=by,
            verb="record_indicators",
            subject=government,
            summary=f"{len(codes)} indikator ditambahkan.",
            government_id=government.pk,
            detail={"codes": codes},
        )
    return len(codes)


def remove_unused_indicators(government: Government, codes: Iterable[str], *, by: User) -> list[str]:
    """Remove those of the indicators that carry no target and no measurement, as when their import is undone.

    Needs `EDIT_PLAN`. Recorded: one event naming the codes removed. Returns these codes.
    """
    check_may(by, Right.EDIT_PLAN, government_id=government.pk)
    removed: list[str] = []
    with transaction.atomic():
        for indicator in Indicator.objects.filter(government=government, code__in=list(codes)):
            try:
                with transaction.atomic():
                    indicator.delete()
            except ProtectedError:
                continue
            removed.append(indicator.code)
        if removed:
            record_event(
                by=by,
                verb="remove_unused_indicators",
                subject=government,
                summary=f"{len(removed)} indikator tanpa target dan realisasi dihapus.",
                government_id=government.pk,
                detail={"codes": removed},
            )
    return removed


def _columns(sheet: Definition) -> dict[str, Any]:
    lower = sheet.method.startswith("achievement.lower_is_better")
    return asdict(sheet) | {"lower_is_better": lower}


def _options(sheet: Definition) -> dict[str, Any]:
    operator = METHODS.get(sheet.method)
    if operator is None:
        raise Refused(_("Cara menghitung “%(method)s” tidak dikenal. Pilih dari daftar.") % {"method": sheet.method})
    try:
        return operator.check_parameters(sheet.method_options)
    except EngineError as error:
        raise Refused(str(error)) from error


def _checked(government: Government, sheet: Definition, own_pk: int | None) -> Definition:
    """The sheet with its method's options completed, once nothing in it is wrong."""
    options = _options(sheet)
    same = Indicator.objects.filter(government=government, code=sheet.code)
    if same.exclude(pk=own_pk or 0).exists():
        raise Refused(_("Kode indikator “%(code)s” sudah dipakai. Pilih kode lain.") % {"code": sheet.code})
    if sheet.agency_id and not Agency.objects.filter(government=government, pk=sheet.agency_id).exists():
        raise Refused(_("Perangkat daerah itu bukan milik pemerintah daerah ini."))
    if sheet.node_id and not GoalNode.objects.filter(plan__government=government, pk=sheet.node_id).exists():
        raise Refused(_("Kotak pohon kinerja itu bukan milik pemerintah daerah ini."))
    return replace(sheet, method_options=options)
