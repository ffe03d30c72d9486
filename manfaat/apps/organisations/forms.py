"""Forms of structure, periods and roles. What the law of the house forbids is refused by the actions, not here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from manfaat.apps.accounts.models import Capacity, Role, User
from manfaat.apps.accounts.queries import person_named
from manfaat.apps.organisations.actions import AgencyFacts
from manfaat.apps.organisations.models import Agency, Government

PARTS = 4
"""How many successors the page of a split offers; two must be filled."""


class DayField(forms.DateField):
    """A date by the browser's own calendar; `18/4/2024` is understood too."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecreeField(forms.CharField):
    """The decision or regulation that an act rests on."""

    def __init__(self, **more: Any) -> None:
        help_text = _("Nomor dan tahun, misalnya Perda 5/2024.")
        super().__init__(label=_("Surat keputusan atau peraturan"), max_length=200, help_text=help_text, **more)


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Agencies by code and name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


def living_agencies(government: Government) -> Any:
    """The agencies that have not ended: those of today and those that are still to begin."""
    today = timezone.localdate()
    return Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), government=government)


class DayFilter(forms.Form):
    """The day on which a structure is looked at."""

    tanggal = DayField(label=_("Berlaku pada tanggal"), required=False, initial=timezone.localdate)

    def day(self) -> date:
        """The chosen day; today when it is empty or unreadable."""
        return (self.cleaned_data.get("tanggal") if self.is_valid() else None) or timezone.localdate()


class CloseAgencyForm(forms.Form):
    """When and by which decree something of the structure changes."""

    on = DayField(label=_("Mulai tanggal"), help_text=_("Hari pertama perubahan ini berlaku."))
    decree = DecreeField()


