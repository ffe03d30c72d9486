from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "manfaat.apps.accounts"
