"""The addresses of under which law data are kept."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "controllers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("state/", views.state, name="state"),
]
