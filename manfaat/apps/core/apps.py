from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "manfaat.apps.core"
