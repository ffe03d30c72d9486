"""Pages of people and their dated roles."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from manfaat.apps.accounts import actions
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.queries import assignment_for, roles_by_time
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations import forms, queries
from manfaat.apps.organisations.views.answers import FormPage, save_or_show


@login_required
def roles(request: PersonRequest, code: str) -> HttpResponse:
    """Who holds which role today, who will and who did."""
    government = queries.government_with(request.user, code, Right.ASSIGN_ROLES)
    held = roles_by_time(request.user, government.pk)
    return render(request, "organisations/roles.html", {"government": government, "roles": held})


@login_required
def assign_role(request: PersonRequest, code: str) -> HttpResponse:
    """A form that gives a person a role."""
    government = queries.government_with(request.user, code, Right.ASSIGN_ROLES)
    initial = {"username": request.GET.get("nama", "")}
    form = forms.RoleForm(request.POST or None, government=government, initial=initial)
    page = FormPage(
        heading=_("Beri peran"),
        lede=_("Peran berlaku di antara dua tanggal dan tercatat dengan surat keputusannya."),
        button=_("Beri peran"),
        back=reverse("roles", args=[code]),
    )

    def save() -> str:
        actions.assign_role(form.person(), **form.facts(), government_id=government.pk, by=request.user)
        return _("Peran diberikan kepada %(name)s.") % {"name": form.person()}

    return save_or_show(request, form, page, government=government, save=save)


@login_required
def end_role(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A form that ends a role."""
    government = queries.government_with(request.user, code, Right.ASSIGN_ROLES)
    assignment = assignment_for(request.user, government.pk, public_id)
    form = forms.EndRoleForm(request.POST or None)
    words = {"name": assignment.user, "role": assignment.get_role_display()}
    page = FormPage(
        heading=_("Akhiri peran %(role)s dari %(name)s") % words,
        lede=_("Yang sudah dikerjakan dengan peran itu tetap tercatat atas namanya."),
        button=_("Akhiri peran"),
        back=reverse("roles", args=[code]),
        danger=True,
    )

    def save() -> str:
        actions.end_role(assignment, on=form.cleaned_data["on"], by=request.user)
        return _("Peran %(role)s dari %(name)s berakhir.") % words

    return save_or_show(request, form, page, government=government, save=save)


@login_required
@never_cache
def create_person(request: PersonRequest, code: str) -> HttpResponse:
    """A form for a new account; the answer shows its one-time password, once."""
    government = queries.government_with(request.user, code, Right.ASSIGN_ROLES)
    form = forms.PersonForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            account = actions.create_person(government_id=government.pk, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            context = {"government": government, "person": account.person, "password": account.password}
            return render(request, "organisations/password.html", context)
    page = FormPage(
        heading=_("Buat akun"),
        lede=_("Kata sandi awalnya tampil satu kali. Orangnya wajib menggantinya saat pertama masuk."),
        button=_("Buat akun"),
        back=reverse("roles", args=[code]),
    )
    return render(
        request, "organisations/form.html", {"government": government, "form": form, "page": page}, status=status
    )


@login_required
@never_cache
def renew_password(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Ask, then show a new one-time password for the holder of a role, once."""
    government = queries.government_with(request.user, code, Right.ASSIGN_ROLES)
    person = assignment_for(request.user, government.pk, public_id).user
    if request.method != "POST":
        return render(request, "organisations/renew_password.html", {"government": government, "person": person})
    word = actions.renew_password(person, government_id=government.pk, by=request.user)
    context = {"government": government, "person": person, "password": word}
    return render(request, "organisations/password.html", context)
