"""Opens the file of a batch, guesses its columns, and holds its rows against the records. Writes nothing."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from manfaat.apps.core.errors import Refused
from manfaat.apps.core.models import SourceFile
from manfaat.apps.imports.books import agency_book
from manfaat.apps.imports.from_budget import BudgetFile, check_budget
from manfaat.apps.imports.from_indicators import IndicatorFile, check_indicators
from manfaat.apps.imports.from_survey import SurveyFile, check_survey
from manfaat.apps.imports.models import ImportBatch
from manfaat.readers.budget import BUDGET_LAYOUTS, guess_budget, read_budget
from manfaat.readers.columns import Layout, Mapping, guess_mapping
from manfaat.readers.containers import EXTENSIONS
from manfaat.readers.indicators import INDICATOR_LAYOUT, read_indicators
from manfaat.readers.problems import Problem, Problems, Unreadable
from manfaat.readers.reading import Progress
from manfaat.readers.survey import SURVEY_LAYOUT, read_survey
from manfaat.readers.workbook import Sheet, Workbook, open_workbook

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*BUDGET_LAYOUTS, INDICATOR_LAYOUT, SURVEY_LAYOUT)}
SAMPLES = 3
HEAD = 40


@dataclass(frozen=True)
class Description:
    """One sheet of a file: the mapping guessed, up to three texts of each column, and how many rows it has."""

    mapping: Mapping
    samples: list[list[str]]
    sheets: list[str]
    rows: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the batch."""
        return {"reader": self.mapping.as_dict(), "samples": self.samples, "sheets": self.sheets}


