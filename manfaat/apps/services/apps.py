from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "manfaat.apps.services"
