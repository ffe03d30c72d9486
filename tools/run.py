"""`make run`: environment, database, demo data, then the server and its worker on loopback until Ctrl-C."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import environment

ADDRESS = "127.0.0.1"


def check_port(port: int) -> None:
    """Refuse a port on which somebody already listens, before any work is done."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            environment.stop(
                f"Porta {port} sedang dipakai program lain. Pakai porta lain: make run PORT={port + 1}",
                f"Port {port} is in use by another program. Choose another: make run PORT={port + 1}",
            )


def wanted_port() -> int:
    """The port that the environment asks for, 8000 when it asks for none."""
    asked = os.environ.get("PORT", "8000")
    if not asked.isdecimal() or int(asked) > 65535:
        environment.stop(
            f"PORT={asked} bukan nomor porta. Contoh: make run PORT=8080",
            f"PORT={asked} is not the number of a port. For example: make run PORT=8080",
        )
    return int(asked)


def demo_settings() -> dict[str, str]:
    """Environment variables of the demo; what the caller has set already stays."""
    var = Path(os.environ.get("MANFAAT_VAR", environment.ROOT / "var"))
    try:
        var.mkdir(parents=True, exist_ok=True)
        secret = var / "secret_key"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(50))
    except OSError as fault:
        environment.stop(
            f"Folder {var} tidak dapat ditulisi ({fault.strerror}). Periksa izin dan ruang disk.",
            f"Cannot write into {var} ({fault.strerror}). Check its permissions and the disk.",
        )
    return {"MANFAAT_DEMO": "1", "SECRET_KEY_FILE": str(secret), "PYTHONUNBUFFERED": "1"} | dict(os.environ)


def manage(variables: dict[str, str], *words: str) -> None:
    """One management command; when it fails this ends with its message and exit code 1."""
    command = [str(environment.PYTHON), "manage.py", *words]
    if subprocess.run(command, cwd=environment.ROOT, env=variables).returncode:
        free = shutil.disk_usage(environment.ROOT).free >> 20
        environment.stop(
            f"`manage.py {' '.join(words)}` gagal; lihat pesan di atas (sisa disk {free} MB).",
            f"`manage.py {' '.join(words)}` failed; see the message above ({free} MB of disk left).",
        )


def serve(variables: dict[str, str], port: int) -> int:
    """The web server and the background worker, until one of them ends or Ctrl-C."""
    python = str(environment.PYTHON)
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", ADDRESS, "--port", str(port), "--workers", "2"]
    web += ["--blocking-threads", "1", "--log-level", "warning", "manfaat.config.wsgi:application"]
    commands = [web, [python, "manage.py", "work"]]
    children = [subprocess.Popen(c, cwd=environment.ROOT, env=variables, start_new_session=True) for c in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return 1
    except (KeyboardInterrupt, SystemExit):
        print("\nBerhenti. Data tersimpan di var/; `make run` menyalakan lagi.")
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)


def main() -> int:
    """Prepare everything that is not yet there, print the sign-ins, serve."""
    port = wanted_port()
    check_port(port)
    environment.prepare("run")
    variables = demo_settings()
    catalogue = [str(environment.PYTHON), "tools/catalogue.py", "compile"]
    subprocess.run(catalogue, cwd=environment.ROOT, check=True)
    manage(variables, "migrate", "--verbosity", "0")
    manage(variables, "collectstatic", "--noinput", "--verbosity", "0")
    manage(variables, "load_demo")
    print(f"\nManfaat berjalan di http://{ADDRESS}:{port}/ (Ctrl-C untuk berhenti)\n", flush=True)
    return serve(variables, port)


if __name__ == "__main__":
    sys.exit(main())
