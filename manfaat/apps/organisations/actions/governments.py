"""Opening a government in this installation."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from manfaat.apps.accounts.actions import NewAccount, assign_role, create_person
from manfaat.apps.accounts.models import Role
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government

CODE = re.compile(r"\d\d(\.\d\d)?")


@transaction.atomic
def open_government(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Government | None = None,
    is_fictitious: bool = False,
    is_administrative_only: bool = False,
    tile_column: int | None = None,
    tile_row: int | None = None,
) -> Government:
    """Enter a province, kabupaten or kota by its Kemendagri code. Only the installation does this, from the shell.

    Refused: a malformed or taken code, a kabupaten or kota under anything but its own province.
    """
    if not CODE.fullmatch(code):
        raise Refused(
            _("Kode %(code)s bukan kode Kemendagri. Tulis 35 untuk provinsi, 35.15 untuk kabupaten/kota.")
            % {"code": code}
        )
    if Government.objects.filter(code=code).exists():
        raise Refused(_("Pemerintah daerah dengan kode %(code)s sudah ada.") % {"code": code})
    if parent is not None and (parent.kind != Government.Kind.PROVINCE or not code.startswith(f"{parent.code}.")):
        raise Refused(
            _("%(name)s tidak berada di bawah %(parent)s menurut kodenya.") % {"name": name, "parent": parent.name}
        )
    government = Government.objects.create(
        code=code,
        name=name,
        kind=Government.Kind(kind).value,
        parent=parent,
        is_fictitious=is_fictitious,
        is_administrative_only=is_administrative_only,
        tile_column=tile_column,
        tile_row=tile_row,
    )
    record_event(
        by=None,
        verb="open_government",
        subject=government,
        summary=f"Mencatat {name} ({code}) di instalasi ini.",
        government_id=government.pk,
    )
    return government


@transaction.atomic
def open_with_administrator(
    *, code: str, name: str, kind: str, username: str, full_name: str, dry_run: bool = False
) -> NewAccount | None:
    """A government with the first person who may give roles in it; under its province where that is here already.

    Returns the account with its one-time password; with `dry_run` nothing stays and None comes back.
    Refused as `open_government` and `create_person` refuse.
    """
    parent = Government.objects.filter(code=code[:2]).first() if "." in code else None
    government = open_government(code=code, name=name, kind=kind, parent=parent)
    account = create_person(government_id=government.pk, username=username, full_name=full_name, by=None)
    assign_role(
        account.person,
        role=Role.ADMINISTRATOR,
        government_id=government.pk,
        valid_from=timezone.localdate(),
        by=None,
    )
    if dry_run:
        transaction.set_rollback(True)
        return None
    return account
