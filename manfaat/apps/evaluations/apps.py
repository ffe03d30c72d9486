from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "manfaat.apps.evaluations"
