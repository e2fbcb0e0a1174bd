"""The addresses of data that got out."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "breaches"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("report/", views.report, name="report"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/assess/", views.assess, name="assess"),
    path("<uuid:pk>/authority/", views.authority, name="authority"),
    path("<uuid:pk>/persons/", views.persons, name="persons"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("told/<uuid:pk>/tell/", views.tell, name="tell"),
    path("told/<uuid:pk>/", views.told, name="told"),
]
