"""The addresses of the core: the living page of the design system."""

from django.urls import path

from . import views

app_name = "core"
urlpatterns = [path("design", views.design, name="design")]
