from django.apps import AppConfig


class MeasurementsConfig(AppConfig):
    name = "manfaat.apps.measurements"
