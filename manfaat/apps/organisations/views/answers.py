"""How every form page of this app answers: shown, wrong, refused or done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from manfaat.apps.core.errors import Refused
from manfaat.apps.organisations.models import Government


@dataclass(frozen=True)
class FormPage:
    """The words around a form; `back` is where it leads when done or left."""

    heading: str
    lede: str
    button: str
    back: str
    danger: bool = False


def save_or_show(
    request: HttpRequest, form: forms.Form, page: FormPage, *, government: Government, save: Callable[[], str]
) -> HttpResponse:
    """Call `save` with a valid form and go back with its message; else the form: 422 when wrong, 409 when refused."""
    status = 200
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, save())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            return redirect(page.back)
    elif form.is_bound:
        status = 422
    context: dict[str, Any] = {"government": government, "form": form, "page": page}
    return render(request, "organisations/form.html", context, status=status)
