"""Money by programme, by the goals above it, and by routine against programme activity."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from manfaat import engine
from manfaat.apps.budgets.queries import EntryRow
from manfaat.apps.plans.models import GoalNode
from manfaat.apps.scoring.figures.inputs import RP, Subject, figure_inputs, row_inputs, subjects_of
from manfaat.apps.scoring.figures.orders import Made, Order, Sheet, absent
from manfaat.apps.scoring.figures.words import until
from manfaat.apps.scoring.gather.records import Cash, Records
from manfaat.apps.scoring.gather.rows import is_blud, is_routine
from manfaat.apps.scoring.gather.tree import node_codes

NO_PROGRAMMES = "sumbernya tidak memuat kode program"
MEASURES = ("node_ceiling", "node_realised")
Keep = Callable[[EntryRow], bool]


def make_node_figures(sheet: Sheet, records: Records) -> None:
    """Money and absorption of each programme and each box of the goal tree; the share of routine spending."""
    subjects = [*subjects_of(records), Subject("", records.government.name)]
    sheet.work_out(order for one in subjects for order in _programme_orders(records, one))
    sheet.work_out(_shared_programme_orders(sheet, records))
    sheet.work_out(_tree_orders(sheet, records))
    sheet.work_out(_node_absorption_orders(sheet))
    sheet.work_out(order for one in subjects if one.suffix for order in _part_orders(records, one))
    sheet.work_out(_whole_part_orders(sheet, records))
    sheet.work_out(order for one in subjects for order in _routine_orders(sheet, records, one))


def _rows_of(cash: Cash, measure: str, month: int) -> list[EntryRow]:
    rows = cash.ceiling if measure.endswith("ceiling") else cash.realised.get(month, [])
    return [row for row in rows if row.programme_code]


def _programme_orders(records: Records, subject: Subject) -> Iterable[Order]:
    cash = records.cash_of(subject.agency_id)
    for measure in MEASURES:
        by_code: defaultdict[str, list[EntryRow]] = defaultdict(list)
        for row in _rows_of(cash, measure, records.month):
            by_code[row.programme_code].append(row)
        for code, rows in sorted(by_code.items()):
            name = records.code_names.get(code, code)
            yield _node(records, subject, measure, f"programme:{code}", name, row_inputs(records, rows, name))


def _shared_programme_orders(sheet: Sheet, records: Records) -> Iterable[Order]:
    """The programmes of the government: the sum over its agencies, unless its own rows name programmes."""
    whole = Subject("", records.government.name)
    for measure in MEASURES:
        found: defaultdict[str, list[Made]] = defaultdict(list)
        for made in sheet.of(measure):
            found[made.order.node_code].append(made)
        for node_code, group in sorted(found.items()):
            if all(made.order.agency_id is not None for made in group):
                code = node_code.partition(":")[2]
                name = records.code_names.get(code, code)
                yield _node(records, whole, measure, node_code, name, figure_inputs(group, name))


def _tree_orders(sheet: Sheet, records: Records) -> Iterable[Order]:
    """The boxes above programmes: the sum of the programmes that hang under them, each once."""
    children: defaultdict[int | None, list[GoalNode]] = defaultdict(list)
    for node in records.nodes:
        children[node.parent_id].append(node)
    suffixes = {one.agency_id: one.suffix for one in subjects_of(records)}
    whole = Subject("", records.government.name)
    codes = node_codes(records.nodes)
    for node in records.nodes:
        if node.level in (GoalNode.Level.PROGRAMME, GoalNode.Level.ACTIVITY, GoalNode.Level.SUB_ACTIVITY):
            continue
        programmes = [one for one in _under(node, children) if one.level == GoalNode.Level.PROGRAMME]
        for measure in MEASURES:
            keys = [f"{measure}{suffixes.get(one.agency_id, '')}/programme:{one.code}" for one in programmes]
            made = [found for key in dict.fromkeys(keys) if (found := sheet.get(key))]
            if made:
                inputs = [one.as_input(one.figure.label) for one in made]
                yield _node(records, whole, measure, codes[node.pk], node.title, inputs)


def _under(node: GoalNode, children: dict[int | None, list[GoalNode]]) -> Iterable[GoalNode]:
    for child in children.get(node.pk, []):
        yield child
        yield from _under(child, children)


def _node_absorption_orders(sheet: Sheet) -> Iterable[Order]:
    for made in sheet.of("node_ceiling"):
        order = made.order
        realised = sheet.get(order.key.replace("node_ceiling", "node_realised", 1))
        given = realised.as_input("realisasi") if realised else absent("realisasi")
        yield Order(
            key=order.key.replace("node_ceiling", "node_absorption", 1),
            measure="node_absorption",
            operator="budget.absorption",
            label=f"Serapan {made.figure.label.removeprefix('Pagu ')}",
            subject=order.subject,
            period=order.period,
            inputs={"realised": given, "ceiling": made.as_input("pagu")},
            agency_id=order.agency_id,
            node_code=order.node_code,
            month=order.month,
        )


def _part_orders(records: Records, subject: Subject) -> Iterable[Order]:
    """What an agency spends through programmes, on routine ones, and on BLUD among these."""
    cash = records.cash_of(subject.agency_id)
    for source in ("ceiling", "realised"):
        rows = _rows_of(cash, source, records.month)
        if rows:
            routine = [row for row in rows if is_routine(row.programme_code)]
            blud = [row for row in routine if is_blud(row.activity_code)]
            yield _part(records, subject, f"by_programme_{source}", row_inputs(records, rows, "program"))
            yield _part(records, subject, f"routine_{source}", _or_nothing(records, routine, "program penunjang"))
            if blud:
                yield _part(records, subject, f"routine_blud_{source}", row_inputs(records, blud, "layanan BLUD"))


def _or_nothing(records: Records, rows: Sequence[EntryRow], label: str) -> list[engine.Input]:
    """The rows, or an entered zero where the source lists programmes and none of them is this kind."""
    if rows:
        return row_inputs(records, rows, label)
    return [engine.Input(label=f"{label}: tidak ada di antara program yang tercatat", value=0.0, unit=RP)]


def _whole_part_orders(sheet: Sheet, records: Records) -> Iterable[Order]:
    """The same for the government; an agency whose source names no programme takes part without a number."""
    whole = Subject("", records.government.name)
    own = records.cash_of(None)
    for source in ("ceiling", "realised"):
        if _rows_of(own, source, records.month):
            yield from (order for order in _part_orders(records, whole) if order.key.endswith(source))
            continue
        for measure in (f"by_programme_{source}", f"routine_{source}"):
            made = [
                sheet.get(f"{measure}{one.suffix}") for one in subjects_of(records) if one.agency_id in records.cash
            ]
            if any(made):
                told = [one.as_input(one.order.subject) if one else absent("perangkat daerah lain") for one in made]
                yield _part(records, whole, measure, told)
        blud = sheet.of(f"routine_blud_{source}")
        if blud:
            yield _part(records, whole, f"routine_blud_{source}", figure_inputs(blud, "BLUD"))


PART_LABELS = {
    "by_programme": "Belanja yang programnya tercatat",
    "routine": "Belanja program penunjang (kode program 01)",
    "routine_blud": "Di antaranya layanan BLUD (kegiatan 10): rutin menurut kode, layanan menurut sifatnya",
}


def _part(records: Records, subject: Subject, measure: str, members: list[engine.Input]) -> Order:
    word, _, source = measure.rpartition("_")
    told = "pagu" if source == "ceiling" else "realisasi"
    return Order(
        key=f"{measure}{subject.suffix}",
        measure=measure,
        operator="budget.sum",
        label=f"{PART_LABELS[word]}, {told}",
        subject=subject.name,
        period=until(records.year, records.month),
        inputs={"members": members},
        unit=RP,
        decimals=0,
        agency_id=subject.agency_id,
        month=records.month,
    )


def _routine_orders(sheet: Sheet, records: Records, subject: Subject) -> Iterable[Order]:
    for measure, source in (("routine_share", "realised"), ("routine_share_ceiling", "ceiling")):
        routine, total = (sheet.get(f"{part}_{source}{subject.suffix}") for part in ("routine", "by_programme"))
        if measure == "routine_share_ceiling" and not total:
            continue
        told = "realisasi" if source == "realised" else "pagu"
        inputs = {
            "routine": routine.as_input("belanja rutin") if routine else absent("belanja rutin", reason=NO_PROGRAMMES),
            "total": total.as_input("belanja seluruhnya")
            if total
            else absent("belanja seluruhnya", reason=NO_PROGRAMMES),
        }
        yield Order(
            key=f"{measure}{subject.suffix}",
            measure=measure,
            operator="budget.routine_share",
            label=f"Bagian belanja rutin menurut {told}",
            subject=subject.name,
            period=until(records.year, records.month),
            inputs=inputs,
            agency_id=subject.agency_id,
            month=records.month,
        )


def _node(
    records: Records, subject: Subject, measure: str, node_code: str, name: str, members: list[engine.Input]
) -> Order:
    return Order(
        key=f"{measure}{subject.suffix}/{node_code}",
        measure=measure,
        operator="budget.sum",
        label=f"{'Pagu' if measure == 'node_ceiling' else 'Realisasi'} {name}",
        subject=subject.name,
        period=until(records.year, records.month),
        inputs={"members": members},
        unit=RP,
        decimals=0,
        agency_id=subject.agency_id,
        node_code=node_code,
        month=records.month,
    )
