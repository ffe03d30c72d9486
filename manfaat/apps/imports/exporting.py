"""Current records in exactly the layout that an import reads, and the empty templates."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from manfaat.apps.budgets.queries import cash_plan_of, ceilings_of, code_names_of, latest_ceilings, realisation_of
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.measurements.queries import measurements_of
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.plans.queries import METHODS, targets_of
from manfaat.readers.dates import MONTH_NAMES
from manfaat.readers.templates import TemplateKind, template

Cell = str | int | Decimal | None
Status = Measurement.Status
ABSENCES = {
    Status.MISSING: "belum ada data",
    Status.NOT_DUE: "belum jatuh tempo",
    Status.NOT_MEASURABLE: "tidak dapat diukur",
}
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")


@dataclass(frozen=True)
class Table:
    """A sheet to write: its name, header, rows, and lines that say what it is."""

    name: str
    titles: tuple[str, ...]
    rows: list[list[Cell]]
    notes: list[tuple[str, str]]


def template_table(kind: TemplateKind) -> Table:
    """The empty template with its example row and what each column means."""
    made = template(kind)
    notes = [(column.title, column.help) for column in made.columns if column.help]
    return Table(made.title, made.titles, [list(made.example)], notes)


def export_table(government: Government, kind: TemplateKind, *, year: int, month: int | None) -> Table:
    """The current records of a year, realisation as of `month`, ready to be imported again."""
    made = template(kind)
    records = _budget_records(government, year, month) if kind == "budget" else _indicator_records(government, year)
    rows: list[list[Cell]] = [[record.get(column.name) for column in made.columns] for record in records]
    notes = [("Pemerintah daerah", f"{government.code} {government.name}"), ("Tahun", str(year))]
    return Table(made.title, made.titles, rows, notes + ([("Bulan", str(month))] if month else []))


def _budget_records(government: Government, year: int, month: int | None) -> Iterator[dict[str, Any]]:
    places: defaultdict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for row in latest_ceilings(ceilings_of(government, year)):
        places[row.place].update(ceiling_rp=row.amount_rp, ceiling_stage=row.stage)
    for row in realisation_of(government, year, month) if month else []:
        places[row.place].update(realised_rp=row.amount_rp)
    for row in cash_plan_of(government, year):
        places[row.place][f"cash_plan_{row.month:02d}"] = row.amount_rp
    agencies = {agency.pk: agency for agency in Agency.objects.filter(government=government)}
    names = code_names_of(government)
    for place in sorted(places, key=lambda place: (agencies[place[0]].code if place[0] else "", *place[1:])):
        agency, programme, activity, sub_activity, account = place
        yield {
            "year": year,
            "month": month,
            "agency_code": agencies[agency].code if agency else government.code,
            "agency_name": agencies[agency].name if agency else government.name,
            "programme_code": programme,
            "programme_name": names.get(programme, ""),
            "activity_code": activity,
            "activity_name": names.get(activity, ""),
            "sub_activity_code": sub_activity,
            "sub_activity_name": names.get(sub_activity, ""),
            "account_code": account,
            "account_name": names.get(account, ""),
            **places[place],
        }


def _indicator_records(government: Government, year: int) -> Iterator[dict[str, Any]]:
    cells: defaultdict[tuple[str, str, int], dict[str, Any]] = defaultdict(dict)
    for target in targets_of(government, year):
        key = target.indicator.code, target.period.kind, target.period.number
        cells[key].update(indicator=target.indicator, target=target.text or target.value, target_high=target.value_high)
    for found in measurements_of(government, year):
        key = found.indicator.code, found.period.kind, found.period.number
        said = found.text or found.value if found.status == Status.KNOWN else ABSENCES[Status(found.status)]
        cells[key].update(indicator=found.indicator, realised=said, note=found.reason)
    agencies = {agency.pk: agency for agency in Agency.objects.filter(government=government)}
    for key in sorted(cells):
        values = cells[key]
        indicator = values.pop("indicator")
        agency = agencies.get(indicator.agency_id)
        method = METHODS.get(indicator.method)
        yield {
            "year": year,
            "agency_code": agency.code if agency else "",
            "agency_name": agency.name if agency else "",
            "indicator_code": indicator.code,
            "name": indicator.name,
            "unit": indicator.unit,
            "method": method.title if method else indicator.method,
            "period": _period_words(year, key[1], key[2]),
            **values,
        }


def _period_words(year: int, kind: str, number: int) -> Cell:
    if kind == Period.Kind.QUARTER:
        return QUARTERS[number - 1]
    return str(year) if kind == Period.Kind.YEAR else MONTH_NAMES[number - 1]
