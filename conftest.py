"""What every test shares: settings for speed, no network, where the study files lie."""

import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("MANFAAT_DEBUG", "1")
os.environ.setdefault("MANFAAT_DEMO", "1")
os.environ.setdefault("MANFAAT_VAR", tempfile.mkdtemp(prefix="manfaat-test-"))

STUDY_DATA = Path(__file__).resolve().parent.parent / "shared" / "data"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Cheap password hashes, since the strength of Argon2 is not what these tests are about."""
    from django.conf import settings  # noqa: PLC0415 - the environment above has to be set first

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def study_data() -> Path:
    """The folder of real public files; absent in a plain clone, then the test says so and is skipped."""
    if not STUDY_DATA.is_dir():
        pytest.skip(f"the study files are not here: {STUDY_DATA}")
    return STUDY_DATA