class OpenAgencyForm(CloseAgencyForm):
    """A new agency."""

    code = forms.CharField(label=_("Kode"), max_length=30)
    name = forms.CharField(label=_("Nama"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Agency.Kind.choices, initial=Agency.Kind.DINAS)
    parent = AgencyChoice(
        label=_("Induk"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Langsung di bawah kepala daerah"),
    )
    field_order = ["code", "name", "kind", "parent", "on", "decree"]

    def __init__(self, *args: Any, government: Government, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].queryset = living_agencies(government)  # type: ignore[attr-defined]

    def facts(self) -> AgencyFacts:
        """How the agency is to be called and placed."""
        return AgencyFacts(**{name: self.cleaned_data[name] for name in ("code", "name", "kind", "parent")})


class MergeAgenciesForm(OpenAgencyForm):
    """Which agencies become one, and how it is called. Offers the living; a second click may name one that ended."""

    agencies = forms.ModelMultipleChoiceField(
        label=_("Yang digabungkan"), queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    field_order = ["agencies", "code", "name", "kind", "parent", "on", "decree"]

    def __init__(self, *args: Any, government: Government, **more: Any) -> None:
        super().__init__(*args, government=government, **more)
        agencies = self.fields["agencies"]
        agencies.queryset = Agency.objects.filter(government=government)  # type: ignore[attr-defined]
        agencies.widget.choices = [(one.pk, f"{one.code} {one.name}") for one in living_agencies(government)]


class RenameAgencyForm(CloseAgencyForm):
    """The new name, and where it changes too, the code and the kind."""

    name = forms.CharField(label=_("Nama baru"), max_length=200)
    code = forms.CharField(label=_("Kode"), max_length=30)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Agency.Kind.choices)
    field_order = ["name", "code", "kind", "on", "decree"]


class MoveAgencyForm(CloseAgencyForm):
    """The new parent."""

    parent = AgencyChoice(
        label=_("Induk baru"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Langsung di bawah kepala daerah"),
    )
    field_order = ["parent", "on", "decree"]

    def __init__(self, *args: Any, agency: Agency, **more: Any) -> None:
        super().__init__(*args, **more)
        others = living_agencies(agency.government).exclude(pk=agency.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class SplitAgencyForm(CloseAgencyForm):
    """The agencies that one becomes; the first of them takes over its units."""

    def __init__(self, *args: Any, agency: Agency, **more: Any) -> None:
        super().__init__(*args, **more)
        self.parent = agency.parent
        for number in range(1, PARTS + 1):
            self.fields |= dict(_part_fields(number))
        self.order_fields([name for name in self.fields if name not in {"on", "decree"}])

    def clean(self) -> dict[str, Any]:
        """Each part has both code and name, or neither."""
        cleaned = super().clean() or {}
        for number in range(1, PARTS + 1):
            if bool(cleaned.get(f"code_{number}")) != bool(cleaned.get(f"name_{number}")):
                self.add_error(f"name_{number}", _("Isi kode dan nama bagian ini, atau kosongkan keduanya."))
        return cleaned

    def parts(self) -> list[AgencyFacts]:
        """The filled parts in their order."""
        data = self.cleaned_data
        filled = [number for number in range(1, PARTS + 1) if data[f"code_{number}"]]
        return [AgencyFacts(data[f"code_{n}"], data[f"name_{n}"], data[f"kind_{n}"], self.parent) for n in filled]


def _part_fields(number: int) -> Iterator[tuple[str, forms.Field]]:
    needed = number <= 2
    words = {"number": number}
    yield (
        f"code_{number}",
        forms.CharField(label=gettext("Kode bagian %(number)s") % words, max_length=30, required=needed),
    )
    yield (
        f"name_{number}",
        forms.CharField(label=gettext("Nama bagian %(number)s") % words, max_length=200, required=needed),
    )
    yield (
        f"kind_{number}",
        forms.ChoiceField(
            label=gettext("Jenis bagian %(number)s") % words, choices=Agency.Kind.choices, initial=Agency.Kind.DINAS
        ),
    )


class YearForm(forms.Form):
    """The year whose periods are opened."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2000, max_value=2100)


class ReopenPeriodForm(forms.Form):
    """Why a closed period is opened again."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tercatat di jejak audit: apa yang salah, siapa yang meminta, sampai kapan dibuka."),
    )


class PersonForm(forms.Form):
    """A new account."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=200)
    username = forms.CharField(
        label=_("Nama masuk"), max_length=150, help_text=_("Misalnya NIP atau nama.instansi; tanpa spasi.")
    )


class RoleForm(forms.Form):
    """Who gets which role, where, how and from when."""

    username = forms.CharField(label=_("Nama masuk orangnya"), max_length=150)
    role = forms.ChoiceField(label=pgettext_lazy("one", "Peran"), choices=Role.choices)
    agency = AgencyChoice(
        label=pgettext_lazy("one", "Perangkat daerah"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Seluruh pemerintah daerah"),
        help_text=_("Wajib untuk operator dan kepala perangkat daerah."),
    )
    capacity = forms.ChoiceField(
        label=_("Sebagai"),
        choices=Capacity.choices,
        help_text=_("Plt., Plh. dan Pj. menyebut surat keputusan dan hari terakhirnya."),
    )
    decree = DecreeField(required=False)
    valid_from = DayField(label=_("Mulai tanggal"), initial=timezone.localdate)
    last_day = DayField(label=_("Hari terakhir"), required=False)

    def __init__(self, *args: Any, government: Government, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = living_agencies(government)  # type: ignore[attr-defined]

    def clean_username(self) -> Any:
        """The person with that sign-in name."""
        person = person_named(self.cleaned_data["username"])
        if person is None:
            raise ValidationError(
                _("Tidak ada akun aktif dengan nama masuk itu. Periksa ejaannya, atau buat akunnya dahulu.")
            )
        return person

    def person(self) -> User:
        """Who gets the role."""
        person: User = self.cleaned_data["username"]
        return person

    def facts(self) -> dict[str, Any]:
        """The role as `assign_role` takes it; the last day is the one before `valid_to`."""
        data, agency, last_day = self.cleaned_data, self.cleaned_data["agency"], self.cleaned_data["last_day"]
        return {
            **{name: data[name] for name in ("role", "capacity", "decree", "valid_from")},
            "agency_id": agency.pk if agency else None,
            "valid_to": last_day + timedelta(days=1) if last_day else None,
        }


class EndRoleForm(forms.Form):
    """From which day a role is no longer held."""

    on = DayField(
        label=_("Tidak berlaku lagi mulai"), initial=timezone.localdate, help_text=_("Hari ini berarti seketika.")
    )
