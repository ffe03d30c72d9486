from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "manfaat.apps.budgets"
