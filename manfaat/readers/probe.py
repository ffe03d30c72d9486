"""Tries an old workbook in a child process first, because a crafted one can end the process that reads it.

The fast reader believes counts written in the file; one wrong byte makes it ask for a terabyte, and then it aborts,
which no `except` can catch. A child with bounded memory and time takes the blow. New formats have not shown this.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECONDS = 60
_WALK = """
import sys
try:
    import resource
except ImportError:
    pass
else:
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
for name in workbook.sheet_names:
    for row in workbook.get_sheet_by_name(name).iter_rows():
        pass
"""


def survives(path: Path) -> bool:
    """Whether a process that reads the whole workbook lives to its end; an ordinary exception counts as living."""
    command = [sys.executable, "-I", "-c", _WALK, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 (our own words)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode >= 0
