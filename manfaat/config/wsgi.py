"""WSGI entry point: `granian --interface wsgi manfaat.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manfaat.config.settings")
application = get_wsgi_application()
