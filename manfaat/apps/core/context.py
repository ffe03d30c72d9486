"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: `demo` is true where the shipped demo data and sign-ins are in use."""
    return {"demo": settings.DEMO}