@dataclass(frozen=True)
class Checked:
    """What a check found: the file with its rows, and what the preview shows."""

    file: BudgetFile | IndicatorFile | SurveyFile
    summary: dict[str, Any]

    @property
    def problems(self) -> list[Problem]:
        """The problems kept, errors first."""
        return self.file.reading.problems

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be applied."""
        return self.file.reading.has_errors


def path_of(source_file: SourceFile) -> Path:
    """Where the bytes of an upload lie: outside the web root, under a random name, with a known ending."""
    suffix = Path(source_file.name).suffix.lower()
    return Path(settings.FILES) / "imports" / f"{source_file.public_id.hex}{suffix if suffix in EXTENSIONS else ''}"


def open_batch(source_file: SourceFile) -> Workbook:
    """The workbook of an upload. Raises: Unreadable, also where its bytes are gone."""
    path = path_of(source_file)
    if not path.is_file():
        raise Unreadable("gone", _("Berkas ini tidak ada lagi di penyimpanan."), _("Unggah lagi berkasnya."))
    return open_workbook(path, source_file.name)


def describe(workbook: Workbook, kind: str, *, sheet_name: str = "", layout_name: str = "") -> Description:
    """One sheet of the file with its guessed mapping; without names the first visible sheet and the best layout.

    Raises: Unreadable.
    """
    sheet = workbook.sheet(sheet_name or None)
    if layout_name:
        mapping = guess_mapping(sheet, LAYOUTS[layout_name])
    else:
        layout = SURVEY_LAYOUT if kind == ImportBatch.Kind.SURVEY else INDICATOR_LAYOUT
        mapping = guess_budget(sheet) if kind == ImportBatch.Kind.BUDGET else guess_mapping(sheet, layout)
    rows = sum(1 for _row in sheet.rows())
    return Description(mapping, _samples(sheet, mapping), [sheet.name for sheet in workbook.sheets], rows)


def description_of(batch: ImportBatch, *, sheet_name: str = "", layout_name: str = "") -> Description:
    """The sheet as the batch keeps it, or, where another sheet or layout is asked for, as guessed anew.

    Refused: a sheet that is not in the file, a file that can no longer be read.
    """
    kept = mapping_of(batch)
    if sheet_name in ("", kept.sheet) and layout_name in ("", kept.layout.name):
        return Description(kept, batch.mapping["samples"], batch.mapping["sheets"], batch.rows_total)
    known = layout_name if layout_name in LAYOUTS else ""
    try:
        return describe(open_batch(batch.source_file), batch.kind, sheet_name=sheet_name, layout_name=known)
    except Unreadable as error:
        raise Refused(f"{error.message} {error.advice}") from error


def mapping_of(batch: ImportBatch) -> Mapping:
    """The mapping that the batch keeps."""
    kept: MappingOf[str, Any] = batch.mapping["reader"]
    return Mapping.from_dict(kept, LAYOUTS[str(kept["layout"])])


def read_batch(batch: ImportBatch, progress: Progress | None = None) -> Checked:
    """Read the whole file and hold it against the records. Raises: Unreadable."""
    workbook = open_batch(batch.source_file)
    file = _read_budget(batch, workbook, progress) if batch.kind == ImportBatch.Kind.BUDGET else None
    if file is not None:
        details = check_budget(file)
        return Checked(file, _summary(file.reading.found, len(file.reading.rows), file.reading.notices, details))
    if batch.kind == ImportBatch.Kind.SURVEY:
        survey = _read_survey(batch, workbook, progress)
        details = check_survey(survey)
        return Checked(
            survey, _summary(survey.reading.found, len(survey.reading.rows), survey.reading.notices, details)
        )
    other = _read_indicators(batch, workbook, progress)
    details = check_indicators(other)
    return Checked(other, _summary(other.reading.found, len(other.reading.rows), other.reading.notices, details))


def _read_budget(batch: ImportBatch, workbook: Workbook, progress: Progress | None) -> BudgetFile:
    options, mapping = batch.mapping.get("options", {}), mapping_of(batch)
    book = agency_book(batch.government, batch.year)
    names = dict(book.names)
    new: dict[str, str] = {}
    chosen: dict[str, Any] = {"year": batch.year, "month": batch.month, "scale_rp": int(options.get("scale_rp") or 1)}
    if options.get("add_agencies"):
        rows = read_budget(workbook, mapping, **chosen).rows
        for code, name in zip(rows.agency_code, rows.agency_name, strict=True):
            if code and code not in names and not new.get(code):
                new[code] = name
    reading = read_budget(workbook, mapping, known_codes={"agency_code": {**names, **new}}, progress=progress, **chosen)
    return BudgetFile(batch, reading, book, new)


def _read_indicators(batch: ImportBatch, workbook: Workbook, progress: Progress | None) -> IndicatorFile:
    book = agency_book(batch.government, batch.year)
    reading = read_indicators(
        workbook, mapping_of(batch), year=batch.year, known_codes={"agency_code": book.names}, progress=progress
    )
    return IndicatorFile(batch, reading, book)


def _read_survey(batch: ImportBatch, workbook: Workbook, progress: Progress | None) -> SurveyFile:
    unit = str(batch.mapping.get("options", {}).get("unit") or "")
    reading = read_survey(workbook, mapping_of(batch), year=batch.year, month=batch.month, unit=unit, progress=progress)
    return SurveyFile(batch, reading)


def _summary(found: Problems, rows: int, notices: list[str], details: dict[str, Any]) -> dict[str, Any]:
    bad = {problem.row for problem in found.kept if problem.severity == "error" and problem.row}
    return {
        "rows": rows,
        "fit": max(0, rows - len(bad)),
        "errors": found.count("error"),
        "warnings": found.count("warning"),
        "not_shown": sum(found.counts.values()) - len(found.kept),
        "notices": notices,
        **details,
    }


def _samples(sheet: Sheet, mapping: Mapping) -> list[list[str]]:
    """Up to three different texts under each column of the header."""
    samples: list[list[str]] = [[] for _title in mapping.titles]
    for row in sheet.head(mapping.header_row + mapping.header_height + HEAD)[
        mapping.header_row + mapping.header_height - 1 :
    ]:
        for index, cell in enumerate(row[: len(samples)]):
            text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()[:40]
            if text and text not in samples[index] and len(samples[index]) < SAMPLES:
                samples[index].append(text)
    return samples
