"""`manage.py compute 35.15 2022 12`: compute the figures of a government, as the worker does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.gather import inputs_digest


class Command(BaseCommand):
    help = "Menghitung angka sebuah pemerintah daerah sampai akhir sebuah bulan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="kode Kemendagri, misalnya 35.15")
        parser.add_argument("year", type=int)
        parser.add_argument("month", type=int)
        parser.add_argument("--dry-run", action="store_true", help="hanya tunjukkan sidik masukan, tidak menulis")

    def handle(self, *args: Any, **options: Any) -> None:
        government = Government.objects.filter(code=options["code"]).first()
        if government is None:
            raise CommandError(f"Pemerintah daerah {options['code']} tidak ada. Periksa kodenya.")
        year, month = options["year"], options["month"]
        if options["dry_run"]:
            self.stdout.write(
                f"Sidik masukan {government.name} {year}-{month:02d}: {inputs_digest(government, year, month)}"
            )
            return
        try:
            run = compute_run(government, year=year, month=month, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{run.figures.count()} angka {government.name} {year}-{month:02d}, sidik {run.result_digest}"
        )
