"""Addresses of the computed figures."""

from django.urls import path

from manfaat.apps.scoring import views

urlpatterns = [
    path("pemda/<str:code>/", views.government, name="government"),
    path("pemda/<str:code>/pd/<uuid:public_id>/", views.agency, name="agency"),
    path("pemda/<str:code>/uang/", views.money, name="money"),
    path("pemda/<str:code>/manfaat/", views.benefit, name="benefit"),
    path("pemda/<str:code>/banding/", views.government, name="compare"),
    path("pemda/<str:code>/terbitkan/", views.government, name="publish"),
    path("angka/<uuid:public_id>/", views.government, name="why"),
]
