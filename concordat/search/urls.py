"""The address of the search; what is looked for never stands in it."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "search"
urlpatterns: list[URLPattern | URLResolver] = [path("", views.search, name="search")]
