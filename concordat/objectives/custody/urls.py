"""The addresses of interventions in custody."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "custody"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("report/", views.report, name="report"),
    path("<uuid:pk>/", views.interference, name="interference"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
    path("<uuid:pk>/reply/", views.reply, name="reply"),
    path("<uuid:pk>/paper/<str:kind>/", views.on_paper, name="on_paper"),
]
