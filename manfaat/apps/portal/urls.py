"""Addresses that everybody may open."""

from django.urls import path

from manfaat.apps.portal import views

VERSION = "publik/<str:code>/<int:year>/<int:month>/v<int:version>"

urlpatterns = [
    path("", views.home, name="portal_home"),
    path("sumber-data/", views.sources, name="public_sources"),
    path("pilih-bahasa/", views.language, name="language"),
    path("publik/<str:code>/", views.government, name="public_government"),
    path(f"{VERSION}/", views.publication, name="public_publication"),
    path(f"{VERSION}.json", views.download_json, name="public_json"),
    path(f"{VERSION}.csv", views.download_csv, name="public_csv"),
    path(f"{VERSION}/angka/<path:key>/", views.figure, name="public_figure"),
]
