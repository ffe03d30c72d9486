"""The pages of django-allauth that we use, with our own templates; no sign-up, no mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path

from manfaat.apps.accounts.forms import SignInForm

urlpatterns = [
    path(
        "akun/masuk/",
        account.LoginView.as_view(form_class=SignInForm, template_name="accounts/login.html"),
        name="account_login",
    ),
    path("akun/keluar/", account.LogoutView.as_view(template_name="accounts/logout.html"), name="account_logout"),
    path(
        "akun/nonaktif/",
        account.AccountInactiveView.as_view(template_name="accounts/inactive.html"),
        name="account_inactive",
    ),
    path(
        "akun/sandi/",
        account.PasswordChangeView.as_view(template_name="accounts/password_change.html"),
        name="account_change_password",
    ),
    path(
        "akun/konfirmasi/",
        account.ReauthenticateView.as_view(template_name="accounts/reauthenticate.html"),
        name="account_reauthenticate",
    ),
    path(
        "akun/sesi/",
        sessions.ListUserSessionsView.as_view(template_name="accounts/sessions.html"),
        name="usersessions_list",
    ),
    path("akun/dua-langkah/", mfa.IndexView.as_view(template_name="accounts/two_steps.html"), name="mfa_index"),
    path(
        "akun/dua-langkah/masuk/",
        mfa.AuthenticateView.as_view(template_name="accounts/two_steps_login.html"),
        name="mfa_authenticate",
    ),
    path(
        "akun/dua-langkah/konfirmasi/",
        mfa.ReauthenticateView.as_view(template_name="accounts/reauthenticate.html"),
        name="mfa_reauthenticate",
    ),
    path(
        "akun/dua-langkah/aktifkan/",
        totp.ActivateTOTPView.as_view(template_name="accounts/two_steps_on.html"),
        name="mfa_activate_totp",
    ),
    path(
        "akun/dua-langkah/matikan/",
        totp.DeactivateTOTPView.as_view(template_name="accounts/two_steps_off.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "akun/kode-cadangan/",
        codes.ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "akun/kode-cadangan/baru/",
        codes.GenerateRecoveryCodesView.as_view(template_name="accounts/recovery_codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("akun/kode-cadangan/unduh/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
