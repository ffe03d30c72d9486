"""Loads the demo and prints the sign-ins."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manfaat.apps.core.errors import Refused
from manfaat.demo.load import load_demo
from manfaat.demo.people import sign_in_lines


class Command(BaseCommand):
    help = "Memuat data demo (boleh diulang) dan mencetak nama masuknya."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_demo(self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("")
        for line in sign_in_lines(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"):
            self.stdout.write(line)
