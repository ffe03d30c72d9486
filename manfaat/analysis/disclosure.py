"""Which small groups of a table must stay hidden so that nobody's answers can be read or worked out."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 10
"""Groups with fewer respondents are withheld."""


def withheld(counts: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """Positions of the groups to withhold in a table whose total is shown.

    counts: respondents per group. A group with some, but fewer than `least`, is withheld. So that the total does not
    give it away, the next smallest group goes with it until at least two are withheld and together have `least`
    respondents; where that cannot be, every group is withheld. Empty groups hide nothing and are not counted.
    """
    filled = [at for at, count in enumerate(counts) if count > 0]
    hidden = {at for at in filled if counts[at] < least}
    if not hidden:
        return frozenset()
    for at in sorted((at for at in filled if at not in hidden), key=lambda at: (counts[at], at)):
        if len(hidden) > 1 and sum(counts[one] for one in hidden) >= least:
            break
        hidden.add(at)
    return frozenset(hidden)
