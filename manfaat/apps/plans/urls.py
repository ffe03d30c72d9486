from django.urls import path

from manfaat.apps.plans import views

urlpatterns = [
    path("pemda/<str:code>/indikator/", views.indicators, name="indicators"),
    path("pemda/<str:code>/indikator/baru/", views.indicator_add, name="indicator_add"),
    path("pemda/<str:code>/indikator/<uuid:public_id>/ubah/", views.indicator_change, name="indicator_change"),
]
