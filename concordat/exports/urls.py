"""The addresses of exports of everything that an organisation owns."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "exports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("ask/", views.ask, name="ask"),
    path("<uuid:pk>/agree/", views.agree, name="agree"),
    path("<uuid:pk>/stop/", views.stop, name="stop"),
    path("<uuid:pk>/fetch/", views.fetch, name="fetch"),
]
