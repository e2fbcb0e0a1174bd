"""The addresses of the interface for machines. Whoever has not signed in gets 401 and no page to sign in on."""

from django.urls import URLPattern, URLResolver

from concordat.people.stages import Stage, open_to

from .api import api

ASKING = {"cases", "case", "records", "why", "hsds", "hsds_services", "hsds_service"}
app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = api.urls[0]
for pattern in urlpatterns:
    if isinstance(pattern, URLPattern) and pattern.name in ASKING:
        open_to(Stage.ANYBODY)(pattern.callback)  # the interface itself asks who acts
