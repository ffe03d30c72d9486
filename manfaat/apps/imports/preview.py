"""What the preview and the result of an import say, in words and lines."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.core.formats import month_id
from manfaat.apps.imports.models import ImportBatch

GROUPS = {
    "4": gettext_lazy("Pendapatan"),
    "5": gettext_lazy("Belanja"),
    "6": gettext_lazy("Pembiayaan"),
    "": gettext_lazy("Tanpa kode rekening"),
}
TAGS = {
    ImportBatch.State.UPLOADED: "none",
    ImportBatch.State.CHECKING: "info",
    ImportBatch.State.CHECKED: "info",
    ImportBatch.State.QUEUED: "info",
    ImportBatch.State.APPLYING: "info",
    ImportBatch.State.APPLIED: "good",
    ImportBatch.State.FAILED: "bad",
    ImportBatch.State.UNDONE: "none",
}


@dataclass(frozen=True)
class TotalLine:
    """One sum of the file beside what the records hold; `before_rp` None where they hold nothing comparable."""

    label: str
    rows: int
    total_rp: int
    before_label: str
    before_rp: int | None

    @property
    def difference_rp(self) -> int | None:
        """How much more the file says."""
        return None if self.before_rp is None else self.total_rp - self.before_rp


def total_lines(batch: ImportBatch) -> list[TotalLine]:
    """The sums of a checked budget file, ceilings first."""
    order = list(BudgetEntry.Kind)
    lines = sorted(
        batch.summary.get("totals", []),
        key=lambda line: (order.index(line["kind"]), line["stage"], line["month"] or 0, line["group"]),
    )
    return [TotalLine(_label(line), line["rows"], line["total_rp"], _before(line), line["before_rp"]) for line in lines]


@dataclass(frozen=True)
class StateMark:
    """How the state of an import is shown: tone of the tag, and words."""

    tag: str
    words: str


def state_mark(batch: ImportBatch) -> StateMark:
    """The mark of its state; a checked file with errors is not ready but bad."""
    if batch.state == ImportBatch.State.CHECKED and batch.summary.get("errors"):
        return StateMark("bad", _("Ada kesalahan"))
    return StateMark(TAGS[ImportBatch.State(batch.state)], batch.get_state_display())


def _label(line: dict[str, Any]) -> str:
    kind = BudgetEntry.Kind(line["kind"]).label
    group = GROUPS.get(line["group"], line["group"])
    if line["kind"] == BudgetEntry.Kind.REALISATION:
        return _("%(kind)s s.d. %(month)s, %(group)s") % {
            "kind": kind,
            "month": month_id(line["month"]),
            "group": group,
        }
    if line["kind"] == BudgetEntry.Kind.CASH_PLAN:
        return _("%(kind)s setahun, %(group)s") % {"kind": kind, "group": group}
    return _("%(kind)s %(stage)s, %(group)s") % {
        "kind": kind,
        "stage": BudgetEntry.Stage(line["stage"]).label,
        "group": group,
    }


def _before(line: dict[str, Any]) -> str:
    if line["before_rp"] is None:
        return ""
    if line["before_month"]:
        return _("s.d. %(month)s") % {"month": month_id(line["before_month"])}
    return _("tercatat sekarang")
