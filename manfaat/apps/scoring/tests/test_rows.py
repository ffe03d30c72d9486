"""Which budget rows count."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manfaat.apps.budgets.queries import EntryRow
from manfaat.apps.scoring.gather.rows import contradiction, counted_rows, is_blud, is_routine, spending_rows


def row(
    account: str, amount: int, *, node: tuple[str, str, str] = ("", "", ""), month: int = 3, agency: int = 1
) -> EntryRow:
    return EntryRow(agency, "", month, *node, account, amount, 1, "", None)


def total(*rows: EntryRow) -> int:
    return sum(one.amount_rp for one in counted_rows(rows))


def test_a_printed_total_counts_and_its_parts_do_not() -> None:
    assert total(row("5", 100), row("5.1", 60), row("5.1.01", 60), row("5.2", 40)) == 100


def test_parts_count_where_no_total_was_printed() -> None:
    assert total(row("5.1", 60), row("5.1.01", 60), row("5.2", 41)) == 101


def test_the_total_stays_what_the_source_printed_when_its_parts_add_up_to_something_else() -> None:
    rows = [row("5", 1_614_087_450), row("5.1", 1_914_262_548)]
    assert total(*rows) == 1_614_087_450
    assert contradiction(rows, 1_614_087_450) == 1_914_262_548


def test_rounding_is_no_contradiction() -> None:
    assert contradiction([row("5", 1_000_000), row("5.1", 999_999)], 1_000_000) is None


def test_an_incomplete_list_of_programmes_does_not_replace_the_agencys_total() -> None:
    assert total(row("5", 100), row("5", 30, node=("1.02.02", "", ""))) == 100


def test_sub_activities_count_where_their_programme_has_no_row_of_its_own() -> None:
    deep = ("1.02.02", "1.02.02.2.01", "1.02.02.2.01.0001")
    assert total(row("5.1", 10, node=deep), row("5.2", 5, node=deep), row("5", 7, node=("1.02.03", "", ""))) == 22


def test_money_without_a_programme_does_not_hide_the_programmes_of_other_accounts() -> None:
    assert (
        total(row("5.3", 7), row("5.1", 60, node=("1.02.02", "", "")), row("5.2", 40, node=("1.02.03", "", ""))) == 107
    )


def test_totals_by_account_and_totals_by_programme_are_two_cuts_of_the_same_money() -> None:
    cut = [
        row("5.1", 60),
        row("5.2", 40),
        row("5", 70, node=("1.02.02", "", "")),
        row("5", 30, node=("1.02.03", "", "")),
    ]
    assert total(*cut) == 100


def test_a_row_without_account_and_one_for_account_5_are_the_same_place() -> None:
    assert total(row("", 100), row("5", 100)) == 100


def test_months_and_agencies_are_places_of_their_own() -> None:
    assert total(row("5", 100), row("5.1", 100, month=4), row("5.1", 7, agency=2)) == 207


def test_only_spending_counts() -> None:
    assert spending_rows([row("4", 1), row("5", 2), row("6.1", 3), row("", 4)]) == [row("5", 2), row("", 4)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1.02.01", True), ("X.XX.01", True), ("1.02.02", False), ("1.01.02", False), ("", False), ("1.01", False)],
)
def test_the_supporting_programme_is_routine(code: str, expected: bool) -> None:
    assert is_routine(code) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1.02.01.2.10", True), ("1.02.01.1.10", True), ("1.02.02.2.10", False), ("1.02.01.2.02", False), ("", False)],
)
def test_blud_service_is_known_by_its_activity(code: str, expected: bool) -> None:
    assert is_blud(code) is expected


LEAVES = st.dictionaries(
    st.tuples(
        st.sampled_from([("1.02.01", "1.02.01.2.01"), ("1.02.02", "1.02.02.2.01"), ("1.02.02", "1.02.02.2.02")]),
        st.sampled_from(["5.1.01.01", "5.1.01.02", "5.1.02.01", "5.2.01.01"]),
    ),
    st.integers(0, 10**12),
    min_size=1,
)


@given(leaves=LEAVES, printed=st.sets(st.tuples(st.integers(0, 2), st.integers(1, 4))))
def test_whatever_true_subtotals_a_file_prints_every_rupiah_counts_once(
    leaves: dict[tuple[tuple[str, str], str], int], printed: set[tuple[int, int]]
) -> None:
    """Subtotals at any depth of the programme tree (0 to 2) and of the account (1 to 4 parts), all of them right."""
    rows = [row(account, amount, node=(*node, "")) for (node, account), amount in leaves.items()]
    sums: Counter[tuple[tuple[str, str, str], str]] = Counter()
    for (node, account), amount in leaves.items():
        for depth, parts in printed - {(2, 4)}:
            programme, activity = node[0] if depth > 0 else "", node[1] if depth > 1 else ""
            sums[(programme, activity, ""), ".".join(account.split(".")[:parts])] += amount
    rows += [row(account, amount, node=node) for (node, account), amount in sums.items()]
    assert total(*rows) == sum(leaves.values())
