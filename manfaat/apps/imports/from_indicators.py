"""An indicator file held against the records: targets, values and new indicators, and what is wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from manfaat.apps.core.fields import as_kept
from manfaat.apps.imports.books import AgencyBook, closed_periods
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.measurements.actions import NewMeasurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Period
from manfaat.apps.plans.actions import Definition, NewTarget
from manfaat.apps.plans.models import Indicator
from manfaat.apps.plans.queries import METHODS, nodes_of
from manfaat.readers.columns import normalised
from manfaat.readers.indicators import IndicatorReading
from manfaat.readers.numbers import MISSING_TITLES

PeriodKey = tuple[str, int]
LARGEST = Decimal(10) ** 18
STATUS_OF_MISSING = {
    "not_available": Measurement.Status.MISSING,
    "not_yet": Measurement.Status.MISSING,
    "not_due": Measurement.Status.NOT_DUE,
    "not_measurable": Measurement.Status.NOT_MEASURABLE,
}
HIGHER, LOWER = "achievement.higher_is_better", "achievement.lower_is_better_difference"
METHOD_WORDS = {
    **dict.fromkeys(
        ("makin tinggi makin baik", "semakin tinggi semakin baik", "positif", "naik", "maximize", "progresif"), HIGHER
    ),
    **dict.fromkeys(
        ("makin rendah makin baik", "semakin rendah semakin baik", "negatif", "turun", "minimize", "regresif"), LOWER
    ),
    **dict.fromkeys(("rentang", "stabil", "dalam rentang"), "achievement.within_range"),
    **dict.fromkeys(("ya tidak", "ya atau tidak"), "achievement.yes_no"),
    **dict.fromkeys(("tahapan", "milestone"), "achievement.milestone"),
}


@dataclass
class IndicatorFile:
    """An indicator reading with what it refers to. `new` holds the definition of each code that has to be opened."""

    batch: ImportBatch
    reading: IndicatorReading
    book: AgencyBook
    codes: list[str] = field(default_factory=list)
    new: dict[str, Definition] = field(default_factory=dict)

    def periods(self) -> set[PeriodKey]:
        """Kind and number of every period the file speaks of."""
        rows = self.reading.rows
        return {(kind, number) for kind, number in zip(rows.period_kind, rows.period_number, strict=True)}

    def targets(self, ids: Mapping[str, int], periods: Mapping[PeriodKey, int]) -> list[NewTarget]:
        """The targets to record, given the primary keys of indicators and periods."""
        rows, sheet = self.reading.rows, self.reading.sheet
        return [
            NewTarget(
                ids[self.codes[at]],
                periods[rows.period_kind[at], rows.period_number[at]],
                _kept(rows.target[at]),
                _kept(rows.target_high[at]),
                rows.target_text[at][:40],
                sheet,
                rows.number[at],
            )
            for at in range(len(rows))
            if rows.target[at] is not None or rows.target_text[at]
        ]

    def measurements(self, ids: Mapping[str, int], periods: Mapping[PeriodKey, int]) -> list[NewMeasurement]:
        """The values to record; a blank cell says nothing and is left out, a stated absence is kept with its reason."""
        rows, sheet, found = self.reading.rows, self.reading.sheet, []
        for at in range(len(rows)):
            missing = rows.realised_missing[at]
            if missing == "blank":
                continue
            key = ids[self.codes[at]], periods[rows.period_kind[at], rows.period_number[at]]
            place = sheet, rows.number[at]
            if missing is None:
                value, text = _kept(rows.realised[at]), rows.realised_text[at][:40]
                found.append(NewMeasurement(*key, value, text, Measurement.Status.KNOWN, "", *place))
            else:
                reason = rows.note[at][:300] or MISSING_TITLES[missing]
                found.append(NewMeasurement(*key, None, "", STATUS_OF_MISSING[missing], reason, *place))
        return found


def check_indicators(file: IndicatorFile) -> dict[str, Any]:
    """Add to the reading's problems what only the records can tell, and return the summary for the preview."""
    known = list(Indicator.objects.filter(government=file.batch.government))
    _resolve(file, known)
    _check_values(file)
    _check_periods(file)
    rows = file.reading.rows
    absences = Counter(reason for reason in rows.realised_missing if reason is not None)
    return {
        "entries": len(rows),
        "indicators": len(set(file.codes)),
        "new_indicators": [[code, sheet.name] for code, sheet in file.new.items()],
        "targets": sum(
            value is not None or text != "" for value, text in zip(rows.target, rows.target_text, strict=True)
        ),
        "values": sum(reason is None for reason in rows.realised_missing),
        "absences": [{"reason": MISSING_TITLES[reason], "rows": count} for reason, count in absences.items()],
    }


def method_named(text: str) -> str:
    """The engine's name of the method that a cell names; empty where it names none that needs no further choice."""
    words = normalised(text)
    by_title = {normalised(operator.title): name for name, operator in METHODS.items()}
    name = text if text in METHODS else METHOD_WORDS.get(words) or by_title.get(words, "")
    return "" if name == "achievement.scale_mapping" else name


