"""Modules, functions, views and templates stay short enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "manfaat"
PRODUCT = sorted(p for p in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
MODULE_LINES, FUNCTION_LINES, VIEW_LINES, POSITIONAL, PARTIAL_LINES = 400, 50, 25, 6, 60
QUERY_WORDS = {"objects", "filter", "exclude", "annotate", "aggregate", "select_related", "prefetch_related"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions_of(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def lines_of(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_view(path: Path) -> bool:
    return path.stem.startswith("views") or path.parent.name == "views"


@pytest.mark.parametrize("path", PRODUCT, ids=short)
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", PRODUCT, ids=short)
def test_functions_are_short_and_take_few_parameters(path: Path) -> None:
    for node in functions_of(path):
        assert lines_of(node) <= FUNCTION_LINES, f"{node.name} has {lines_of(node)} lines"
        assert len(node.args.posonlyargs) + len(node.args.args) <= POSITIONAL, f"{node.name} takes too many"


@pytest.mark.parametrize("path", [p for p in PRODUCT if is_view(p)], ids=short)
def test_views_only_fetch_call_and_answer(path: Path) -> None:
    for node in functions_of(path):
        assert lines_of(node) <= VIEW_LINES, f"view {node.name} has {lines_of(node)} lines"
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute):
                assert inner.attr not in QUERY_WORDS, f"view {node.name} queries by .{inner.attr}"


@pytest.mark.parametrize("path", PRODUCT, ids=short)
def test_imports_stand_at_the_top(path: Path) -> None:
    for node in functions_of(path):
        hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
        assert not hidden, f"{node.name} hides an import"


@pytest.mark.parametrize("path", PRODUCT, ids=short)
def test_modules_and_public_functions_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public_floors = {"engine", "readers", "analysis"} & set(path.parts)
    if tree.body and path.name not in {"apps.py", "urls.py"}:
        assert ast.get_docstring(tree), "the module has no docstring"
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_") and public_floors:
            assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_obeys_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for forbidden in (" style=", "<style", "onclick=", "onchange=", "onsubmit=", "javascript:", "hx-on", "https://cdn"):
        assert forbidden not in text, f"{forbidden!r} would be blocked"
    assert "<script>" not in text


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.name.startswith("_")], ids=short)
def test_partial_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= PARTIAL_LINES
