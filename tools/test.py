"""`make test`: the checks, then the whole suite on SQLite, on a real PostgreSQL and in a real Chromium.

What this machine lacks is named and skipped; with CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys

import environment
import postgres

ROOT = environment.ROOT
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
APT = "apt-get install --yes postgresql chromium"


def phase(title: str, command: list[str], **variables: str) -> bool:
    """Run one part with its own title; true when it passed."""
    print(f"\n=== {title} ===", flush=True)
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables).returncode == 0


def main() -> int:
    """All parts in order, each reported, exit code 1 when one failed or (in CI) was skipped."""
    environment.prepare("dev")
    python = str(environment.PYTHON)
    pytest = [python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", "-m", "not browser"]
    outcome = {
        "checks": phase("checks", [python, "tools/check.py"]),
        "suite on SQLite": phase("suite on SQLite", pytest),
    }
    lacking = []
    if programs := postgres.programs():
        with postgres.running(programs) as url:
            outcome["suite on PostgreSQL"] = phase("suite on PostgreSQL", pytest, DATABASE_URL=url)
    else:
        lacking.append("PostgreSQL")
    if shutil.which("chromium"):
        browser = [python, "-m", "pytest", "-q", "-m", "browser", "tests/browser"]
        outcome["journeys in Chromium"] = phase("journeys in Chromium", browser)
    else:
        lacking.append("Chromium")
    print("\n=== result ===")
    for name, passed in outcome.items():
        print(f"{'passed' if passed else 'FAILED':>8}  {name}")
    for name in lacking:
        print(f"{'FAILED' if IN_CI else 'skipped':>8}  {name} is not installed here ({APT})")
    failed = sum(not passed for passed in outcome.values()) + (len(lacking) if IN_CI else 0)
    print(f"{sum(outcome.values())} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
