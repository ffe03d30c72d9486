"""What the documents promise stands in the code."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "manfaat"
COMMON = set(re.findall(r"\w+", """
    API CSV XLSX XLS ODS JSON HTML URL PDF TOML SHA SVG UTF TOTP GRAND TOTAL JUMLAH JSONL HTTP AGPL QR SQL PNG REF
    NAME DIV VALUE ISO III VII VIII XII TSV SK DKI
"""))  # fmt: skip


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def glossary_words() -> set[str]:
    terms = [line.split("|")[1] for line in text("GLOSSARY.md").splitlines() if line.startswith("| ")]
    return {word.strip(".") for term in terms for word in re.findall(r"[\w.]+", term)}


def test_every_abbreviation_on_a_screen_stands_in_the_glossary() -> None:
    known = glossary_words() | COMMON
    with (PACKAGE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        said = [str(message.id) for message in read_po(file) if message.id]
    unknown = {word for line in said for word in re.findall(r"\b[A-Z]{3,}\b", line)} - known
    assert not unknown, f"explain in GLOSSARY.md: {sorted(unknown)}"


def test_every_function_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`manfaat/([\w/]+\.py):(\w+)`", text("ARCHITECTURE.md"))
    assert len(named) >= 10
    for path, function in named:
        tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert function in names, f"{path} has no {function}"


def test_every_folder_of_the_package_is_on_the_map() -> None:
    folders = {p.name for p in [*PACKAGE.iterdir(), *(PACKAGE / "apps").iterdir()] if p.is_dir()}
    missing = {f for f in folders if not f.startswith("__") and f"{f}/" not in text("ARCHITECTURE.md")}
    assert not missing


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_locked_requirements_carry_hashes_and_no_address(lock: str) -> None:
    content = text(f"requirements/{lock}.txt")
    assert "://" not in content
    pinned = [line for line in content.splitlines() if re.match(r"^[a-zA-Z]", line)]
    assert all("==" in line for line in pinned)
    assert content.count("--hash=sha256:") >= len(pinned)


def test_each_dependency_has_its_reason_beside_it() -> None:
    block = text("pyproject.toml").split("dependencies = [", 1)[1].split("\n]", 1)[0]
    for line in block.strip().splitlines():
        assert "#" in line, f"no reason: {line}"


def test_readme_names_the_two_commands_and_the_make_targets_exist() -> None:
    targets = set(re.findall(r"^(\w+):", text("Makefile"), flags=re.MULTILINE))
    assert {"run", "test", "check", "fix", "bench"} <= targets
    assert "make run" in text("README.md")
    assert "make test" in text("README.md")
    assert "make test" in text(".ci/run")


def test_readme_tells_the_state_of_every_row_of_the_mission() -> None:
    rows_of = {"B": 7, "D": 6, "L": 6, "K": 6, "P": 8}
    rows = [f"{letter}{number}" for letter, count in rows_of.items() for number in range(1, count + 1)]
    table = text("README.md")
    assert not [row for row in rows if not re.search(rf"\| {row} \|", table)]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_generated_or_foreign_file_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        assert not name.endswith((".pyc", ".mo", ".sqlite3", ".min.js", ".min.css", ".woff2", ".ttf")), name
        assert not (name.endswith(".js") and "vendor" in name), name
