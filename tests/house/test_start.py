"""What stops `make run` before it begins: each fault in a clear sentence, exit code 1."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import environment  # noqa: E402 - a script beside this repository's code, not a package

Version = namedtuple("Version", "major minor micro")
Usage = namedtuple("Usage", "total used free")


def test_says_which_python_is_wanted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 1))
    with pytest.raises(SystemExit) as stopped:
        environment.check_machine()
    assert stopped.value.code == 1
    assert "Python 3.9 tidak didukung" in capsys.readouterr().err


def test_says_how_much_room_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9 - 50 * 2**20, 50 * 2**20))
    monkeypatch.setattr(environment, "PYTHON", ROOT / "absent")
    with pytest.raises(SystemExit) as stopped:
        environment.check_machine()
    assert stopped.value.code == 1
    assert "Sisa ruang disk 50 MB, dibutuhkan 700 MB" in capsys.readouterr().err


def test_says_which_port_is_taken_and_offers_another() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = subprocess.run(
            [sys.executable, str(ROOT / "tools" / "run.py")],
            env=os.environ | {"PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Porta {port} sedang dipakai" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr


def test_says_which_folder_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "run.py")],
        env=os.environ | {"PORT": "0", "MANFAAT_VAR": str(blocked / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "tidak dapat ditulisi" in done.stderr


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make
    tools = {"sh": shutil.which("sh"), "echo": shutil.which("echo")}
    for name, place in tools.items():
        (tmp_path / name).symlink_to(str(place))
    bare = {"PATH": str(tmp_path)}
    done = subprocess.run([make, "run"], cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11, 3.12 atau 3.13 tidak ditemukan" in done.stderr


def test_a_port_that_is_no_number_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "run.py")],
        env=os.environ | {"PORT": "delapan"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PORT=delapan" in done.stderr
