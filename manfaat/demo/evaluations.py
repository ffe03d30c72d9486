"""The SAKIP evaluation 2025 of Kabupaten Contoh: what agencies say of themselves, what the inspectorate found."""

from decimal import Decimal

from manfaat.apps.accounts.models import User
from manfaat.apps.evaluations.actions import NewAnswer, NewSheet, open_sheet, save_answers
from manfaat.apps.evaluations.models import Assessor, Sheet
from manfaat.apps.organisations.models import Agency, Government
from manfaat.demo.contoh import CODE
from manfaat.demo.tables import Row, read_rows
from manfaat.engine.instruments import Instrument, instrument

INSTRUMENT, YEAR = "sakip-2021", 2025


def load_sheets(*, organiser: User, inspector: User) -> int:
    """The sheets of the table, filled by two people; returns how many columns were filled, none when they are there."""
    government = Government.objects.get(code=CODE)
    if Sheet.objects.filter(government=government, instrument=INSTRUMENT, year=YEAR).exists():
        return 0
    agencies = {one.code: one for one in Agency.objects.filter(government=government, valid_to=None)}
    people = {Assessor.SELF: organiser, Assessor.INTERNAL: inspector}
    rows = read_rows("contoh/sakip.csv")
    for row in rows:
        sheet, _new = open_sheet(government, NewSheet(INSTRUMENT, YEAR, agencies[row["perangkat"]]), by=organiser)
        assessor = Assessor(row["penilai"])
        save_answers(sheet, assessor, answers_of(row, instrument(INSTRUMENT)), version=None, by=people[assessor])
    return len(rows)


def answers_of(row: Row, pack: Instrument) -> dict[str, NewAnswer]:
    """The answers of one line; an empty cell is no answer."""
    found = {}
    for leaf in pack.leaves:
        label = row[leaf.code]
        if label:
            value = pack.read_answer(leaf.code, label)
            found[leaf.code] = NewAnswer(Decimal(str(value)), label, evidence=row["bukti"])
    return found
