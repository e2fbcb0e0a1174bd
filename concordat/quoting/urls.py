"""The addresses of quotations."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "quoting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:kind>/<uuid:record>/", views.choose, name="choose"),
    path("<slug:kind>/<uuid:record>/from/<slug:source_kind>/<uuid:source>/", views.quote, name="quote"),
]
