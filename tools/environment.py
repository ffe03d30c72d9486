"""Makes `.venv` hold exactly the locked packages. Standard library only.

Every fault ends in one sentence on standard error and exit code 1.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
OLDEST, TOO_NEW = (3, 11), (3, 14)
FREE_BYTES_NEEDED = 700 * 1024 * 1024


def stop(indonesian: str, english: str) -> NoReturn:
    """Say what is wrong in both languages and end with exit code 1."""
    sys.stderr.write(f"\nmanfaat: {indonesian}\n         {english}\n\n")
    sys.exit(1)


def check_machine() -> None:
    """Refuse a Python that the packages do not support, and a disk without room for them."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        here = ".".join(map(str, sys.version_info[:2]))
        stop(
            f"Python {here} tidak didukung. Pasang Python 3.11, 3.12 atau 3.13, lalu ulangi.",
            f"Python {here} is not supported. Install Python 3.11, 3.12 or 3.13 and try again.",
        )
    free = shutil.disk_usage(str(ROOT)).free
    if free < FREE_BYTES_NEEDED and not PYTHON.exists():
        stop(
            f"Sisa ruang disk {free >> 20} MB, dibutuhkan 700 MB di {ROOT}. Kosongkan ruang, lalu ulangi.",
            f"Only {free >> 20} MB free, 700 MB are needed in {ROOT}. Make room and try again.",
        )


def wanted(lock: str) -> str:
    """The digest of what should be installed: the locked file `lock` and this Python."""
    content = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return f"{lock} {hashlib.sha256(content + sys.version.encode()).hexdigest()}"


def call(command: list[str], indonesian: str, english: str) -> None:
    """Run `command` quietly; when it fails print what it said, then `stop` with the two sentences."""
    done = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace")[-3000:])
        stop(indonesian, english)


def install_commands(lock: str) -> tuple[list[str], list[str], list[str]]:
    """The commands that make the environment and fill it: by uv where it is present, else by venv and pip."""
    requirements = str(ROOT / "requirements" / f"{lock}.txt")
    if shutil.which("uv"):
        uv = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
        create = ["uv", "venv", "--quiet", "--python", sys.executable, str(VENV)]
        project = [*uv, "--no-deps", "--no-build-isolation", "--editable", "."]
        return create, [*uv, "--require-hashes", "-r", requirements], project
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    create = [sys.executable, "-m", "venv", str(VENV)]
    project = [*pip, "--no-deps", "--no-build-isolation", "--editable", "."]
    return create, [*pip, "--require-hashes", "-r", requirements], project


def prepare(lock: str) -> None:
    """Make sure that `.venv` holds the packages of `requirements/<lock>.txt`; `dev` includes `run`."""
    check_machine()
    have = STAMP.read_text().splitlines() if STAMP.exists() and PYTHON.exists() else []
    if wanted(lock) in have:
        return
    sys.stdout.write("Memasang paket terkunci ke .venv (sekali saja) ...\n")
    sys.stdout.flush()
    create, fill, project = install_commands(lock)
    if not PYTHON.exists():
        call(
            create,
            "Lingkungan Python tidak dapat dibuat. Di Debian/Ubuntu: apt-get install python3-venv.",
            "The Python environment could not be made. On Debian/Ubuntu: apt-get install python3-venv.",
        )
    call(
        fill,
        "Paket tidak dapat dipasang. Periksa jaringan atau cermin PyPI, lalu ulangi; yang sudah terunduh tidak hilang.",
        "The packages could not be installed. Check the network or your PyPI mirror and try again.",
    )
    call(
        project,
        "Perintah `manfaat` tidak dapat dipasang ke .venv; lihat pesan di atas.",
        "The command `manfaat` could not be installed into .venv; see the message above.",
    )
    STAMP.write_text("\n".join([wanted("run"), wanted("dev")] if lock == "dev" else [wanted("run")]))


if __name__ == "__main__":
    os.chdir(str(ROOT))
    prepare(sys.argv[1])
