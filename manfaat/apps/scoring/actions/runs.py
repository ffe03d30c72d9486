"""Computing the figures of a government."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.figures import figures_of
from manfaat.apps.scoring.figures.orders import Made
from manfaat.apps.scoring.figures.summary import summary_of
from manfaat.apps.scoring.gather import inputs_digest, read_records
from manfaat.apps.scoring.models import Figure, Run

CHUNK = 1_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


def compute_run(government: Government, *, year: int, month: int, by: User | None) -> Run:
    """Compute every figure of a year up to the end of `month` and keep them. Whoever holds `COMPUTE` may; the worker
    and the demo pass nobody.

    The run before it stays, no longer current. When neither records nor rules have changed since, that run is returned
    and nothing is written, so a double click is harmless. Recorded: one event. Refused: a month or year that is none,
    an indicator that the engine cannot compute (named).
    """
    if by is not None:
        check_may(by, Right.COMPUTE, government_id=government.pk)
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise Refused(
            _("Bulan harus 1 sampai 12 dan tahun antara 2000 dan 2100. Periksa alamat atau pilihan periodenya.")
        )
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        inputs = inputs_digest(government, year, month)
        before = Run.objects.filter(government=government, year=year, month=month, is_current=True).first()
        if before and _same_rules(before) and before.inputs_digest == inputs:
            return before
        records = read_records(government, year, month)
        made = figures_of(records)
        Run.objects.filter(government=government, year=year, month=month).update(is_current=False)
        run = Run.objects.create(
            government=government,
            year=year,
            month=month,
            engine_version=engine.ENGINE_VERSION,
            rules_digest=engine.rules_digest(),
            inputs_digest=inputs,
            result_digest=engine.bundle.build({}, [one.figure for one in made])["digest"],
            parameters={"has_data": records.has_data, "figures": len(made), **summary_of(records, made)},
            computed_by=by,
        )
        Figure.objects.bulk_create(_rows(run, made), batch_size=CHUNK)
        record_event(
            by=by,
            verb="compute_run",
            subject=run,
            summary=_summary(run, len(made), has_data=records.has_data),
            government_id=government.pk,
            detail={"inputs": inputs, "result": run.result_digest, "engine": run.engine_version},
        )
    return run


def _same_rules(run: Run) -> bool:
    return run.engine_version == engine.ENGINE_VERSION and run.rules_digest == engine.rules_digest()


def _summary(run: Run, count: int, *, has_data: bool) -> str:
    if not has_data:
        return f"Angka {run.year} sampai bulan {run.month} dihitung: belum ada data."
    return f"{count} angka {run.year} sampai bulan {run.month} dihitung."


def _rows(run: Run, made: Sequence[Made]) -> list[Figure]:
    return [Figure(run=run, **_columns(one)) for one in made]


def _columns(made: Made) -> dict[str, Any]:
    order, figure = made.order, made.figure
    return {
        "key": order.key,
        "measure": order.measure,
        "agency_id": order.agency_id,
        "indicator_id": order.indicator_id,
        "node_code": order.node_code,
        "month": order.month,
        "value": figure.value,
        "status": figure.status,
        "unit": figure.unit,
        "decimals": figure.decimals,
        "label": figure.label,
        "reason": figure.reason or "",
        "shown": figure.shown,
        "sentence": figure.sentence,
        "source": _source(figure),
        "record": figure.to_record(),
    }


def _source(figure: engine.Figure) -> str:
    """Publisher and year, or the file, of the first input that names one."""
    for one in figure.inputs:
        told = [str(one.source[name]) for name in ("publisher", "year") if one.source.get(name)]
        if told or one.source.get("file"):
            return " ".join(told) or str(one.source["file"])
    return ""
