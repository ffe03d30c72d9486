"""The doors to sheets: what was answered by whom, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import rights_of
from manfaat.apps.core.errors import NotFound
from manfaat.apps.evaluations.computing import Given, pack_digest
from manfaat.apps.evaluations.models import Answer, Assessment, Assessor, EnteredWeight, Result, RowFigure, Sheet
from manfaat.apps.evaluations.queries.packs import card_named, instrument_in, with_entered
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.queries import Person, may_see
from manfaat.engine.instruments import TOTAL, Instrument, Row
from manfaat.engine.series import Entry, Status

RIGHT_OF = {Assessor.SELF: Right.MEASURE, Assessor.INTERNAL: Right.VERIFY, Assessor.EXTERNAL: Right.EVALUATE}
"""The right that each assessor's answers ask for; the reform office may help an agency with its own."""


@dataclass
class Column:
    """One assessor on a sheet: answers by row, the kept result with its rows, whether it still holds."""

    assessor: Assessor
    assessment: Assessment | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    result: Result | None = None
    figures: dict[str, RowFigure] = field(default_factory=dict)
    given: Given | None = None
    is_stale: bool = False
    may_fill: bool = False

    @property
    def version(self) -> int:
        """The version a form is made for; 0 before the first answer."""
        return self.assessment.version if self.assessment else 0


@dataclass
class OpenSheet:
    """A sheet with its instrument and its three columns."""

    sheet: Sheet
    instrument: Instrument
    columns: dict[str, Column]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What was chosen where the sources differ, in words."""
        options = self.instrument.options
        return [(options[name].title, options[name].choice(code).name) for name, code in self.instrument.chosen.items()]


def sheets_for(user: Person, government: Government) -> QuerySet[Sheet]:
    """The sheets of a government that `user` may see, newest year first, each with its results."""
    if not may_see(user, government):
        raise NotFound(_("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana."))
    results = Assessment.objects.select_related("result")
    sheets = Sheet.objects.filter(government=government).select_related("agency", "government")
    return sheets.prefetch_related(Prefetch("assessments", results))


def sheet_for(user: Person, government: Government, public_id: UUID) -> Sheet:
    """One sheet of a government that `user` may see."""
    sheet = Sheet.objects.filter(government=government, public_id=public_id).select_related("agency", "government")
    found = sheet.first()
    if found is None or not may_see(user, government):
        raise NotFound(_("Lembar ini tidak ada di pemerintah daerah ini."))
    return found


def may_fill(user: Person, sheet: Sheet, assessor: str) -> bool:
    """Whether a role of `user` carries the right to answer as this assessor; who else answered is another question."""
    rights = rights_of(user, government_id=sheet.government_id, agency_id=sheet.agency_id)
    return RIGHT_OF[Assessor(assessor)] in rights or (assessor == Assessor.SELF and Right.EVALUATE in rights)


def asked_rows(instrument: Instrument, assessor: str) -> list[Row]:
    """The rows that an assessor may fill: those answered; an evaluator outside also gives points of rows above."""
    above = [row for row in instrument.rows if not row.is_leaf and row.code != TOTAL]
    return [*instrument.leaves, *(above if assessor == Assessor.EXTERNAL else [])]


def assessor_named(word: str) -> Assessor:
    """The assessor of an address, or `NotFound`."""
    if word not in Assessor.values:
        raise NotFound(_("Penilai ini tidak ada. Pilih mandiri, internal, atau eksternal."))
    return Assessor(word)


def open_sheet_for(user: Person, sheet: Sheet, *, with_figures: bool = True) -> OpenSheet:
    """The sheet with all answers and results; always the same few queries."""
    instrument = instrument_in(sheet.government, sheet.instrument, sheet.options)
    columns = {word: Column(Assessor(word)) for word in Assessor.values}
    answers: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
    for answer in Answer.objects.filter(assessment__sheet=sheet).select_related("entered_by"):
        answers[answer.assessment_id][answer.code] = answer
    figures: defaultdict[int, dict[str, RowFigure]] = defaultdict(dict)
    if with_figures:
        for figure in RowFigure.objects.filter(result__assessment__sheet=sheet).defer("record"):
            figures[figure.result_id][figure.code] = figure
    earlier = earlier_answers(sheet, instrument)
    for assessment in sheet.assessments.select_related("result", "result__computed_by", "changed_by"):
        column = columns[assessment.assessor]
        column.assessment, column.answers = assessment, answers[assessment.pk]
        column.result = result_of(assessment)
        column.given = given_of(instrument, assessment, column.answers.values(), earlier.get(assessment.assessor, {}))
        if column.result is not None:
            column.figures = figures[column.result.pk]
            column.is_stale = column.result.inputs_digest != column.given.digest
    for word, column in columns.items():
        column.may_fill = may_fill(user, sheet, word)
    return OpenSheet(sheet, instrument, columns)


def sheet_instruments(government: Government, sheets: Iterable[Sheet]) -> dict[int, Instrument]:
    """Per sheet its instrument with the options chosen and the government's own weights; one query."""
    weights: defaultdict[str, list[EnteredWeight]] = defaultdict(list)
    for one in EnteredWeight.objects.filter(government=government, is_current=True).select_related("entered_by"):
        weights[one.instrument].append(one)
    return {
        sheet.pk: with_entered(
            card_named(sheet.instrument).instrument.with_options(sheet.options), weights[sheet.instrument]
        )
        for sheet in sheets
    }


