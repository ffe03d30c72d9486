"""What an indicator asks of its reader, from its achievement and its change: one word, the same wherever it is told."""

TARGET_MET = 100.0
WORSE, SHORT, BETTER, UNMEASURED, MET = "worse", "short", "better", "unmeasured", "met"
NEEDS = (WORSE, SHORT, BETTER, UNMEASURED, MET)
"""In the order in which a page tells them: below target and worsening first, met last."""


def need_of(achievement: float | None, change: float | None) -> str:
    """One of `NEEDS`. None stands for no number; a change is positive where it is for the better."""
    if achievement is None:
        return UNMEASURED
    if achievement >= TARGET_MET:
        return MET
    if not change:
        return SHORT
    return WORSE if change < 0 else BETTER
