"""A fingerprint of the records a run would read now: equal fingerprint, equal records."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Sum, Value
from django.db.models.functions import Coalesce, Length

from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.core.models import SourceFile
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.scoring.gather.records import measurements_read, nodes_read, targets_read
from manfaat.engine.canonical import sha256_of

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
    Budget rows are only ever inserted, superseded or brought back, so their count and the sums of ids and of amounts
    weighted by id settle them in one query, however many there are.
    """
    return sha256_of(
        {
            "period": [year, month],
            "government": [government.code, government.name, government.is_fictitious],
            "budget": _budget(government, year),
            "names": _names(government),
            "files": _rows(_files(government), ("pk", "publisher", "title", "published_year", "name", "sha256")),
            "agencies": _rows(Agency.objects.filter(government=government), AGENCY_FIELDS),
            "indicators": _rows(Indicator.objects.filter(government=government), INDICATOR_FIELDS),
            "targets": _rows(targets_read(government, year), TARGET_FIELDS),
            "measurements": _rows(measurements_read(government, year), MEASUREMENT_FIELDS),
            "nodes": _rows(nodes_read(government, year), NODE_FIELDS),
        }
    )


def _budget(government: Government, year: int) -> list[Any]:
    weight = F("pk") % 9973 + 1
    place = Coalesce(F("agency_id"), Value(0)) * 31 + Coalesce(F("month"), Value(0)) * 7 + Coalesce(F("row"), Value(0))
    codes = Length("programme_code") + Length("activity_code") * 3 + Length("account_code") * 5
    found = BudgetEntry.objects.filter(government=government, year=year, is_current=True).aggregate(
        count=Count("pk"),
        last=Max("pk"),
        ids=Sum("pk"),
        amount=Sum("amount_rp"),
        weighted=Sum(F("amount_rp") % 1_000_003 * weight),
        places=Sum(place * weight),
        codes=Sum(codes * weight),
    )
    return [_plain(value) for value in found.values()]


def _names(government: Government) -> list[Any]:
    found = CodeName.objects.filter(government=government).aggregate(
        count=Count("pk"), ids=Sum("pk"), letters=Sum(Length("name") * (F("pk") % 9973 + 1))
    )
    return list(found.values())


def _files(government: Government) -> Any:
    used = [
        Exists(model.objects.filter(source_file=OuterRef("pk"), is_current=True))
        for model in (BudgetEntry, Target, Measurement)
    ]
    return SourceFile.objects.filter(used[0] | used[1] | used[2], government=government)


def _rows(queryset: Any, fields: tuple[str, ...]) -> list[list[Any]]:
    rows = queryset.select_related(None).order_by("pk").values_list(*fields)
    return [[_plain(value) for value in row] for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date | datetime) else value
