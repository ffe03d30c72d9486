from django.urls import path

from manfaat.apps.core import views
from manfaat.apps.core.gallery import gallery

urlpatterns = [
    path("sehat/hidup", views.alive, name="alive"),
    path("sehat/siap", views.ready, name="ready"),
    path("galeri/", gallery, name="gallery"),
]
