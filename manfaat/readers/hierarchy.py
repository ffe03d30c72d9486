"""Rows that sum other rows of the same file, found by their codes, so that nothing is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from manfaat.readers.problems import Problems

#: agency, unit, fund, stage, month: rows that differ in one of these never sum each other.
Group = tuple[str | int | None, ...]
Path = tuple[str, ...]


def node_path(*codes: str) -> Path:
    """Programme, activity, sub-activity as a path without its blank end: ("1.02.02", "", "") -> ("1.02.02",)."""
    path = list(codes)
    while path and not path[-1]:
        path.pop()
    return tuple(path)


def account_path(code: str) -> Path:
    """An account code by its parts: "5.1.02" -> ("5", "1", "02")."""
    return tuple(code.split(".")) if code else ()


def subtotals(groups: Sequence[Group], nodes: Sequence[Path], accounts: Sequence[Path]) -> list[bool]:
    """Per row whether another row of its group stands below it: same or deeper node and account, and not equal."""
    shapes = {(len(node), len(account)) for node, account in zip(nodes, accounts, strict=True)}
    if len(shapes) < 2:
        return [False] * len(groups)
    parents: set[tuple[Group, Path, Path]] = set()
    for group, node, account in zip(groups, nodes, accounts, strict=True):
        own = (len(node), len(account))
        for shape in shapes:
            if shape != own and shape[0] <= own[0] and shape[1] <= own[1]:
                parents.add((group, node[: shape[0]], account[: shape[1]]))
    return [key in parents for key in zip(groups, nodes, accounts, strict=True)]


def check_sums(
    problems: Problems,
    keys: Sequence[tuple[Group, Path, Path]],
    is_subtotal: Sequence[bool],
    numbers: Sequence[int],
    amounts: dict[str, Sequence[int | None]],
) -> None:
    """Warn of each summing row whose amount is not the sum of the leaf rows below it. `amounts`: title -> column."""
    parents = {key: position for position, key in enumerate(keys) if is_subtotal[position]}
    if not parents:
        return
    shapes = {(len(node), len(account)) for _, node, account in parents}
    children: dict[int, list[int]] = defaultdict(list)
    for position, (group, node, account) in enumerate(keys):
        if is_subtotal[position]:
            continue
        for shape in shapes:
            parent = parents.get((group, node[: shape[0]], account[: shape[1]]))
            if parent is not None and shape[0] <= len(node) and shape[1] <= len(account):
                children[parent].append(position)
    for parent, leaves in children.items():
        for title, column in amounts.items():
            printed, parts = column[parent], [column[leaf] for leaf in leaves]
            whole = [part for part in parts if part is not None]
            if printed is None or len(whole) < len(parts):
                continue
            if abs(printed - sum(whole)) > len(whole):
                problems.add(
                    "warning",
                    "parts_differ",
                    f"{title} di baris induk {_rupiah(printed)} tidak sama dengan jumlah {len(whole)} rinciannya "
                    f"{_rupiah(sum(whole))}.",
                    "Periksa apakah ada rincian yang hilang. Yang dipakai adalah rinciannya.",
                    row=numbers[parent],
                    value=printed,
                )


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
