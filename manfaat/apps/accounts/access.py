"""Which role carries which right. A right is always held in one government, for one agency or for all."""

from enum import StrEnum

from manfaat.apps.accounts.models import Role


class Right(StrEnum):
    """What a person may do; the value is what the refusal page names."""

    VIEW = "melihat data pemerintah daerah"
    IMPORT_DATA = "mengimpor data"
    EDIT_PLAN = "mengubah rencana dan indikator"
    EDIT_STRUCTURE = "mengubah susunan perangkat daerah"
    SET_PERIODS = "membuka dan menutup periode"
    MEASURE = "mengisi realisasi"
    VERIFY = "memverifikasi realisasi"
    COMPUTE = "menghitung ulang angka"
    PUBLISH = "membekukan dan menerbitkan angka"
    ASSIGN_ROLES = "memberi dan mencabut peran"
    READ_AUDIT = "membaca jejak audit"


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    Role.OPERATOR: frozenset({Right.VIEW, Right.MEASURE}),
    Role.HEAD: frozenset({Right.VIEW, Right.MEASURE}),
    Role.PLANNER: frozenset({Right.VIEW, Right.IMPORT_DATA, Right.EDIT_PLAN, Right.COMPUTE}),
    Role.REFORM_OFFICE: frozenset(
        {Right.VIEW, Right.IMPORT_DATA, Right.EDIT_PLAN, Right.EDIT_STRUCTURE, Right.SET_PERIODS, Right.COMPUTE}
    ),
    Role.INSPECTOR: frozenset({Right.VIEW, Right.VERIFY, Right.READ_AUDIT}),
    Role.LEADER: frozenset({Right.VIEW, Right.PUBLISH, Right.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset({Right.VIEW, Right.ASSIGN_ROLES, Right.SET_PERIODS, Right.READ_AUDIT}),
}
