"""Who may sign in with a password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from manfaat.apps.accounts.models import User


class Credentials(AuthenticationBackend):  # type: ignore[misc]
    """Django-allauth's check of name and password; a demo person is refused outside the demo."""

    def user_can_authenticate(self, user: User) -> bool:
        """Active people, and demo people only where `settings.DEMO` is set."""
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: int) -> User | None:
        """The person of a running session, refused like at sign-in; reads the roles of the day only once."""
        user: User | None = super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.keeps_roles = True
        return user
