"""What may be done to sheets: one module per noun."""

from manfaat.apps.evaluations.actions.answers import NewAnswer, save_answers
from manfaat.apps.evaluations.actions.results import compute_result
from manfaat.apps.evaluations.actions.sheets import NewSheet, open_sheet
from manfaat.apps.evaluations.actions.weights import set_weights

__all__ = ["NewAnswer", "NewSheet", "compute_result", "open_sheet", "save_answers", "set_weights"]
