"""Whether the installation lives and is ready."""

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_lives_and_is_ready():
    client = Client()
    assert client.get("/sehat/hidup").content == b"hidup\n"
    assert client.get("/sehat/siap").content == b"siap\n"


def test_it_is_not_ready_while_a_migration_waits():
    MigrationRecorder.Migration.objects.filter(app="scoring").delete()
    response = Client().get("/sehat/siap")
    assert response.status_code == 503
    assert "1 migrasi belum diterapkan" in response.content.decode()


def test_it_is_not_ready_when_the_disk_takes_no_files(settings, tmp_path):
    settings.VAR = tmp_path / "berkas"
    settings.VAR.write_text("bukan folder")
    response = Client().get("/sehat/siap")
    assert response.status_code == 503
    assert "Cakram tidak dapat ditulisi" in response.content.decode()
