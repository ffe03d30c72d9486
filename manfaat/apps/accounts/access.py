"""Which role carries which right. A right is always held in one government, for one agency or for all."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from manfaat.apps.accounts.models import Role


class Right(StrEnum):
    """What a person may do; the value is what the refusal page names, in the language of the reader."""

    VIEW = gettext_noop("melihat data pemerintah daerah")
    IMPORT_DATA = gettext_noop("mengimpor data")
    EDIT_PLAN = gettext_noop("mengubah rencana dan indikator")
    EDIT_STRUCTURE = gettext_noop("mengubah susunan perangkat daerah")
    SET_PERIODS = gettext_noop("membuka dan menutup periode")
    MEASURE = gettext_noop("mengisi realisasi")
    VERIFY = gettext_noop("memverifikasi realisasi")
    COMPUTE = gettext_noop("menghitung ulang angka")
    PUBLISH = gettext_noop("membekukan dan menerbitkan angka")
    ASSIGN_ROLES = gettext_noop("memberi dan mencabut peran")
    READ_AUDIT = gettext_noop("membaca jejak audit")
    EVALUATE = gettext_noop("mengelola lembar evaluasi")


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    Role.OPERATOR: frozenset({Right.VIEW, Right.MEASURE}),
    Role.HEAD: frozenset({Right.VIEW, Right.MEASURE}),
    Role.PLANNER: frozenset({Right.VIEW, Right.IMPORT_DATA, Right.EDIT_PLAN, Right.COMPUTE}),
    Role.REFORM_OFFICE: frozenset(
        {
            Right.VIEW,
            Right.IMPORT_DATA,
            Right.EDIT_PLAN,
            Right.EDIT_STRUCTURE,
            Right.SET_PERIODS,
            Right.COMPUTE,
            Right.EVALUATE,
        }
    ),
    Role.INSPECTOR: frozenset({Right.VIEW, Right.VERIFY, Right.READ_AUDIT}),
    Role.LEADER: frozenset({Right.VIEW, Right.PUBLISH, Right.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset({Right.VIEW, Right.ASSIGN_ROLES, Right.SET_PERIODS, Right.READ_AUDIT}),
}
