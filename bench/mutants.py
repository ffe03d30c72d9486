"""Mutation testing of the engine: one small fault at a time in a copy of the code; do the engine's tests see it?

    python -m bench.mutants                    a sample of 150 faults over all engine modules
    python -m bench.mutants --all bounds       every fault of the modules whose path contains `bounds`

A fault is a swapped comparison, sign, connective, constant, branch or aggregate. Messages, types and `__repr__` stay as
they are. A run that takes too long counts as seen. Not in the everyday suite: a sample takes minutes.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
FIRST = [
    "manfaat/engine/tests/test_instrument_evaluation.py",
    "manfaat/engine/tests/test_instrument_loading.py",
    "manfaat/engine/tests/test_worked_examples.py",
]
TESTS = [*FIRST, "manfaat/engine/tests", "manfaat/analysis/tests"]
PARTS = ["engine", "analysis", "readers", "regulations"]
COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
BINARY = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "minimum": "maximum"}
LEFT_ALONE = {"__repr__", "_repr_html_", "__str__"}


@dataclass(frozen=True)
class Fault:
    """One fault: the module, the line, what was done, and the text of the faulty module."""

    path: Path
    line: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def faults_of(path: Path) -> Iterator[Fault]:
    """Every fault of one module."""
    source = (ROOT / path).read_text(encoding="utf-8")
    for number, (node, _) in enumerate(places(ast.parse(source))):
        for change in range(changes_of(node)):
            tree = ast.parse(source)
            target, parent = list(places(tree))[number]
            what = apply(target, change)
            if what:
                yield Fault(path, getattr(target, "lineno", getattr(parent, "lineno", 0)), what, ast.unparse(tree))


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The nodes that may hold a fault, with their parents: not in annotations, messages, names or displays."""
    waiting: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while waiting:
        node, parent = waiting.pop()
        if isinstance(node, ast.Raise | ast.JoinedStr | ast.AnnAssign | ast.arg | ast.Import | ast.ImportFrom):
            if isinstance(node, ast.AnnAssign) and node.value is not None:
                waiting.append((node.value, node))
            continue
        if isinstance(node, ast.FunctionDef) and node.name in LEFT_ALONE:
            continue
        yield node, parent
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.FunctionDef):
            children = [*node.body, *node.args.defaults, *[one for one in node.args.kw_defaults if one is not None]]
        waiting.extend((child, node) for child in reversed(children))


def changes_of(node: ast.AST) -> int:
    """How many faults the node can hold."""
    if isinstance(node, ast.Compare):
        return len(node.ops)
    kinds = (ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Constant, ast.IfExp, ast.Call)
    return 1 if isinstance(node, kinds) else 0


def apply(node: ast.AST, change: int) -> str:
    """Puts the fault in and says what it is; empty when there is none to put."""
    if isinstance(node, ast.Compare):
        old = type(node.ops[change])
        node.ops[change] = COMPARE[old]()
        return f"{old.__name__} -> {COMPARE[old].__name__}"
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        old_operator = type(node.op)
        node.op = BINARY[old_operator]()
        return f"{old_operator.__name__} -> {BINARY[old_operator].__name__}"
    if isinstance(node, ast.BoolOp):
        was_and = isinstance(node.op, ast.And)
        node.op = ast.Or() if was_and else ast.And()
        return "And -> Or" if was_and else "Or -> And"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        name = type(node.op).__name__
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if name == "Invert":
            node.op = ast.UAdd()
        elif name == "Not":
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        return f"{name} dropped"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        old_value = node.value
        node.value = not old_value if isinstance(old_value, bool) else old_value + 1
        return f"{old_value} -> {node.value}"
    if isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
        return "branches swapped"
    if isinstance(node, ast.Call):
        return renamed(node)
    return ""


def renamed(node: ast.Call) -> str:
    """Swaps an aggregate for its opposite."""
    if isinstance(node.func, ast.Name) and node.func.id in NAMES:
        old = node.func.id
        node.func.id = NAMES[old]
        return f"{old} -> {NAMES[old]}"
    if isinstance(node.func, ast.Attribute) and node.func.attr in NAMES:
        old = node.func.attr
        node.func.attr = NAMES[old]
        return f"{old} -> {NAMES[old]}"
    return ""


def copy_to(folder: Path) -> None:
    """What the engine's tests need, without Django."""
    for part in PARTS:
        shutil.copytree(
            ROOT / "manfaat" / part,
            folder / "manfaat" / part,
            ignore=shutil.ignore_patterns("__pycache__"),
            dirs_exist_ok=True,
        )
    shutil.copytree(ROOT / "docs" / "howto", folder / "docs" / "howto")
    for path in [*(ROOT / "manfaat").glob("cli*.py"), *(ROOT / "manfaat").glob("__*.py")]:
        shutil.copy(path, folder / "manfaat")


def is_seen(folder: Path, fault: Fault, seconds: float) -> bool:
    """Whether a test fails with the fault in place."""
    file = folder / fault.path
    kept = file.read_text(encoding="utf-8")
    file.write_text(fault.text, encoding="utf-8")
    try:
        return not passes(folder, seconds)
    finally:
        file.write_text(kept, encoding="utf-8")


def passes(folder: Path, seconds: float) -> bool:
    """Whether all tests pass in the copy within the time."""
    command = [
        sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:django", "-p", "no:xdist", "-p", "no:cacheprovider",
        "--import-mode=importlib", "-o", "addopts=", "-k", "not pages and not without_django", *TESTS,
    ]  # fmt: skip
    variables = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    """Draw the faults, run the tests on each, report the share that was seen and every fault that was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where", nargs="?", default="", help="only modules whose path contains this")
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=180.0)
    options = parser.parse_args()
    modules = [path.relative_to(ROOT) for path in sorted((ROOT / "manfaat/engine").rglob("*.py"))]
    modules = [path for path in modules if "tests" not in path.parts and options.where in str(path)]
    faults = [fault for path in modules for fault in faults_of(path)]
    if not options.all and len(faults) > options.sample:
        faults = random.Random(options.seed).sample(faults, options.sample)
    with tempfile.TemporaryDirectory(prefix="manfaat-mutants-") as name:
        folders: Queue[Path] = Queue()
        for worker in range(options.workers):
            folder = Path(name) / str(worker)
            copy_to(folder)
            folders.put(folder)
        if not passes(folders.queue[0], options.seconds):
            print("The tests do not pass on the unchanged code.")
            return 1
        with ThreadPoolExecutor(options.workers) as pool:
            seen = list(pool.map(lambda fault: turn(folders, fault, options.seconds), faults))
    report(faults, seen)
    return 0


def turn(folders: "Queue[Path]", fault: Fault, seconds: float) -> bool:
    """One fault in the next free copy."""
    folder = folders.get()
    try:
        found = is_seen(folder, fault, seconds)
    finally:
        folders.put(folder)
    if not found:
        print(f"not seen: {fault}", flush=True)
    return found


def report(faults: list[Fault], seen: list[bool]) -> None:
    """The score, over all and per module."""
    total: Counter[Path] = Counter()
    hit: Counter[Path] = Counter()
    for fault, found in zip(faults, seen, strict=True):
        total[fault.path] += 1
        hit[fault.path] += found
    for path in sorted(total):
        print(f"{hit[path]:>4} of {total[path]:<4} {path}")
    print(f"score {sum(seen) / max(len(seen), 1) * 100:.1f} %: {sum(seen)} of {len(seen)} faults seen")


if __name__ == "__main__":
    sys.exit(main())
