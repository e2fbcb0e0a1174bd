"""The addresses of the pages about Concordat itself."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "about"
urlpatterns: list[URLPattern | URLResolver] = [
    path("confidential", views.confidential, name="confidential"),
    path("paper", views.paper, name="paper"),
    path("accessibility", views.accessibility, name="accessibility"),
]
