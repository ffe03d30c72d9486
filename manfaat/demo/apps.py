"""The demo: published official figures, an invented government for training, and people to sign in as."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "manfaat.demo"
