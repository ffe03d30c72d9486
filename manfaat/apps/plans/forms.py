"""The forms of indicators and targets, in plain words."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.plans.actions import Definition
from manfaat.apps.plans.models import GoalNode, Indicator
from manfaat.apps.plans.queries import METHODS, OPTION_WORDS, nodes_of
from manfaat.engine.scales import OrdinalScale, scales

ZERO_TARGET = ("not_measurable", "met_if_equal_or_better")
ZERO_REALISED = ("not_measurable", "cap")
DIRECTION = ("both", "higher", "lower")


def _words(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(OPTION_WORDS[value]))) for value in values]


def _scale_choices() -> list[tuple[str, str]]:
    named = [(key, versions[-1]) for key, versions in scales().items()]
    return [("", "–"), *((key, scale.title) for key, scale in named if isinstance(scale, OrdinalScale))]


class IndicatorForm(forms.Form):
    """The definition sheet; options that the chosen method does not know are left out of it."""

    code = forms.CharField(
        label=_("Kode"), max_length=40, help_text=_("Misalnya IKU-1. Satu kode untuk satu indikator.")
    )
    name = forms.CharField(label=_("Nama indikator"), max_length=300)
    agency = forms.ModelChoiceField(
        label=pgettext_lazy("one", "Perangkat daerah"),
        queryset=Agency.objects.none(),
        required=False,
        help_text=_("Kosongkan bila indikator milik seluruh pemerintah daerah."),
    )
    node = forms.ModelChoiceField(
        label=_("Tujuan atau sasaran"),
        queryset=GoalNode.objects.none(),
        required=False,
        help_text=_("Kotak pohon kinerja yang diukur indikator ini."),
    )
    level = forms.ChoiceField(
        label=_("Tingkat"),
        choices=Indicator.Level.choices,
        initial=Indicator.Level.OUTCOME,
        help_text=_("Hasil: perubahan yang dirasakan orang. Keluaran: barang atau layanan yang dihasilkan."),
    )
    unit = forms.CharField(label=_("Satuan"), max_length=40, help_text=_("Misalnya %, orang, tahun, poin."))
    decimals = forms.IntegerField(label=_("Angka di belakang koma"), min_value=0, max_value=6, initial=2)
    method = forms.ChoiceField(
        label=_("Cara menghitung capaian"),
        choices=[(name, operator.title.capitalize()) for name, operator in METHODS.items()],
    )
    cap = forms.FloatField(
        label=_("Batas atas capaian (%)"),
        required=False,
        min_value=100,
        help_text=_("Misalnya 100 atau 120. Kosong: tanpa batas."),
    )
    floor = forms.FloatField(
        label=_("Batas bawah capaian (%)"),
        required=False,
        max_value=100,
        help_text=_("Misalnya 0. Kosong: tanpa batas."),
    )
    zero_target = forms.ChoiceField(label=_("Bila target nol"), choices=lambda: _words(ZERO_TARGET), required=False)
    zero_realised = forms.ChoiceField(
        label=_("Bila realisasi nol atau kurang"),
        choices=lambda: _words(ZERO_REALISED),
        required=False,
        help_text=_("Hanya untuk cara rasio."),
    )
    direction = forms.ChoiceField(
        label=_("Bila realisasi di luar rentang"),
        choices=lambda: _words(DIRECTION),
        required=False,
        help_text=_("Hanya untuk target berupa rentang."),
    )
    scale = forms.ChoiceField(
        label=_("Skala"), choices=_scale_choices, required=False, help_text=_("Hanya untuk tingkat dalam skala.")
    )
    accumulation = forms.ChoiceField(
        label=_("Nilai setahun dari nilai triwulan atau bulan"), choices=Indicator.Accumulation.choices
    )
    definition = forms.CharField(
        label=_("Konsep dan definisi"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    formula_words = forms.CharField(
        label=_("Rumus dalam kata"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    data_source = forms.CharField(label=_("Sumber data"), max_length=200, required=False)
    owner_post = forms.CharField(label=_("Jabatan penanggung jawab"), max_length=200, required=False)
    benefit = forms.CharField(
        label=_("Manfaat bagi warga"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Satu kalimat: apa yang membaik bagi orang bila indikator ini tercapai."),
    )
    beneficiaries = forms.CharField(label=_("Penerima manfaat"), max_length=300, required=False)

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency, node = self.fields["agency"], self.fields["node"]
        assert isinstance(agency, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        assert isinstance(node, forms.ModelChoiceField)  # noqa: S101
        agency.queryset = _current_agencies(government)
        node.queryset = nodes_of(government)

    def definition_sheet(self) -> Definition:
        """The sheet as an action takes it."""
        data = dict(self.cleaned_data)
        agency, node = data.pop("agency"), data.pop("node")
        options = {
            name: data.pop(name) for name in ("cap", "floor", "zero_target", "zero_realised", "direction", "scale")
        }
        known = {parameter.name for parameter in METHODS[data["method"]].parameters}
        return Definition(
            **data,
            agency_id=agency.pk if agency else None,
            node_id=node.pk if node else None,
            method_options={
                name: value for name, value in options.items() if name in known and value not in (None, "")
            },
        )


def sheet_of(indicator: Indicator) -> dict[str, Any]:
    """The form's initial values for an indicator that exists."""
    plain = ("code", "name", "level", "unit", "decimals", "method", "accumulation", "definition", "formula_words")
    words = ("data_source", "owner_post", "benefit", "beneficiaries")
    values = {name: getattr(indicator, name) for name in (*plain, *words)}
    return {**values, **indicator.method_options, "agency": indicator.agency_id, "node": indicator.node_id}


class IndicatorFilter(forms.Form):
    """Which indicators to list."""

    agency = forms.ModelChoiceField(
        label=pgettext_lazy("one", "Perangkat daerah"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Semua"),
    )
    level = forms.ChoiceField(label=_("Tingkat"), choices=[("", _("Semua")), *Indicator.Level.choices], required=False)
    gap = forms.ChoiceField(
        label=_("Yang kurang"),
        choices=[
            ("", _("Tidak disaring")),
            ("target", _("Belum punya target")),
            ("benefit", _("Belum ada kalimat manfaat")),
            ("goal", _("Belum terhubung ke pohon kinerja")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        agency.queryset = _current_agencies(government)

    def chosen(self) -> dict[str, Any]:
        """Keyword arguments of `indicators_of`; a wrong choice counts as none."""
        self.is_valid()
        agency = self.cleaned_data.get("agency")
        return {
            "agency_id": agency.pk if agency else None,
            "level": self.cleaned_data.get("level", ""),
            "gap": self.cleaned_data.get("gap", ""),
        }


def _current_agencies(government: Government) -> QuerySet[Agency]:
    return Agency.objects.filter(government=government, valid_to=None).order_by("name")
