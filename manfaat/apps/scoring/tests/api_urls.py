"""The API alone, where the installation mounts it."""

from django.urls import path

from manfaat.apps.scoring.api import api

urlpatterns = [path("api/v1/", api.urls)]
