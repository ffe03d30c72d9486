"""Names for the boxes of the goal tree that stay the same from run to run."""

from collections.abc import Iterable

from manfaat.apps.plans.models import GoalNode


def node_codes(nodes: Iterable[GoalNode]) -> dict[int, str]:
    """Per primary key the name of the box in keys: kind of document, level, code, and its agency where it has one.

    A box of a second document of the same kind, with the same code, gets the number of its document behind it.
    """
    named: dict[int, str] = {}
    taken: set[str] = set()
    for node in nodes:
        code = f"{node.plan.kind}:{node.level}:{node.code}"
        if node.agency_id and node.agency:
            code = f"{code}@{node.agency.code}"
        if code in taken:
            code = f"{code}#{node.plan_id}"
        taken.add(code)
        named[node.pk] = code
    return named
