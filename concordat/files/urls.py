"""Addresses of files: of the record that they hang on, and of one file. No name stands in them."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<slug:kind>/of/<uuid:pk>/", views.record, name="record"),
    path("<slug:kind>/<uuid:pk>/download/", views.download, name="download"),
    path("<slug:kind>/<uuid:pk>/replace/", views.replace, name="replace"),
    path("<slug:kind>/<uuid:pk>/remove/", views.remove, name="remove"),
]
