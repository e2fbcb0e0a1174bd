"""The addresses of how long records are kept."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "retention"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("period/", views.period, name="period"),
    path("disposed/", views.disposed, name="disposed"),
    path("disposed/<int:year>/<int:month>/<str:kind>/", views.certified, name="certified"),
]
