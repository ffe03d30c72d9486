"""Opening governments in an installation."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people

pytestmark = pytest.mark.django_db
COMMAND = ("open_government", "35.15", "Kabupaten Sidoarjo", "kabupaten", "siti", "Siti Aminah")


def test_the_command_leads_to_a_person_who_can_give_roles(capsys):
    province = people.a_government("35")
    call_command(*COMMAND)
    word = re.search(r"(\w{4}-\w{4}-\w{4}-\w{4})", capsys.readouterr().out)[1]
    assert Government.objects.get(code="35.15").parent == province
    client = Client()
    client.post("/akun/masuk/", {"login": "siti", "password": word})
    own = "sawah-hijau-di-kaki-bukit"
    client.post("/akun/sandi/", {"oldpassword": word, "password1": own, "password2": own})
    assert client.get("/pemda/35.15/peran/").status_code == 200


def test_a_dry_run_keeps_nothing(capsys):
    call_command(*COMMAND, dry_run=True)
    assert "belum ada yang disimpan" in capsys.readouterr().out
    assert not Government.objects.exists()


def test_what_cannot_be_opened_is_said_and_nothing_stays():
    call_command(*COMMAND)
    with pytest.raises(CommandError, match="sudah ada"):
        call_command(*COMMAND)
    with pytest.raises(CommandError, match="Akun dengan nama masuk siti sudah ada"):
        call_command("open_government", "35.16", "Kabupaten Mojokerto", "kabupaten", "siti", "Siti")
    assert Government.objects.count() == 1


@pytest.mark.parametrize("code", ["", "3", "35.", "35.1", "35.15.01", "3515", "ab", "35.15 "])
def test_a_malformed_code_is_refused(code):
    with pytest.raises(Refused, match="bukan kode Kemendagri"):
        people.a_government(code)


def test_a_kabupaten_stands_under_its_own_province_only():
    java, banten = people.a_government("35"), people.a_government("36")
    with pytest.raises(Refused, match="menurut kodenya"):
        people.a_government("35.15", parent=banten)
    with pytest.raises(Refused, match="menurut kodenya"):
        people.a_government("35.16", parent=people.a_government("35.15", parent=java))
