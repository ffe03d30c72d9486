"""What every test shares: speed, no network, where the study files lie."""

import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "manfaat.config.settings"
os.environ.setdefault("MANFAAT_DEBUG", "1")
os.environ.setdefault("MANFAAT_DEMO", "1")
os.environ.setdefault("MANFAAT_VAR", tempfile.mkdtemp(prefix="manfaat-test-"))
Path(os.environ["MANFAAT_VAR"], "static").mkdir(parents=True, exist_ok=True)
django.setup()  # here, not by pytest-django's option, which would read the settings before the lines above

STUDY_DATA = Path(__file__).resolve().parent.parent / "shared" / "data"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests() -> None:
    """Cheap password hashes, since Argon2's strength is not the point here; files apart for each parallel worker."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up only now

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES = settings.FILES / os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_audit_lock() -> None:
    """A test with real transactions empties every table afterwards; the locked log of events would refuse that."""
    from django.db import connection  # noqa: PLC0415 - Django is set up only now
    from django.test import TransactionTestCase  # noqa: PLC0415

    from manfaat.apps.core import audit_lock  # noqa: PLC0415

    flush = TransactionTestCase._fixture_teardown

    def unlocked(self: TransactionTestCase) -> None:
        audit_lock.unlock(connection)
        flush(self)
        audit_lock.lock(connection)

    TransactionTestCase._fixture_teardown = unlocked


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
