"""Addresses of the computed figures."""

from django.urls import path

from manfaat.apps.scoring import views, views_publish
from manfaat.apps.scoring.api import api

urlpatterns = [
    path("pemda/<str:code>/", views.government, name="government"),
    path("pemda/<str:code>/pd/<uuid:public_id>/", views.agency, name="agency"),
    path("pemda/<str:code>/uang/", views.money, name="money"),
    path("pemda/<str:code>/manfaat/", views.benefit, name="benefit"),
    path("pemda/<str:code>/banding/", views.compare, name="compare"),
    path("pemda/<str:code>/hitung/", views_publish.compute, name="compute"),
    path("pemda/<str:code>/terbitkan/", views_publish.publish, name="publish"),
    path("pemda/<str:code>/terbitkan/<int:year>/<int:month>/", views_publish.freeze, name="freeze"),
    path("angka/<uuid:public_id>/", views.why, name="why"),
    path("api/v1/", api.urls),
]
