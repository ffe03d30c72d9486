"""Pages of the structure: the tree of a day, one agency with its history, and the forms that change it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import check_may, may
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.organisations import actions, forms, queries
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.views.answers import FormPage, save_or_show


@login_required
def agencies(request: PersonRequest, code: str) -> HttpResponse:
    """The agencies of a government on a day, as a tree; those that ended and those to come below."""
    government = queries.government_for(request.user, code)
    day_filter = forms.DayFilter(request.GET or None)
    day = day_filter.day()
    context = {
        "government": government,
        "filter": day_filter,
        "day": day,
        "tree": queries.agency_tree(government, day),
        "ended": queries.ended_agencies(government, day),
        "coming": queries.coming_agencies(government, day),
        "may_edit": may(request.user, Right.EDIT_STRUCTURE, government_id=government.pk),
    }
    return render(request, "organisations/agencies.html", context)


@login_required
def agency_history(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Where an agency stands, what it came from and what it became."""
    government = queries.government_for(request.user, code)
    agency = queries.agency_for(request.user, government, public_id)
    context = {
        "government": government,
        "agency": agency,
        "lineage": queries.lineage_of(agency),
        "moves": queries.moves_of(agency),
        "units": queries.units_of(agency),
        "may_edit": may(request.user, Right.EDIT_STRUCTURE, government_id=government.pk),
    }
    return render(request, "organisations/agency_history.html", context)


@login_required
def open_agency(request: PersonRequest, code: str) -> HttpResponse:
    """A form for a new agency."""
    government = queries.government_with(request.user, code, Right.EDIT_STRUCTURE)
    form = forms.OpenAgencyForm(request.POST or None, government=government)
    page = FormPage(
        heading=_("Bentuk perangkat daerah"),
        lede=_("Perangkat daerah baru tercatat sejak tanggal mulainya."),
        button=_("Bentuk"),
        back=reverse("agencies", args=[code]),
    )

    def save() -> str:
        data = form.cleaned_data
        agency = actions.open_agency(government, form.facts(), on=data["on"], decree=data["decree"], by=request.user)
        return _("%(name)s dibentuk.") % {"name": agency.name}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def merge_agencies(request: PersonRequest, code: str) -> HttpResponse:
    """A form by which several agencies become one."""
    government = queries.government_with(request.user, code, Right.EDIT_STRUCTURE)
    form = forms.MergeAgenciesForm(request.POST or None, government=government)
    page = FormPage(
        heading=_("Gabungkan perangkat daerah"),
        lede=_(
            "Yang lama berakhir tanggal itu, riwayatnya tetap. Unit di bawahnya pindah, peran di dalamnya berakhir."
        ),
        button=_("Gabungkan"),
        back=reverse("agencies", args=[code]),
    )

    def save() -> str:
        data = form.cleaned_data
        merged = list(data["agencies"])
        into = actions.merge_agencies(merged, form.facts(), on=data["on"], decree=data["decree"], by=request.user)
        return _("%(name)s dibentuk dari penggabungan.") % {"name": into.name}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def rename_agency(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form for the new name of an agency."""
    government, agency = _agency_to_change(request, code, public_id)
    initial = {"name": agency.name, "code": agency.code, "kind": agency.kind}
    form = forms.RenameAgencyForm(request.POST or None, initial=initial)
    page = _page(
        agency,
        heading=_("Ganti nama %(name)s") % {"name": agency.name},
        lede=_("Nama lama tetap terbaca untuk tanggal sebelum perubahan; unit dan peran di dalamnya ikut pindah."),
        button=_("Ganti nama"),
    )

    def save() -> str:
        successor = actions.rename_agency(agency, **form.cleaned_data, by=request.user)
        return _("Sejak tanggal itu namanya %(name)s.") % {"name": successor.name}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def split_agency(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form by which an agency becomes several."""
    government, agency = _agency_to_change(request, code, public_id)
    form = forms.SplitAgencyForm(request.POST or None, agency=agency)
    page = _page(
        agency,
        heading=_("Pecah %(name)s") % {"name": agency.name},
        lede=_("Unit di bawahnya pindah ke bagian pertama; peran di dalamnya berakhir dan perlu diberikan lagi."),
        button=_("Pecah"),
    )

    def save() -> str:
        on, decree = form.cleaned_data["on"], form.cleaned_data["decree"]
        parts = actions.split_agency(agency, form.parts(), on=on, decree=decree, by=request.user)
        return _("Dipecah menjadi %(names)s.") % {"names": ", ".join(part.name for part in parts)}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def move_agency(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form for the new parent of an agency."""
    government, agency = _agency_to_change(request, code, public_id)
    form = forms.MoveAgencyForm(request.POST or None, agency=agency, initial={"parent": agency.parent})
    page = _page(
        agency,
        heading=_("Pindahkan %(name)s") % {"name": agency.name},
        lede=_("Induk lamanya tetap terbaca untuk tanggal sebelum perpindahan."),
        button=_("Pindahkan"),
    )

    def save() -> str:
        actions.move_agency(agency, **form.cleaned_data, by=request.user)
        return _("%(name)s dipindahkan.") % {"name": agency.name}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def close_agency(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form that ends an agency which nothing follows."""
    government, agency = _agency_to_change(request, code, public_id)
    form = forms.CloseAgencyForm(request.POST or None)
    page = _page(
        agency,
        heading=_("Tutup %(name)s") % {"name": agency.name},
        lede=_("Perangkat daerah ini berakhir tanpa penerus. Data lamanya tetap terbaca; peran di dalamnya berakhir."),
        button=_("Tutup"),
        danger=True,
    )

    def save() -> str:
        actions.close_agency(agency, **form.cleaned_data, by=request.user)
        return _("%(name)s ditutup.") % {"name": agency.name}

    return save_or_show(request, form, page, government=government, save=save)


def _agency_to_change(request: PersonRequest, code: str, public_id: UUID) -> tuple[Government, Agency]:
    government = queries.government_for(request.user, code)
    agency = queries.agency_for(request.user, government, public_id)
    check_may(request.user, Right.EDIT_STRUCTURE, government_id=government.pk)
    return government, agency


def _page(agency: Agency, *, heading: str, lede: str, button: str, danger: bool = False) -> FormPage:
    back = reverse("agency_history", args=[agency.government.code, agency.public_id])
    return FormPage(heading, lede, button, back, danger)