def result_of(assessment: Assessment) -> Result | None:
    """The kept result, if there is one."""
    return getattr(assessment, "result", None)


def is_outdated(result: Result, instrument: Instrument) -> bool:
    """Whether the rules or weights have changed since the result was computed."""
    return result.pack_digest != pack_digest(instrument)


def earlier_answers(sheet: Sheet, instrument: Instrument) -> dict[str, dict[str, Entry]]:
    """Last year's answers of the same subject by assessor, for rows whose rule carries them over; else nothing."""
    carried = [row.code for row in instrument.leaves if row.when_missing == "carry_last_year"]
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    if not carried:
        return found
    before = Answer.objects.filter(
        assessment__sheet__government_id=sheet.government_id,
        assessment__sheet__agency=sheet.agency,
        assessment__sheet__instrument=sheet.instrument,
        assessment__sheet__year=sheet.year - 1,
        code__in=carried,
        status=Answer.Status.KNOWN,
    )
    for assessor, code, value in before.values_list("assessment__assessor", "code", "value"):
        found[assessor][code] = value
    return found


def given_of(
    instrument: Instrument, assessment: Assessment, answers: Iterable[Answer], last_year: dict[str, Entry]
) -> Given:
    """The answers as the engine takes them; those to rows that the instrument does not have are left aside."""
    here = [answer for answer in answers if answer.code in instrument.by_code]
    entries: dict[str, Entry] = {}
    scores: dict[str, float] = {}
    for answer in here:
        if answer.value is not None and not instrument.by_code[answer.code].is_leaf:
            scores[answer.code] = float(answer.value)
        elif answer.value is not None:
            entries[answer.code] = float(answer.value)
        elif answer.status in (Answer.Status.NOT_DUE, Answer.Status.NOT_MEASURABLE):
            entries[answer.code] = Status.from_code(answer.status)
    out = frozenset(answer.code for answer in here if answer.status == Answer.Status.NOT_LOCUS)
    coefficient = None if assessment.coefficient is None else float(assessment.coefficient)
    return Given(instrument, entries, out, coefficient, last_year, scores)


def inputs_of(sheet: Sheet, assessor: str, answers: Iterable[Answer]) -> dict[str, engine.Input]:
    """Per row where its answer stands, as the page "mengapa" prints it."""
    who = Assessor(assessor).label
    found = {}
    for answer in answers:
        title = f"Lembar evaluasi, penilai {who}" + (f"; bukti: {answer.evidence}" if answer.evidence else "")
        source = {"publisher": sheet.subject, "title": title, "year": str(sheet.year), "row": answer.code}
        found[answer.code] = engine.Input(text=answer.label, source=source)
    return found


def others_who_filled(sheet: Sheet, assessor: str, user: User) -> bool:
    """Whether `user` has answered as the assessor who is checked, or who checks."""
    opposite = {Assessor.SELF: Assessor.INTERNAL, Assessor.INTERNAL: Assessor.SELF}.get(Assessor(assessor))
    return Assessment.objects.filter(sheet=sheet, assessor=opposite, filled_by=user).exists()


def figure_for(user: Person, sheet: Sheet, assessor: str, code: str) -> tuple[RowFigure, frozenset[str]]:
    """The kept figure of one row, and the codes that have a page of their own."""
    if not may_see(user, sheet.government):
        raise NotFound(_("Lembar ini tidak ada di pemerintah daerah ini."))
    figures = RowFigure.objects.filter(result__assessment__sheet=sheet, result__assessment__assessor=assessor)
    figure = figures.filter(code=code).select_related("result", "result__computed_by").first()
    if figure is None:
        raise NotFound(_("Angka ini belum dihitung. Isi lembarnya, lalu simpan."))
    return figure, frozenset(figures.values_list("code", flat=True))
