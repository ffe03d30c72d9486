"""No hidden group can be worked out from the groups and the total that are shown."""

from hypothesis import given
from hypothesis import strategies as st

from manfaat.analysis.disclosure import LEAST, withheld


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    assert withheld([120, 4, 30]) == {1, 2}
    assert withheld([120, 40, 30]) == frozenset()
    assert withheld([120, 4, 3, 2]) == {0, 1, 2, 3}
    assert withheld([120, 6, 4]) == {1, 2}


def test_empty_groups_and_a_single_small_one() -> None:
    assert withheld([50, 0, 0]) == frozenset()
    assert withheld([7]) == {0}
    assert withheld([]) == frozenset()


@given(st.lists(st.integers(0, 60), max_size=8))
def test_what_is_hidden_stays_open_to_several_answers(counts: list[int]) -> None:
    hidden = withheld(counts)
    shown = [at for at, count in enumerate(counts) if at not in hidden and count > 0]
    assert all(counts[at] >= LEAST for at in shown)
    if not hidden or not shown:
        return
    left = sum(counts) - sum(counts[at] for at in shown)
    assert len(hidden) >= 2
    assert left >= LEAST
    # Each hidden group holds one to `left - (others)` respondents: never a single possible number.
    assert left - (len(hidden) - 1) > 1
