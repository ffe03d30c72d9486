"""The pages under `docs/regulations/` say what the packs say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_regulation_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "tools/regulation_pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
