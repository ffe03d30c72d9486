"""How django-allauth behaves here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manfaat.apps.accounts.models import User

logger = logging.getLogger(__name__)


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office, nobody signs up; a password of one's own ends the duty to choose one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Nama masuk atau kata sandi tidak cocok. Periksa huruf besar-kecilnya, lalu coba lagi."
        ),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk yang gagal. Masuk dengan nama ini ditahan: tunggu 5 menit, lalu coba lagi. "
            "Bila lupa kata sandi, minta kata sandi baru kepada administrator daerah Anda."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The page that says why, for a demo person outside the demo, whose password may well be right."""
        if user.is_demo and not settings.DEMO:
            return HttpResponseRedirect(reverse("account_inactive"))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a line in the log, without the name that was tried."""
        logger.warning("sign-in failed from %s", self.get_client_ip(request))

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password; the one-time password is done with."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the work, not back to the form."""
        return reverse("home")
