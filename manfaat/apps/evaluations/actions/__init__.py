"""What may be done to sheets: one module per noun."""

from manfaat.apps.evaluations.actions.answers import NewAnswer, save_answers
from manfaat.apps.evaluations.actions.results import compute_result
from manfaat.apps.evaluations.actions.sheets import NewSheet, open_sheet
from manfaat.apps.evaluations.actions.staging import apply_staged, map_weights, stage_answers, stage_weights
from manfaat.apps.evaluations.actions.weights import set_weights

__all__ = [
    "NewAnswer",
    "NewSheet",
    "apply_staged",
    "compute_result",
    "map_weights",
    "open_sheet",
    "save_answers",
    "set_weights",
    "stage_answers",
    "stage_weights",
]
