"""The address of Today: the front page."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "today"
urlpatterns: list[URLPattern | URLResolver] = [path("", views.today, name="today")]
