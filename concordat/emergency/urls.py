"""The addresses of emergency access."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "emergency"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("ask/", views.ask, name="ask"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/open/", views.open_case, name="open"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("<uuid:pk>/review/", views.review, name="review"),
]
