"""The addresses of leaving."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "leaving"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("declare/", views.declare, name="declare"),
    path("<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/certificate/<str:kind>/", views.certificate, name="certificate"),
]
