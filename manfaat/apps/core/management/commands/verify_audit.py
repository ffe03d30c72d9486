"""`manage.py verify_audit`: does every chain of events hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manfaat.apps.core.queries import chain_faults, chains


class Command(BaseCommand):
    """Checks every chain and names the first fault of each that is broken."""

    help = "Memeriksa rantai jejak audit setiap pemerintah daerah; keluar dengan kode 1 bila ada yang rusak."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per broken chain, exit 1 when there is any."""
        broken = 0
        governments = chains()
        for government_id in governments:
            if faults := chain_faults(government_id):
                broken += 1
                self.stderr.write(str(faults[0]))
        if broken:
            raise CommandError(f"{broken} dari {len(governments)} rantai jejak audit rusak.")
        self.stdout.write(f"{len(governments)} rantai jejak audit utuh.")