def _resolve(file: IndicatorFile, known: list[Indicator]) -> None:
    """The code of every row: from its code, else from its name, else as a new indicator."""
    rows = file.reading.rows
    codes = {indicator.code: indicator for indicator in known}
    by_name: dict[str, list[str]] = {}
    for indicator in known:
        by_name.setdefault(normalised(indicator.name), []).append(indicator.code)
    goals = {normalised(node.title): node.pk for node in nodes_of(file.batch.government, strategic_only=True)}
    for at in range(len(rows)):
        code, name = rows.indicator_code[at], rows.name[at]
        if not code:
            same = by_name.get(normalised(name), [])
            code = same[0] if len(same) == 1 else ""
        if code in codes:
            _compare_method(file, at, codes[code])
        elif code not in file.new:
            sheet = _definition(file, at, code, goals)
            if sheet is None:
                _unknown(file, at, codes)
                code = ""
            else:
                file.new[code] = sheet
        file.codes.append(code)


def _definition(file: IndicatorFile, at: int, code: str, goals: Mapping[str, int]) -> Definition | None:
    rows = file.reading.rows
    method = method_named(rows.method[at])
    if not (code and len(code) <= 40 and rows.name[at] and rows.unit[at] and method):
        return None
    return Definition(
        code=code,
        name=rows.name[at][:300],
        unit=rows.unit[at][:40],
        level=Indicator.Level.OUTCOME,
        method=method,
        agency_id=file.book.ids.get(rows.agency_code[at]),
        node_id=goals.get(normalised(rows.goal[at])) if rows.goal[at] else None,
    )


def _unknown(file: IndicatorFile, at: int, codes: Mapping[str, Indicator]) -> None:
    rows = file.reading.rows
    names = {code: indicator.name for code, indicator in codes.items()}
    near = process.extract(rows.name[at], names, scorer=fuzz.WRatio, limit=3, score_cutoff=75)
    hint = "; ".join(f"{code} ({name})" for name, _score, code in near)
    lacking = [
        title
        for title, there in (
            (_("kode"), rows.indicator_code[at]),
            (_("satuan"), rows.unit[at]),
            (_("metode"), method_named(rows.method[at])),
        )
        if not there
    ]
    advice = _("Untuk indikator baru lengkapi %(lacking)s.") % {"lacking": ", ".join(lacking) or _("kodenya")}
    file.reading.found.add(
        "error",
        "unknown_indicator",
        _("Indikator “%(name)s” belum terdaftar.") % {"name": rows.indicator_code[at] or rows.name[at]},
        advice + (_(" Mungkin maksudnya %(near)s.") % {"near": hint} if hint else ""),
        row=rows.number[at],
        value=rows.indicator_code[at] or rows.name[at],
    )


def _compare_method(file: IndicatorFile, at: int, indicator: Indicator) -> None:
    rows = file.reading.rows
    named = method_named(rows.method[at])
    lower = "achievement.lower_is_better"
    if named and named != indicator.method and not (named.startswith(lower) and indicator.method.startswith(lower)):
        file.reading.found.add(
            "warning",
            "other_method",
            _("Metode di berkas berbeda dari lembar definisi indikator %(code)s.") % {"code": indicator.code},
            _("Yang dipakai lembar definisi. Ubah di halaman indikator bila keliru."),
            row=rows.number[at],
            value=rows.method[at],
        )
    if rows.unit[at] and normalised(rows.unit[at]) != normalised(indicator.unit):
        file.reading.found.add(
            "warning",
            "other_unit",
            _("Satuan di berkas berbeda dari lembar definisi (%(unit)s).") % {"unit": indicator.unit},
            _("Periksa apakah angkanya memang dalam satuan lembar definisi."),
            row=rows.number[at],
            value=rows.unit[at],
        )


def _check_values(file: IndicatorFile) -> None:
    rows, found = file.reading.rows, file.reading.found
    for values in (rows.target, rows.target_high, rows.realised):
        for at, value in enumerate(values):
            if value is None:
                continue
            if abs(value) >= LARGEST:
                found.add(
                    "error",
                    "too_large",
                    _("Angka terlalu besar."),
                    _("Periksa satuannya; angka indikator paling banyak 18 digit."),
                    row=rows.number[at],
                    value=value,
                )
            elif _kept(value) != value:
                found.add(
                    "warning",
                    "rounded",
                    _("Angka dibulatkan ke 6 angka di belakang koma."),
                    _("Tidak perlu diperbaiki bila cukup."),
                    row=rows.number[at],
                    value=value,
                )


def _check_periods(file: IndicatorFile) -> None:
    rows, found, year = file.reading.rows, file.reading.found, file.batch.year
    closed = closed_periods(file.batch.government, year)
    for at, key in enumerate(zip(rows.period_kind, rows.period_number, strict=True)):
        if key[0] == "semester":
            found.add(
                "error",
                "semester",
                _("Periode semester tidak dipakai di sini."),
                _("Tulis TW II untuk Semester I, TW IV untuk Semester II."),
                row=rows.number[at],
            )
        elif key in closed or (Period.Kind.YEAR, 1) in closed:
            found.add(
                "error",
                "period_closed",
                _("Periode itu sudah ditutup."),
                _("Minta Bagian Organisasi membukanya lagi di menu Periode."),
                row=rows.number[at],
            )


def _kept(value: Decimal | None) -> Decimal | None:
    """The number as the records keep it."""
    return None if value is None or abs(value) >= LARGEST else as_kept(value)
