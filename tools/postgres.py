"""A PostgreSQL of our own for the tests: in a temporary folder, on a free port, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first; None where PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if debian:
        return debian[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def as_server(command: list[str], folder: Path) -> None:
    """Run a server program; PostgreSQL refuses root, so root becomes `postgres`."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(bin_folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a fresh, empty server that lives as long as the `with` block."""
    folder = Path(tempfile.mkdtemp(prefix="manfaat-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()
    as_server([str(bin_folder / "initdb"), "-D", str(data), "-U", "manfaat", "-A", "trust", "-E", "UTF8"], folder)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    control = [str(bin_folder / "pg_ctl"), "-D", str(data), "-w"]
    as_server([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        yield f"postgresql://manfaat@127.0.0.1:{port}/postgres"
    finally:
        as_server([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)
