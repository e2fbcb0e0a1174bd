"""The entry point of a web server. It never serves as the owner of the tables, whom no policy binds."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
if os.environ.get("CONCORDAT_DB_ROLE", "app") != "app":
    raise ImproperlyConfigured("CONCORDAT_DB_ROLE=owner is for migrations. Pages are served as app.")

application = get_wsgi_application()
