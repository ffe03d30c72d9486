"""`make check`: format, lint, types, imports, migrations, catalogues, documents. `--fix` mends what can be mended."""

import os
import subprocess
import sys

import environment

BIN = environment.VENV / "bin"
PYTHON = str(environment.PYTHON)
CHECKS = {
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "lint": [str(BIN / "ruff"), "check", "."],
    "types": [str(BIN / "mypy")],
    "imports": [str(BIN / "lint-imports")],
    "django": [PYTHON, "manage.py", "check"],
    "deploy": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "catalogues": [PYTHON, "tools/catalogue.py", "missing"],
    "house": [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house"],
}
FIXES = {
    "lint": [str(BIN / "ruff"), "check", "--fix", "."],
    "format": [str(BIN / "ruff"), "format", "."],
    "catalogues": [PYTHON, "tools/catalogue.py", "update"],
}
DEPLOYED = {"MANFAAT_TLS": "1", "SECRET_KEY": "k" * 25 + "0123456789" * 4, "ALLOWED_HOSTS": "manfaat.example"}


def main() -> int:
    """Run all; print the output of those that fail; exit code 1 when any did."""
    environment.prepare("dev")
    failed = []
    for name, command in (FIXES if "--fix" in sys.argv else CHECKS).items():
        variables = os.environ | (DEPLOYED if name == "deploy" else {})
        done = subprocess.run(
            command, cwd=environment.ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(f"{'ok' if done.returncode == 0 else 'FAILED':>8}  {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
