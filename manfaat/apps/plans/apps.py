from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "manfaat.apps.plans"
