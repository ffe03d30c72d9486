"""A kabupaten with one sheet, its answers, and the forms of it."""

from decimal import Decimal

from django.urls import reverse

from manfaat.apps.evaluations.actions import NewAnswer, NewSheet, open_sheet, save_answers
from manfaat.apps.evaluations.models import Sheet
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.engine import instruments

SAKIP = "sakip-2021"
GRADES = {"AA": 100, "A": 90, "BB": 80, "B": 70, "CC": 60, "C": 50, "D": 30, "E": 0}


def a_place() -> tuple[Government, Agency]:
    """A kabupaten with one agency."""
    government = people.a_government()
    return government, people.an_agency(government)


def a_sheet(government: Government, agency: Agency | None = None, year: int = 2024, name: str = SAKIP) -> Sheet:
    """A sheet opened by the installation."""
    sheet, _new = open_sheet(government, NewSheet(name, year, agency), by=None)
    return sheet


def graded(**answers: str) -> dict[str, NewAnswer]:
    """Answers by grade: `graded(a1="BB")` answers row 1.a."""
    return {f"{key[1]}.{key[0]}": NewAnswer(Decimal(GRADES[grade]), grade) for key, grade in answers.items()}


def all_answers(grade: str = "BB") -> dict[str, NewAnswer]:
    """Every row of SAKIP with one grade."""
    leaves = instruments.instrument(SAKIP).leaves
    return {row.code: NewAnswer(Decimal(GRADES[grade]), grade) for row in leaves}


def fill(sheet: Sheet, assessor: str, answers: dict[str, NewAnswer], by=None):
    """Save without a form."""
    return save_answers(sheet, assessor, answers, version=None, by=by)


def page(name: str, sheet: Sheet, *more: object) -> str:
    """The address of a page of a sheet."""
    return reverse(name, args=[sheet.government.code, sheet.public_id, *more])


def form_of(sheet: Sheet, version: int, **boxes: str) -> dict[str, str]:
    """What a browser sends: `form_of(sheet, 0, a1="BB", a1_bukti="Renstra")`; other rows are blank."""
    codes = [row.code for row in instruments.instrument(sheet.instrument).leaves]
    sent = {"version": str(version)} | {f"nilai_{at}": "" for at in range(len(codes))}
    sent |= {f"bukti_{at}": "" for at in range(len(codes))}
    for key, text in boxes.items():
        at = codes.index(f"{key[1]}.{key[0]}")
        sent[f"bukti_{at}" if key.endswith("_bukti") else f"nilai_{at}"] = text
    return sent


def number(value: float) -> NewAnswer:
    """An answer that is a plain number."""
    return NewAnswer(Decimal(str(value)))
