"""Addresses of the pages about safety."""

from django.urls import path

from . import views

app_name = "sharing"
urlpatterns = [
    path("cases/<uuid:case>/briefings/", views.briefings, name="briefings"),
    path("cases/<uuid:case>/briefings/newest/", views.newest, name="newest"),
    path("cases/<uuid:case>/briefings/write/", views.write_briefing, name="write_briefing"),
    path("cases/<uuid:case>/notices/send/", views.send_notice, name="send_notice"),
    path("briefings/<uuid:pk>/", views.briefing, name="briefing"),
    path("briefings/<uuid:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("briefings/<uuid:pk>/translate/", views.translate_briefing, name="translate_briefing"),
    path("notices/", views.notices, name="notices"),
    path("notices/<uuid:pk>/", views.notice, name="notice"),
]
