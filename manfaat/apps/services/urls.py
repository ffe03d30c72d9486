from django.urls import path

from manfaat.apps.services import views

LIST = "pemda/<str:code>/kepuasan/"
ONE = f"{LIST}<uuid:public_id>/"
urlpatterns = [
    path(LIST, views.satisfaction, name="satisfaction"),
    path(f"{LIST}mengapa/", views.satisfaction_why, name="satisfaction_why"),
    path(ONE, views.service_unit, name="service_unit"),
    path(f"{ONE}dilayani/", views.served_set, name="served_set"),
    path(f"{ONE}mengapa/<path:key>/", views.service_why, name="service_why"),
]
