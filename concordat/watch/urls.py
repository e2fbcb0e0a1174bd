"""The addresses for whoever runs the server; `middleware.py` answers them before anything else could refuse."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "watch"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health", views.health, name="health"),
    path("health/live", views.live, name="live"),
    path("metrics", views.metrics, name="metrics"),
]
