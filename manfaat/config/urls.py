"""Every address of the product; each app lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("manfaat.apps.portal.urls")),
    path("", include("manfaat.apps.core.urls")),
    path("", include("manfaat.apps.accounts.urls")),
    path("", include("manfaat.apps.organisations.urls")),
    path("", include("manfaat.apps.plans.urls")),
    path("", include("manfaat.apps.budgets.urls")),
    path("", include("manfaat.apps.measurements.urls")),
    path("", include("manfaat.apps.evaluations.urls")),
    path("", include("manfaat.apps.services.urls")),
    path("", include("manfaat.apps.imports.urls")),
    path("", include("manfaat.apps.scoring.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
]
