from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "manfaat.apps.organisations"
