"""The addresses of interventions in custody."""

from django.urls import URLPattern, URLResolver, path

from . import views
from .gate import views as gate

app_name = "custody"
urlpatterns: list[URLPattern | URLResolver] = [
    path("interference/", views.index, name="index"),
    path("interference/report/", views.report, name="report"),
    path("interference/<uuid:pk>/", views.interference, name="interference"),
    path("interference/<uuid:pk>/answer/", views.answer, name="answer"),
    path("interference/<uuid:pk>/reply/", views.reply, name="reply"),
    path("interference/<uuid:pk>/paper/<str:kind>/", views.on_paper, name="on_paper"),
    path("passes/", gate.gate, name="gate"),
    path("passes/ask/", gate.ask_pass, name="ask_pass"),
    path("passes/day/", gate.movements, name="movements"),
    path("passes/<uuid:pk>/", gate.gate_pass, name="gate_pass"),
    path("passes/<uuid:pk>/decide/", gate.decide_pass, name="decide_pass"),
    path("passes/<uuid:pk>/appeal/", gate.appeal_pass, name="appeal_pass"),
    path("passes/<uuid:pk>/settle/", gate.settle_pass, name="settle_pass"),
    path("passes/<uuid:pk>/end/", gate.end_pass, name="end_pass"),
    path("passes/<uuid:pk>/paper/<str:kind>/", gate.pass_on_paper, name="pass_on_paper"),
]
