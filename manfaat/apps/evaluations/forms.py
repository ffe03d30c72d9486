"""The forms of a sheet: opening it, answering it, entering weights."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manfaat.apps.core.fields import NumberField
from manfaat.apps.evaluations.actions import NewAnswer, NewSheet
from manfaat.apps.evaluations.models import Answer, EnteredWeight
from manfaat.apps.evaluations.queries.beside import akin
from manfaat.apps.evaluations.queries.sheets import Column, OpenSheet, asked_rows
from manfaat.apps.evaluations.reading import Typed, Unread, may_be_no_locus, read_answer, typed_again, weight_text
from manfaat.apps.organisations.models import Agency, Government
from manfaat.engine.instruments import Instrument, Row
from manfaat.engine.rounding import plain_id
from manfaat.readers.columns import Mapping
from manfaat.readers.problems import column_letter

FIRST_YEAR, YEARS_AHEAD = 2010, 1
EVIDENCE = 500
Status = Answer.Status


class SheetForm(forms.Form):
    """For whom, and which year."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Untuk"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=gettext_lazy("Seluruh pemerintah daerah"),
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun yang dinilai"), min_value=FIRST_YEAR)

    def __init__(self, *args: Any, government: Government, instrument: Instrument, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": timezone.localdate().year - 1})
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        agency.queryset = Agency.objects.filter(government=government, valid_to=None).order_by("code")
        for name, option in instrument.options.items():
            self.fields[f"pilihan_{name}"] = forms.ChoiceField(
                label=option.title,
                choices=[(choice.code, choice.name) for choice in option.choices.values()],
                initial=option.default,
                required=False,
            )

    def clean_year(self) -> int:
        """A year that can be judged."""
        year = int(self.cleaned_data["year"])
        if year > timezone.localdate().year + YEARS_AHEAD:
            raise ValidationError(_("Tahun %(year)s terlalu jauh di depan. Periksa tahunnya.") % {"year": year})
        return year

    def new_sheet(self) -> NewSheet:
        """The sheet as an action takes it."""
        data = self.cleaned_data
        options = {name: data.get(f"pilihan_{name}") or one.default for name, one in self.instrument.options.items()}
        return NewSheet(self.instrument.id, data["year"], data["agency"], options)


class AnswerField(forms.CharField):
    """The answer to one row, as typed; says what it read."""

    def __init__(self, *, instrument: Instrument, row: Row, **kwargs: Any) -> None:
        self.instrument, self.row = instrument, row
        super().__init__(label=f"{row.code} {row.name}", required=False, max_length=120, **kwargs)
        if self.is_choice:
            self.widget = forms.Select(choices=self._choices())
            self.widget.is_required = False
        else:
            self.widget.attrs |= {"autocomplete": "off", "class": "input--number"}
            if row.answers:
                self.widget.attrs["list"] = f"pilihan-{row.answers}"

    @property
    def is_choice(self) -> bool:
        """Whether only named answers are allowed."""
        return bool(self.row.answers) and self.row.low is None and not self.row.classes

    def _choices(self) -> list[tuple[str, str]]:
        known = self.instrument.answer_set(self.row)
        values = known.values if known else {}
        named = [
            (label, label if plain_id(value) == label else f"{label} ({plain_id(value)})")
            for label, value in values.items()
        ]
        words = [Status.NOT_MEASURABLE, Status.NOT_DUE]
        words += [Status.NOT_LOCUS] if may_be_no_locus(self.instrument, self.row) else []
        others = [(str(status.label).lower(), str(status.label)) for status in words]
        return [("", _("Belum diisi")), *named, *others]

    def clean(self, value: Any) -> Typed | None:
        """What was read, None for a blank."""
        try:
            return read_answer(self.instrument, self.row, super().clean(value))
        except Unread as error:
            raise ValidationError(str(error)) from error

    def echo(self, data: Any) -> str:
        """What was read, in words; empty for a choice, which says it itself."""
        try:
            read = None if self.is_choice else read_answer(self.instrument, self.row, data)
        except Unread:
            return ""
        return read.words if read else ""


class AnswerForm(forms.Form):
    """The answers of one assessor to every row, with where the evidence lies."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instrument: Instrument, column: Column, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": column.version, **_initial(instrument, column)}
        super().__init__(*args, **kwargs)
        self.rows = asked_rows(instrument, column.assessor)
        for at, row in enumerate(self.rows):
            self.fields[f"nilai_{at}"] = AnswerField(instrument=instrument, row=row)
            self.fields[f"bukti_{at}"] = forms.CharField(
                label=_("Bukti dukung %(row)s") % {"row": f"{row.code} {row.name}"},
                required=False,
                max_length=EVIDENCE,
                widget=forms.TextInput(attrs={"placeholder": _("dokumen, halaman, tautan"), "autocomplete": "off"}),
            )
        if any(row.operator == "adjusted" for row in instrument.rows):
            self.fields["koefisien"] = NumberField(
                label=_("Koefisien"),
                required=False,
                max_digits=12,
                help_text=_("Poin yang ditambahkan atau dikurangkan evaluator. Kosong: tidak ada."),
            )

    def answers(self) -> dict[str, NewAnswer]:
        """Per row the answer as an action takes it."""
        data = self.cleaned_data
        return {
            row.code: new_answer(data[f"nilai_{at}"], data[f"bukti_{at}"].strip()) for at, row in enumerate(self.rows)
        }

    def coefficient(self) -> Decimal | None:
        """Points added, where the instrument has them."""
        value: Decimal | None = self.cleaned_data.get("koefisien")
        return value

    def boxes(self) -> dict[str, tuple[forms.BoundField, forms.BoundField]]:
        """The two boxes of every row."""
        return {row.code: (self[f"nilai_{at}"], self[f"bukti_{at}"]) for at, row in enumerate(self.rows)}


def new_answer(read: Typed | None, evidence: str) -> NewAnswer:
    """An answer for the action; a blank with evidence stays unanswered but keeps the evidence."""
    if read is None:
        return NewAnswer(status=Status.MISSING, evidence=evidence)
    return NewAnswer(read.value, read.label, read.status, evidence)


def _initial(instrument: Instrument, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for at, row in enumerate(asked_rows(instrument, column.assessor)):
        answer = column.answers.get(row.code)
        if answer is not None:
            found |= {f"nilai_{at}": typed_again(answer), f"bukti_{at}": answer.evidence}
    if column.assessment is not None:
        found["koefisien"] = column.assessment.coefficient
    return found


class TryForm(forms.Form):
    """Answers on a copy, the effort each improvement would take, and how much effort there is."""

    anggaran = NumberField(
        label=gettext_lazy("Anggaran usaha"),
        required=False,
        help_text=gettext_lazy("Dalam satuan yang sama dengan kolom usaha, misalnya hari kerja. Boleh kosong."),
    )

    def __init__(self, *args: Any, rows: tuple[Row, ...], instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for at, row in enumerate(rows):
            self.fields[f"nilai_{at}"] = AnswerField(instrument=instrument, row=row)
            effort = NumberField(label=_("Usaha %(row)s") % {"row": f"{row.code} {row.name}"}, required=False)
            self.fields[f"usaha_{at}"] = effort

    def clean(self) -> dict[str, Any]:
        """No effort below zero."""
        data = super().clean() or {}
        for name, value in list(data.items()):
            if name.startswith(("usaha_", "anggaran")) and value is not None and value < 0:
                self.add_error(name, _("Usaha harus nol atau lebih."))
        return data

    def tried(self) -> dict[str, float]:
        """Per row the answer on the copy."""
        read = {row.code: self.cleaned_data[f"nilai_{at}"] for at, row in enumerate(self.rows)}
        return {code: float(one.value) for code, one in read.items() if one is not None and one.value is not None}

    def efforts(self) -> dict[str, float]:
        """Per row how much effort it would take."""
        read = {row.code: self.cleaned_data[f"usaha_{at}"] for at, row in enumerate(self.rows)}
        return {code: float(value) for code, value in read.items() if value is not None}

    def budget(self) -> float | None:
        """How much effort there is."""
        value = self.cleaned_data["anggaran"]
        return None if value is None else float(value)

    def lines(self) -> list[tuple[Row, forms.BoundField, forms.BoundField]]:
        """The rows with their two boxes."""
        return [(row, self[f"nilai_{at}"], self[f"usaha_{at}"]) for at, row in enumerate(self.rows)]


class WeightForm(forms.Form):
    """Weights of the rows that the pack leaves open."""

    source = forms.CharField(
        label=gettext_lazy("Dibaca dari"),
        max_length=300,
        help_text=gettext_lazy("Nama dokumen dan halamannya, misalnya “Lampiran I halaman 42”."),
        error_messages={"required": gettext_lazy("Sebutkan dari mana bobot dibaca.")},
    )

    def __init__(self, *args: Any, rows: list[Row], kept: list[EnteredWeight], **kwargs: Any) -> None:
        held = {one.code: one.weight for one in kept}
        kwargs["initial"] = {f"bobot_{at}": _weight_typed(held.get(row.code, "")) for at, row in enumerate(rows)}
        super().__init__(*args, **kwargs)
        self.rows = rows
        for at, row in enumerate(rows):
            self.fields[f"bobot_{at}"] = forms.CharField(
                label=f"{row.code} {row.name}",
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input--number"}),
            )

    def clean(self) -> dict[str, Any]:
        """Every weight a positive number or fraction."""
        data = super().clean() or {}
        for at in range(len(self.rows)):
            try:
                data[f"bobot_{at}"] = weight_text(data.get(f"bobot_{at}", ""))
            except Unread as error:
                self.add_error(f"bobot_{at}", str(error))
        return data

    def weights(self) -> dict[str, str]:
        """Per row exact text, empty where there is none."""
        return {row.code: self.cleaned_data[f"bobot_{at}"] for at, row in enumerate(self.rows)}

    def pairs(self) -> list[tuple[Row, forms.BoundField]]:
        """The rows with their boxes."""
        return [(row, self[f"bobot_{at}"]) for at, row in enumerate(self.rows)]


def _weight_typed(text: str) -> str:
    return text.replace(".", ",")


class FileForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("XLSX, XLS, ODS, atau CSV, paling banyak 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"empty": gettext_lazy("Berkas kosong (0 byte). Periksa berkasnya, lalu unggah lagi.")},
    )


class ColumnsForm(forms.Form):
    """Which column of an official workbook holds what, and where the document comes from."""

    lembar = forms.CharField(widget=forms.HiddenInput)
    source = forms.CharField(
        label=gettext_lazy("Dokumen"),
        max_length=200,
        help_text=gettext_lazy("Nama dokumen resminya, misalnya “LKE 2024, lampiran surat kementerian”."),
    )

    def __init__(self, *args: Any, mapping: Mapping, **kwargs: Any) -> None:
        chosen = {f"kolom_{name}": at for name, at in mapping.columns.items()}
        kwargs["initial"] = {"lembar": mapping.sheet, **chosen, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        titles = [
            (at, f"{column_letter(at)} · {title[:60]}" if title else column_letter(at))
            for at, title in enumerate(mapping.titles)
        ]
        for column in mapping.layout.columns:
            self.fields[f"kolom_{column.name}"] = forms.TypedChoiceField(
                label=f"{column.title} *" if column.required else column.title,
                choices=[("", _("Tidak ada di berkas")), *titles],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def chosen(self) -> Mapping:
        """The mapping with the columns chosen."""
        picked = {one.name: self.cleaned_data[f"kolom_{one.name}"] for one in self.mapping.layout.columns}
        return self.mapping.with_columns({name: at for name, at in picked.items() if at is not None})


class BesideForm(forms.Form):
    """What to put beside: another assessor of the sheet, or another instrument or version of it."""

    dengan = forms.ChoiceField(label=gettext_lazy("Sandingkan dengan"))

    def __init__(self, *args: Any, opened: OpenSheet, column: Column, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dengan = self.fields["dengan"]
        assert isinstance(dengan, forms.ChoiceField)  # noqa: S101 (for the type checker)
        others = [one for one in opened.columns.values() if one.given is not None and one.assessor != column.assessor]
        people = [(one.assessor.value, _("Penilai %(who)s") % {"who": one.assessor.label}) for one in others]
        dengan.choices = [*people, *((one.id, str(one.title)) for one in akin(opened.instrument))]
