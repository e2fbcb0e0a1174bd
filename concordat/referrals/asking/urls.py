"""Addresses of asking, answering and preparing."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/send/", views.send, name="send"),
    path("<uuid:pk>/translate/", views.translate, name="translate"),
    path("<uuid:pk>/discard/", views.discard, name="discard"),
    path("<uuid:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
    path("<uuid:pk>/evaluation/", views.plan_evaluation, name="plan_evaluation"),
    path("services/", views.services, name="services"),
    path("services/offer/", views.offer, name="offer"),
    path("services/<uuid:pk>/", views.service, name="service"),
    path("services/<uuid:pk>/edit/", views.edit_service, name="edit_service"),
    path("services/<uuid:pk>/close/", views.close_service, name="close_service"),
    path("cases/<uuid:case>/refer/", views.refer, name="refer"),
    path("cases/<uuid:case>/refer/<uuid:service>/", views.write, name="write"),
    path("links/<uuid:link>/", views.prepare, name="prepare"),
    path("links/<uuid:link>/card/", views.card, name="card"),
    path("links/<uuid:link>/participation/", views.record_participation, name="record_participation"),
    path("participations/<uuid:pk>/agreement.pdf", views.agreed, {"kind": "pdf"}, name="agreed_pdf"),
    path("participations/<uuid:pk>/agreement.docx", views.agreed, {"kind": "docx"}, name="agreed_docx"),
    path("participations/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("links/<uuid:link>/workers/", views.workers, name="workers"),
    path("links/<uuid:link>/workers/<uuid:worker>/assign/", views.assign, name="assign"),
    path("links/<uuid:link>/conflict/", views.declare_conflict, name="declare_conflict"),
    path("assignments/<uuid:pk>/end/", views.end_assignment, name="end_assignment"),
    path("absences/", views.absences, name="absences"),
    path("absences/cover/", views.cover, name="cover"),
    path("absences/<uuid:pk>/end/", views.end_absence, name="end_absence"),
    path("links/<uuid:link>/goals/", views.goals, name="goals"),
    path("links/<uuid:link>/goals/write/", views.write_goals, name="write_goals"),
    path("goals/<uuid:pk>/person/", views.persons_word, name="persons_word"),
    path("goals/<uuid:pk>/sign/", views.sign_goals, name="sign_goals"),
]
