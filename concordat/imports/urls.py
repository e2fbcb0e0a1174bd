"""The addresses of caseload files."""

from django.urls import URLPattern, URLResolver, path

from . import directory_views, views

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("services/", directory_views.offers, name="offers"),
    path("services/new/", directory_views.new_directory, name="new_directory"),
    path("services/<uuid:pk>/", directory_views.offer, name="offer"),
    path("services/<uuid:pk>/discard/", directory_views.discard_offer, name="discard_offer"),
    path("<uuid:pk>/worksheet/", views.worksheet, name="worksheet"),
    path("<uuid:pk>/columns/", views.columns, name="columns"),
    path("<uuid:pk>/dates/", views.dates, name="dates"),
    path("<uuid:pk>/preview/", views.preview, name="preview"),
    path("<uuid:pk>/load/", views.load, name="load"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/stop/", views.stop, name="stop"),
    path("<uuid:pk>/resume/", views.resume, name="resume"),
    path("<uuid:pk>/discard/", views.discard, name="discard"),
    path("<uuid:pk>/done/", views.done, name="done"),
    path("<uuid:pk>/wrong-rows/", views.wrong_rows, name="wrong_rows"),
]
