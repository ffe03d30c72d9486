"""`make bench`: run every comparison and print its ratios."""

import importlib
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

environment = importlib.import_module("environment")
COMPARISONS = ["imports", "scoring", "pages", "instruments", "survey"]


def main() -> int:
    """The comparisons named on the command line, or all; exit code 1 when one could not be run."""
    environment.prepare("dev")
    failed = 0
    for name in sys.argv[1:] or COMPARISONS:
        print(f"\n=== {name} ===", flush=True)
        command = [str(environment.PYTHON), "-m", f"bench.{name}"]
        failed += subprocess.run(command, cwd=environment.ROOT).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
