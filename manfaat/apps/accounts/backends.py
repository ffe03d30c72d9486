"""Who may sign in with a password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from manfaat.apps.accounts.models import User


class Credentials(AuthenticationBackend):
    """Django-allauth's check of name and password; a demo person is refused outside the demo."""

    def user_can_authenticate(self, user: User) -> bool:
        """Active people, and demo people only where `settings.DEMO` is set."""
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: int) -> User | None:
        """The person of a running session, refused like at sign-in."""
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
