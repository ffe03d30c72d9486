"""A fingerprint of the records a run would read now: equal fingerprint, equal records."""

import hashlib
import json
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.core.models import SourceFile
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.gather.records import measurements_read, nodes_read, targets_read

INDICATOR_FIELDS = (
    "pk", "code", "name", "unit", "decimals", "level", "lower_is_better", "method", "method_options", "accumulation",
    "agency_id", "node_id",
)  # fmt: skip
TARGET_FIELDS = ("pk", "indicator_id", "period_id", "value", "value_high", "text", "source_file_id", "sheet", "row")
MEASUREMENT_FIELDS = (
    "pk", "indicator_id", "period_id", "value", "text", "status", "reason", "state", "source_file_id", "sheet", "row",
    "verified_by_id", "verified_at",
)  # fmt: skip
AGENCY_FIELDS = ("pk", "code", "name", "valid_from", "valid_to")
NODE_FIELDS = ("pk", "plan_id", "parent_id", "level", "code", "title", "agency_id")


def inputs_digest(government: Government, year: int, month: int) -> str:
    """The fingerprint of what `read_records` would read.

    Tables whose rows are edited in place (definitions, agencies, the goal tree, verification) take part row by row.
    Budget rows are only ever inserted, superseded or brought back, so a few sums settle them in one query, however many
    there are. What happened after `month` takes no part: it leaves the figures of earlier months alone.
    """
    told = json.dumps(
        {
            "period": [year, month],
            "government": [government.code, government.name, government.is_fictitious],
            "budget": _budget(government, year, month),
            "names": _names(government),
            "files": _rows(
                _files(government, year, month), ("pk", "publisher", "title", "published_year", "name", "sha256")
            ),
            "agencies": _rows(Agency.objects.filter(government=government), AGENCY_FIELDS),
            "indicators": _rows(Indicator.objects.filter(government=government), INDICATOR_FIELDS),
            "targets": _rows(targets_read(government, year, month), TARGET_FIELDS),
            "measurements": _rows(measurements_read(government, year, month), MEASUREMENT_FIELDS),
            "nodes": _rows(nodes_read(government, year), NODE_FIELDS),
        },
        default=str,
        sort_keys=True,
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _budget(government: Government, year: int, month: int) -> list[Any]:
    """Every change shows: new rows have the highest ids yet, and taking a file back trades ids for lower ones."""
    found = _budget_rows(government, year, month).aggregate(
        count=Count("pk"), last=Max("pk"), ids=Sum("pk"), amount=Sum("amount_rp")
    )
    return list(found.values())


def _budget_rows(government: Government, year: int, month: int) -> QuerySet[BudgetEntry]:
    until = Q(month=None) | Q(month__lte=month) | Q(kind=BudgetEntry.Kind.CASH_PLAN)
    return BudgetEntry.objects.filter(until, government=government, year=year, is_current=True)


def _names(government: Government) -> list[Any]:
    return _rows(CodeName.objects.filter(government=government), ("code", "name"))


def _files(government: Government, year: int, month: int) -> QuerySet[SourceFile]:
    """The files that the rows read came from."""
    budget, targets, measured = (
        Exists(read(government, year, month).filter(source_file=OuterRef("pk")))
        for read in (_budget_rows, targets_read, measurements_read)
    )
    return SourceFile.objects.filter(budget | targets | measured, government=government)


def _rows(queryset: Any, fields: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return list(queryset.select_related(None).order_by("pk").values_list(*fields))
