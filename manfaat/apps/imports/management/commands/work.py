"""`manage.py work`: checks and applies large imports, one after the other."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from manfaat.apps.imports.actions import claim_next, run_claimed


class Command(BaseCommand):
    help = "Checks and applies waiting imports; takes over those whose worker died."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")
        parser.add_argument(
            "--stale-seconds", type=int, default=300, help="a claim not renewed for so long is taken over"
        )
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, run, look again."""
        stale = timedelta(seconds=options["stale_seconds"])
        while True:
            claim = claim_next(stale=stale)
            if claim is not None:
                batch = run_claimed(claim)
                self.stdout.write(f"{batch.public_id} {batch.state}")
            elif options["once"]:
                return
            else:
                close_old_connections()
                time.sleep(options["pause"])
