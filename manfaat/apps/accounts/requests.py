"""What a view behind `login_required` gets."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from manfaat.apps.accounts.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in, for the type checker; nothing is made of this class."""

    user: User
    htmx: HtmxDetails
