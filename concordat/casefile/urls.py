"""The addresses of cases."""

from django.urls import URLPattern, URLResolver, path

from . import disagreements, keeping, merging, rights, views

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("list/", views.export, name="export"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/plan/", views.plan, name="plan"),
    path("<uuid:pk>/sessions/", views.sessions, name="sessions"),
    path("<uuid:pk>/records/", views.records, name="records"),
    path("<uuid:pk>/readers/", views.readers, name="readers"),
    path("<uuid:pk>/readers/sheet/", views.sheet, name="sheet"),
    path("<uuid:pk>/named/", views.name, name="name"),
    path("<uuid:pk>/named/lift/", views.lift, name="lift"),
    path("<uuid:pk>/rights/", rights.rights, name="rights"),
    path("<uuid:pk>/rights/ask/", rights.ask, name="ask"),
    path("rights/<uuid:pk>/answer/", rights.answer, name="answer"),
    path("rights/stops/<uuid:pk>/end/", rights.end_stop, name="end_stop"),
    path("rights/restrictions/<uuid:pk>/end/", rights.end_restriction, name="end_restriction"),
    path("rights/<uuid:pk>/longer/", rights.prolong, name="prolong"),
    path("<uuid:pk>/disagree/<slug:kind>/<uuid:record>/", disagreements.disagree, name="disagree"),
    path("<uuid:pk>/keeping/", keeping.keeping, name="keeping"),
    path("<uuid:pk>/hold/", keeping.hold, name="hold"),
    path("holds/<uuid:pk>/lift/", keeping.lift_hold, name="lift_hold"),
    path("<uuid:pk>/close/", keeping.close, name="close"),
    path("<uuid:pk>/reopen/", keeping.reopen, name="reopen"),
    path("alike/", merging.found_alike, name="alike"),
    path("<uuid:pk>/merge/<uuid:other>/", merging.merge, name="merge"),
    path("merges/<uuid:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("<uuid:pk>/why/", views.why, name="why"),
]
