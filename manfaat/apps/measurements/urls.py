from django.urls import path

from manfaat.apps.measurements import views

ONE = "pemda/<str:code>/indikator/<uuid:public_id>/"
urlpatterns = [
    path(ONE, views.indicator, name="indicator"),
    path(f"{ONE}target/", views.target_set, name="target_set"),
    path(f"{ONE}realisasi/", views.measurement_set, name="measurement_set"),
    path(
        "pemda/<str:code>/realisasi/<uuid:public_id>/verifikasi/", views.measurement_verify, name="measurement_verify"
    ),
]
