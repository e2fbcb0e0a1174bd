"""The addresses of teams."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "teams"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("make/", views.make, name="make"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/join/", views.join, name="join"),
    path("<uuid:pk>/give/", views.give, name="give"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("members/<uuid:pk>/leave/", views.leave, name="leave"),
    path("cases/<uuid:pk>/take/", views.take_away, name="take_away"),
]
