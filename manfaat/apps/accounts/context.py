"""What every page knows about its reader."""

from typing import Any

from django.http import HttpRequest

from manfaat.apps.accounts.access import RIGHTS_OF_ROLE
from manfaat.apps.accounts.queries import held_roles


def rights(request: HttpRequest) -> dict[str, Any]:
    """Template context: `rights`, the names of the rights held in the government that the address names.

    None outside a government's pages; costs no query beyond the roles of the day.
    """
    code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
    if code is None or not request.user.is_authenticated:
        return {"rights": None}
    roles = [held.role for held in held_roles(request.user) if held.government_code == code]
    return {"rights": {right.name for role in roles for right in RIGHTS_OF_ROLE[role]}}
