"""Opening, renaming, merging, splitting, moving and closing agencies, each on a day and by a decree.

Every action needs `EDIT_STRUCTURE` in the government; `by` None is the installation itself (shell, demo), which alone
may leave the decree empty. The government's row is locked, so that two changes of one structure follow each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.actions import carry_roles, end_roles_in
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import log_words, record_event
from manfaat.apps.core.errors import NotFound, Refused
from manfaat.apps.core.formats import date_id
from manfaat.apps.organisations.models import Agency, Government, ParentChange, Succession


@dataclass(frozen=True)
class AgencyFacts:
    """How an agency is to be called and placed."""

    code: str
    name: str
    kind: str
    parent: Agency | None = None


@transaction.atomic
def open_agency(government: Government, facts: AgencyFacts, *, on: date, by: User | None, decree: str = "") -> Agency:
    """A new agency from `on`; the very same request twice opens it once.

    Refused: a code in use at that time, a parent that is not there on that day, no decree.
    """
    _lock(government, by, decree)
    existing = Agency.objects.filter(government=government, code=facts.code.strip(), valid_from=on).first()
    if existing and (existing.name, existing.kind, existing.parent) == (facts.name.strip(), facts.kind, facts.parent):
        return existing
    agency = _create(government, facts, on=on, decree=decree)
    _record(agency, by, "open_agency", f"Membentuk {agency.name}", on=on, decree=decree)
    return agency


@transaction.atomic
def rename_agency(
    agency: Agency, *, name: str, on: date, by: User | None, decree: str = "", code: str = "", kind: str = ""
) -> Agency:
    """Close the row on `on` and open its successor under the new name; units under it and roles in it move along.

    Refused: an agency that is closed, a day not after its beginning, no change at all, a code in use.
    """
    _lock(agency.government, by, decree)
    agency = _as_it_stands(agency)
    facts = AgencyFacts(code or agency.code, name, kind or agency.kind, agency.parent)
    if done := _already(Succession.Kind.RENAME, [agency], [facts], on):
        return done[0]
    if (facts.code, facts.name, facts.kind) == (agency.code, agency.name, agency.kind):
        raise Refused(_("Nama, kode dan jenisnya sama dengan sekarang. Tidak ada yang diganti."))
    _end(agency, on)
    successor = _create(agency.government, facts, on=on, decree=decree)
    _link(Succession.Kind.RENAME, [agency], [successor], on=on, decree=decree)
    units = _move_units([agency], successor, on)
    roles = carry_roles(agency.pk, successor.pk, on)
    summary = f"Mengganti nama {agency.name} menjadi {successor.name}"
    _record(agency, by, "rename_agency", summary, on=on, decree=decree, to=[successor], units=units, roles=roles)
    return successor


@transaction.atomic
def merge_agencies(
    agencies: Sequence[Agency], into: AgencyFacts, *, on: date, by: User | None, decree: str = ""
) -> Agency:
    """Close two or more agencies on `on` and open the one they become; units move there, roles in them end.

    Refused: fewer than two, agencies of several governments, one that is closed, a parent among them.
    """
    if len({agency.pk for agency in agencies}) < 2 or len({agency.government_id for agency in agencies}) != 1:
        raise Refused(_("Penggabungan memerlukan sedikitnya dua perangkat daerah dari satu pemerintah daerah."))
    government = agencies[0].government
    _lock(government, by, decree)
    merged = [_as_it_stands(agency) for agency in agencies]
    if done := _already(Succession.Kind.MERGE, merged, [into], on):
        return done[0]
    for agency in merged:
        _end(agency, on)
    successor = _create(government, into, on=on, decree=decree)
    _link(Succession.Kind.MERGE, merged, [successor], on=on, decree=decree)
    units = _move_units(merged, successor, on)
    roles = sum(end_roles_in(agency.pk, on) for agency in merged)
    summary = f"Menggabungkan {', '.join(agency.name for agency in merged)} menjadi {successor.name}"
    _record(successor, by, "merge_agencies", summary, on=on, decree=decree, parts=merged, units=units, roles=roles)
    return successor


@transaction.atomic
def split_agency(
    agency: Agency, into: Sequence[AgencyFacts], *, on: date, by: User | None, decree: str = ""
) -> list[Agency]:
    """Close an agency on `on` and open those it becomes; its units go to the first of them, roles in it end.

    Refused: fewer than two successors, two with one code, an agency that is closed, a successor under it.
    """
    _lock(agency.government, by, decree)
    agency = _as_it_stands(agency)
    if len({facts.code for facts in into}) < 2 or len({facts.code for facts in into}) != len(into):
        raise Refused(_("Pemecahan memerlukan sedikitnya dua perangkat daerah baru dengan kode yang berbeda."))
    if done := _already(Succession.Kind.SPLIT, [agency], into, on):
        return done
    _end(agency, on)
    successors = [_create(agency.government, facts, on=on, decree=decree) for facts in into]
    _link(Succession.Kind.SPLIT, [agency], successors, on=on, decree=decree)
    units = _move_units([agency], successors[0], on)
    roles = end_roles_in(agency.pk, on)
    summary = f"Memecah {agency.name} menjadi {', '.join(one.name for one in successors)}"
    _record(agency, by, "split_agency", summary, on=on, decree=decree, to=successors, units=units, roles=roles)
    return successors


@transaction.atomic
def move_agency(agency: Agency, parent: Agency | None, *, on: date, by: User | None, decree: str = "") -> None:
    """Put an agency under another parent (or under nobody) from `on`; where it stood before stays known.

    Refused: under itself or one of its own units, under an agency that is not there on that day.
    """
    _lock(agency.government, by, decree)
    agency = _as_it_stands(agency)
    if agency.parent == parent:
        return
    _check_alive(agency, on)
    above = _parent_on(agency.government, parent, on)
    while above is not None:
        if above == agency:
            raise Refused(_("Perangkat daerah tidak dapat berada di bawah unitnya sendiri. Pilih induk lain."))
        above = above.parent
    ParentChange.objects.create(agency=agency, before=agency.parent, on=on)
    agency.parent = parent
    agency.save()
    place = f"di bawah {parent.name}" if parent else "langsung di bawah kepala daerah"
    _record(
        agency,
        by,
        "move_agency",
        f"Memindahkan {agency.name} {place}",
        on=on,
        decree=decree,
    )


@transaction.atomic
def close_agency(agency: Agency, *, on: date, by: User | None, decree: str = "") -> None:
    """Close an agency that nothing follows; roles in it end. Closing it twice on one day is closing it once.

    Refused: units still under it, a day not after its beginning, an agency that is closed or has a successor.
    """
    _lock(agency.government, by, decree)
    agency = _as_it_stands(agency)
    if agency.valid_to == on and not agency.successions.exists():
        return
    units = Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent=agency)
    if count := units.count():
        raise Refused(
            _("%(count)s unit masih berada di bawah %(name)s. Pindahkan atau tutup unit itu dahulu.")
            % {"count": count, "name": agency.name}
        )
    _end(agency, on)
    roles = end_roles_in(agency.pk, on)
    _record(
        agency,
        by,
        "close_agency",
        f"Menutup {agency.name}",
        on=on,
        decree=decree,
        roles=roles,
    )


def _lock(government: Government, by: User | None, decree: str) -> None:
    """Check right and decree, then let one change of this structure follow another."""
    if by is not None:
        check_may(by, Right.EDIT_STRUCTURE, government_id=government.pk)
        if not decree.strip():
            raise Refused(_("Tulis surat keputusan atau peraturan yang menjadi dasar perubahan ini."))
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)


def _as_it_stands(agency: Agency) -> Agency:
    return Agency.objects.select_related("government", "parent").get(pk=agency.pk)


def _check_alive(agency: Agency, on: date) -> None:
    """Refuse an agency that has an end, or a day on which it was not there yet: the form was stale."""
    if agency.valid_to is not None:
        raise Refused(
            _("%(name)s sudah berakhir pada %(date)s; mungkin orang lain baru saja mengubahnya. Muat ulang daftarnya.")
            % {"name": agency.name, "date": date_id(agency.valid_to)}
        )
    if on <= agency.valid_from:
        raise Refused(
            _("%(name)s baru ada sejak %(date)s. Pilih tanggal sesudah itu.")
            % {"name": agency.name, "date": date_id(agency.valid_from)}
        )


def _end(agency: Agency, on: date) -> None:
    _check_alive(agency, on)
    agency.valid_to = on
    agency.save()


def _create(government: Government, facts: AgencyFacts, *, on: date, decree: str) -> Agency:
    code, name = facts.code.strip(), facts.name.strip()
    if not code or not name:
        raise Refused(_("Perangkat daerah memerlukan kode dan nama."))
    clash = Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), government=government, code=code).first()
    if clash is not None:
        raise Refused(
            _("Kode %(code)s dipakai %(name)s pada waktu itu. Pakai kode lain, atau tutup perangkat daerah itu dahulu.")
            % {"code": code, "name": clash.name}
        )
    return Agency.objects.create(
        government=government,
        code=code,
        name=name,
        kind=Agency.Kind(facts.kind).value,
        parent=_parent_on(government, facts.parent, on),
        decree=decree.strip(),
        valid_from=on,
    )


def _parent_on(government: Government, parent: Agency | None, on: date) -> Agency | None:
    """The parent as it stands now; refused when it belongs elsewhere or is not there from the day `on`."""
    if parent is None:
        return None
    kept = _as_it_stands(parent)
    if kept.government != government:
        raise NotFound(_("Perangkat daerah ini tidak ada di pemerintah daerah ini."))
    if kept.valid_from > on or kept.valid_to is not None:
        raise Refused(
            _("%(name)s tidak dapat menjadi induk sejak %(date)s, karena tidak berlaku sejak hari itu.")
            % {"name": kept.name, "date": date_id(on)}
        )
    return kept


def _already(
    kind: Succession.Kind, before: Sequence[Agency], into: Sequence[AgencyFacts], on: date
) -> list[Agency] | None:
    """The successors, when this very change was made before: the second click of a double click."""
    steps = Succession.objects.filter(kind=kind, on=on, predecessor__in=before).select_related("successor")
    made = {step.successor.code: step.successor for step in steps}
    wanted = {facts.code.strip(): facts for facts in into}
    if made.keys() != wanted.keys() or {step.predecessor_id for step in steps} != {agency.pk for agency in before}:
        return None
    same = all((made[code].name, made[code].kind) == (facts.name.strip(), facts.kind) for code, facts in wanted.items())
    return [made[code] for code in wanted] if same else None


def _link(kind: Succession.Kind, before: Sequence[Agency], after: Sequence[Agency], *, on: date, decree: str) -> None:
    Succession.objects.bulk_create(
        Succession(predecessor=old, successor=new, kind=kind.value, on=on, decree=decree.strip())
        for old in before
        for new in after
    )


def _move_units(before: Sequence[Agency], successor: Agency, on: date) -> int:
    """Put the living units of the agencies that end under their successor, and keep where they stood."""
    units = list(Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent__in=before))
    ParentChange.objects.bulk_create(
        ParentChange(agency=unit, before_id=unit.parent_id, on=on) for unit in units if unit.valid_from < on
    )
    Agency.objects.filter(pk__in=[unit.pk for unit in units]).update(parent=successor)
    return len(units)


def _record(agency: Agency, by: User | None, verb: str, summary: str, *, on: date, decree: str, **more: Any) -> None:
    """One event of the structure; lists of agencies in `more` are kept as their public ids."""
    detail = {
        name: [str(one.public_id) for one in value] if isinstance(value, list) else value
        for name, value in more.items()
    }
    record_event(
        by=by,
        verb=verb,
        subject=agency,
        summary=f"{summary} per {log_words(date_id, on)}.",
        government_id=agency.government_id,
        detail={"on": on.isoformat(), "decree": decree.strip(), **detail},
    )
