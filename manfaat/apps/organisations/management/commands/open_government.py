"""`manage.py open_government`: a new installation's first government and the first person who may give roles."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.actions import open_with_administrator


class Command(BaseCommand):
    """Opens a government with its administrator and prints the one-time password."""

    help = "Mencatat pemerintah daerah beserta administrator pertamanya; mencetak kata sandi sekali pakai."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="kode Kemendagri, misalnya 35.15")
        parser.add_argument("name", help="nama, misalnya 'Kabupaten Sidoarjo'")
        parser.add_argument("kind", choices=["provinsi", "kabupaten", "kota"])
        parser.add_argument("username", help="nama masuk administrator pertama")
        parser.add_argument("full_name", help="nama lengkapnya")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("code", "name", "kind", "username", "full_name", "dry_run")
        try:
            account = open_with_administrator(**{name: options[name] for name in names})
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if account is None:
            self.stdout.write("Dapat dibuat; belum ada yang disimpan.")
        else:
            self.stdout.write(f"{options['name']} dibuat. Nama masuk: {account.person.username}")
            self.stdout.write(f"Kata sandi sekali pakai: {account.password}")
