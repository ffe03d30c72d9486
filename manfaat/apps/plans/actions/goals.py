"""The goal tree: planning documents and their boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import log_words, record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.plans.models import GoalNode, Plan

ORDER = [level.value for level in GoalNode.Level]


@dataclass(frozen=True, slots=True)
class NewNode:
    """One box to record, named by its own code and that of the box above it in the same file."""

    level: str
    code: str
    title: str
    parent_code: str = ""
    agency_id: int | None = None


def open_plan(
    government: Government, *, kind: str, title: str, years: tuple[int, int], by: User | None, decree: str = ""
) -> Plan:
    """Open a planning document for the years from first to last. Whoever holds `EDIT_PLAN` may.

    Recorded: one event. Refused: the same document twice, years the wrong way round.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=government.pk)
    if years[1] < years[0]:
        raise Refused(_("Tahun akhir dokumen mendahului tahun awalnya."))
    with transaction.atomic():
        if Plan.objects.filter(government=government, kind=kind, title=title).exists():
            raise Refused(_("Dokumen “%(title)s” sudah ada.") % {"title": title})
        plan = Plan.objects.create(
            government=government, kind=kind, title=title, year_from=years[0], year_to=years[1], decree=decree
        )
        record_event(
            by=by,
            verb="open_plan",
            subject=plan,
            summary=f"Dokumen perencanaan “{title}” dibuka.",
            government_id=government.pk,
        )
    return plan


def add_goal_node(plan: Plan, node: NewNode, *, parent: GoalNode | None = None, by: User | None) -> GoalNode:
    """Add one box under `parent`. Whoever holds `EDIT_PLAN` may.

    Recorded: one event. Refused: a parent of another document or of the same or a lower level, a code in use.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=plan.government_id, agency_id=node.agency_id)
    _check_parent(plan, node.level, parent)
    with transaction.atomic():
        created = _create(plan, node, parent)
        record_event(
            by=by,
            verb="add_goal_node",
            subject=created,
            summary=f"{log_words(created.get_level_display)} “{created.title[:300]}” ditambahkan ke pohon kinerja.",
            government_id=plan.government_id,
        )
    return created


def change_goal_node(node: GoalNode, *, title: str, parent: GoalNode | None, by: User) -> GoalNode:
    """Rename a box or hang it elsewhere. Whoever holds `EDIT_PLAN` may.

    Recorded: one event with title and parent before and after. Refused as in `add_goal_node`.
    """
    check_may(by, Right.EDIT_PLAN, government_id=node.plan.government_id, agency_id=node.agency_id)
    _check_parent(node.plan, node.level, parent)
    before = {"title": node.title, "parent": node.parent_id}
    node.title, node.parent = title, parent
    with transaction.atomic():
        node.save(update_fields=["title", "parent"])
        record_event(
            by=by,
            verb="change_goal_node",
            subject=node,
            summary=f"Kotak “{title[:300]}” di pohon kinerja diubah.",
            government_id=node.plan.government_id,
            detail={"before": before, "after": {"title": title, "parent": node.parent_id}},
        )
    return node


def record_goal_nodes(plan: Plan, nodes: Sequence[NewNode], *, by: User | None) -> int:
    """Add many boxes at once, as from a list of programmes to sub-activities. Needs `EDIT_PLAN`.

    A box already there (same level, code and agency) is kept. Recorded: one event. Refused: a parent code that is
    neither in the list nor in the document. Returns how many were added.
    """
    if by is not None:
        check_may(by, Right.EDIT_PLAN, government_id=plan.government_id)
    with transaction.atomic():
        existing = list(plan.nodes.all())
        known = {(node.level, node.code, node.agency_id) for node in existing}
        by_code = {node.code: node for node in existing}
        added = 0
        for level in ORDER:
            fresh = [n for n in nodes if n.level == level and (n.level, n.code, n.agency_id) not in known]
            for node in fresh:
                if node.parent_code and node.parent_code not in by_code:
                    raise Refused(
                        _("Induk “%(parent)s” dari “%(code)s” tidak ada dalam daftar.")
                        % {"parent": node.parent_code, "code": node.code}
                    )
            made = GoalNode.objects.bulk_create(
                GoalNode(
                    plan=plan, parent=by_code.get(n.parent_code), level=level, code=n.code, title=n.title[:500],
                    agency_id=n.agency_id,
                )
                for n in fresh
            )  # fmt: skip
            by_code.update((node.code, node) for node in made)
            added += len(made)
        record_event(
            by=by,
            verb="record_goal_nodes",
            subject=plan,
            summary=f"{added} kotak ditambahkan ke pohon kinerja.",
            government_id=plan.government_id,
        )
    return added


def _check_parent(plan: Plan, level: str, parent: GoalNode | None) -> None:
    if parent is None:
        return
    if parent.plan_id != plan.pk:
        raise Refused(_("Induk itu ada di dokumen lain. Pilih induk dari dokumen yang sama."))
    if ORDER.index(parent.level) >= ORDER.index(level):
        raise Refused(_("Induk harus lebih tinggi tingkatnya daripada kotak ini, misalnya sasaran di atas program."))


def _create(plan: Plan, node: NewNode, parent: GoalNode | None) -> GoalNode:
    try:
        with transaction.atomic():
            return GoalNode.objects.create(
                plan=plan, parent=parent, level=node.level, code=node.code, title=node.title, agency_id=node.agency_id
            )
    except IntegrityError as error:
        raise Refused(
            _("Kode “%(code)s” sudah dipakai pada tingkat ini. Pilih kode lain.") % {"code": node.code}
        ) from error
