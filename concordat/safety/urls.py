"""The addresses of the safety of workers."""

from django.urls import URLPattern, URLResolver, path

from .views import boundary, incidents, overview, threats, wellbeing

app_name = "safety"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.index, name="index"),
    path("workers/", overview.workers, name="workers"),
    path("terms/", overview.terms, name="terms"),
    path("report/", boundary.report, name="report"),
    path("report/<uuid:pk>/", boundary.boundary, name="boundary"),
    path("report/<uuid:pk>/look/", boundary.look, name="look"),
    path("report/<uuid:pk>/pass-on/", boundary.pass_on, name="pass_on"),
    path("passed-on/<uuid:pk>/", boundary.passed, name="passed"),
    path("workers/<uuid:pk>/pairings/", boundary.pairings, name="pairings"),
    path("workers/<uuid:pk>/supervisor/", wellbeing.supervisor, name="supervisor"),
    path("workers/<uuid:pk>/attended/", wellbeing.attended, name="attended"),
    path("workers/<uuid:pk>/reason/", wellbeing.reason, name="reason"),
    path("support/", wellbeing.begin_support, name="begin_support"),
    path("support/<uuid:pk>/", wellbeing.support, name="support"),
    path("support/<uuid:pk>/talk/", wellbeing.talk, name="talk"),
    path("pause/", wellbeing.pause, name="pause"),
    path("pause/<uuid:pk>/other/", wellbeing.other, name="other"),
    path("pause/<uuid:pk>/resume/", wellbeing.resume, name="resume"),
    path("threats/report/", threats.report, name="report_threat"),
    path("threats/<uuid:pk>/", threats.threat, name="threat"),
    path("threats/<uuid:pk>/acknowledge/", threats.acknowledge, name="acknowledge"),
    path("threats/<uuid:pk>/facts/", threats.facts, name="facts"),
    path("threats/<uuid:pk>/grid/", threats.grid, name="grid"),
    path("threats/<uuid:pk>/interim/", threats.interim, name="interim"),
    path("threats/<uuid:pk>/plan/", threats.plan, name="plan"),
    path("threats/<uuid:pk>/review/", threats.review, name="review"),
    path("threats/<uuid:pk>/open/", threats.open_to, name="open"),
    path("threats/<uuid:pk>/close/", threats.close, name="close"),
    path("threats/<uuid:pk>/sealed/", threats.sealed, name="sealed"),
    path("opened/<uuid:pk>/take-back/", threats.take_back, name="take_back"),
    path("incidents/record/", incidents.record, name="record_incident"),
    path("incidents/<uuid:pk>/", incidents.incident, name="incident"),
    path("incidents/<uuid:pk>/fact/", incidents.fact, name="fact"),
    path("incidents/<uuid:pk>/start/", incidents.start, name="start"),
    path("incidents/<uuid:pk>/party/", incidents.party, name="party"),
    path("incidents/<uuid:pk>/write/<slug:subject>/", incidents.write, name="write"),
    path("incidents/<uuid:pk>/reply/", incidents.reply, name="reply"),
    path("incidents/<uuid:pk>/finish/", incidents.finish, name="finish"),
    path("recommendations/<uuid:pk>/done/", incidents.done, name="done"),
]
