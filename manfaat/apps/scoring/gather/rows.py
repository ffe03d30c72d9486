"""Which budget rows count, so that every rupiah counts once.

Files print a total and its parts for the same money: account 5 and 5.1 and 5.1.02, a programme and its sub-activities.
The rule here: **the broadest row printed for a place counts, finer rows only where no broader one was printed.** So a
total is exactly what the source published. Adding the finest rows instead would put a rounded sum, or an incomplete
list of parts, in the place of the published total (East Java's totals differ from their parts by rounding; two of
Toba's October totals do not equal their parts at all). Where parts and total disagree, `contradiction` says by how
much.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from manfaat.apps.budgets.queries import EntryRow

SPENDING = "5"
TOLERANCE = 0.005
"""Parts that differ from their total by less than this share differ by rounding, not by content."""

Node = tuple[str, str, str]


def spending_rows(rows: Iterable[EntryRow]) -> list[EntryRow]:
    """The rows about spending: account 5 and below, or no account where the source did not go that deep."""
    return [row for row in rows if row.account_code[:1] in ("", SPENDING)]


def counted_rows(rows: Iterable[EntryRow]) -> list[EntryRow]:
    """Of the spending rows given, those whose sum is the total of each agency, stage and month."""
    places: defaultdict[tuple[object, ...], list[EntryRow]] = defaultdict(list)
    for row in rows:
        places[row.agency_id, row.stage, row.month].append(row)
    return [row for group in places.values() for row in _broadest(group)]


def contradiction(rows: list[EntryRow], total_rp: int) -> int | None:
    """What the finest rows add up to where that is not `total_rp`; None where total and parts agree.

    `rows` are all rows of one place, its totals included.
    """
    if len(rows) < 2:
        return None
    finest = sum(row.amount_rp for row in _finest(rows))
    return finest if abs(finest - total_rp) > TOLERANCE * max(abs(total_rp), 1) else None


def _broadest(rows: list[EntryRow]) -> Iterator[EntryRow]:
    """The rows of one place under no broader one.

    A row higher in the tree stands for the rows below it whose account lies within its own, or around it: agency totals
    by group of account and programme totals are two cuts of the same money. Accounts apart (5.3 without a programme
    beside 5.1 with one) are different money.
    """
    if len(rows) == 1:
        yield rows[0]
        return
    accounts: defaultdict[Node, dict[str, EntryRow]] = defaultdict(dict)
    within: defaultdict[Node, set[str]] = defaultdict(set)
    for row in rows:
        code = row.account_code or SPENDING
        accounts[_node(row)].setdefault(code, row)
        within[_node(row)].update(_broader(code))
    for node, by_account in accounts.items():
        above = [other for other in _above(node) if other in accounts]
        for code, row in by_account.items():
            line = [*_broader(code), code]
            same_money = any(code in within[other] or any(part in accounts[other] for part in line) for other in above)
            if not same_money and not any(broader in by_account for broader in _broader(code)):
                yield row


def _finest(rows: list[EntryRow]) -> Iterator[EntryRow]:
    """The rows under which no finer one stands."""
    nodes_above = {above for row in rows for above in _above(_node(row))}
    accounts_above = {(_node(row), broader) for row in rows for broader in _broader(row.account_code)}
    for row in rows:
        if _node(row) not in nodes_above and (_node(row), row.account_code) not in accounts_above:
            yield row


def _node(row: EntryRow) -> Node:
    return row.programme_code, row.activity_code, row.sub_activity_code


def _above(node: Node) -> Iterator[Node]:
    programme, activity, _sub = node
    for above in (("", "", ""), (programme, "", ""), (programme, activity, "")):
        if above != node:
            yield above


def _broader(account: str) -> Iterator[str]:
    parts = account.split(".")
    for length in range(1, len(parts)):
        yield ".".join(parts[:length])


def is_routine(programme_code: str) -> bool:
    """Whether the programme is the supporting one of its office (`U.BB.01`)."""
    parts = programme_code.split(".")
    return len(parts) >= 3 and parts[2] == "01"


def is_blud(activity_code: str) -> bool:
    """Whether the activity is BLUD service (`U.BB.01.L.10`): routine by its code, service by its nature."""
    parts = activity_code.split(".")
    return len(parts) >= 5 and parts[2] == "01" and parts[4] == "10"
