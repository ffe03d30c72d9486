from django.urls import path

from manfaat.apps.budgets import views

urlpatterns = [path("pemda/<str:code>/pohon-kinerja/", views.goals, name="goals")]
