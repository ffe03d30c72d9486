"""The borders between floors and apps hold, and the contracts that guard them bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
BROKEN = {
    "Arrows only downwards": ("manfaat/apps/plans/smuggled.py", "import manfaat.apps.scoring.actions\n"),
    "The law is computed without Django": ("manfaat/engine/smuggled.py", "import django\n"),
    "The portal sees only what was published": (
        "manfaat/apps/portal/smuggled.py",
        "import manfaat.apps.scoring.models\n",
    ),
    "Queries never act, models do neither": ("manfaat/apps/core/models.py", "import manfaat.apps.core.actions\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "manfaat", tmp_path / "manfaat", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("contract", BROKEN)
def test_contract_bites(copy: Path, contract: str) -> None:
    path, line = BROKEN[contract]
    file = copy / path
    file.write_text(line + (file.read_text(encoding="utf-8") if file.exists() else ""), encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout
