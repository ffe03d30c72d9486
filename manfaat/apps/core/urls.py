from django.urls import path

from manfaat.apps.core import views

urlpatterns = [
    path("sehat/hidup", views.alive, name="alive"),
    path("sehat/siap", views.ready, name="ready"),
]
