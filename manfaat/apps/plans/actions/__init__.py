"""What may be done to plans: one module per noun."""

from manfaat.apps.plans.actions.goals import NewNode, add_goal_node, change_goal_node, open_plan, record_goal_nodes
from manfaat.apps.plans.actions.indicators import (
    Definition,
    add_indicator,
    change_indicator,
    record_indicators,
    remove_unused_indicators,
)
from manfaat.apps.plans.actions.targets import NewTarget, record_targets, retract_targets, set_target

__all__ = [
    "Definition",
    "NewNode",
    "NewTarget",
    "add_goal_node",
    "add_indicator",
    "change_goal_node",
    "change_indicator",
    "open_plan",
    "record_goal_nodes",
    "record_indicators",
    "record_targets",
    "remove_unused_indicators",
    "retract_targets",
    "set_target",
]
