"""The addresses of assessments."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "impact"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("of/<uuid:version>/", views.begin, name="begin"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/risk/", views.state_risk, name="state_risk"),
    path("<uuid:pk>/advise/", views.advise, name="advise"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/tell/", views.tell, name="tell"),
    path("<uuid:pk>/anew/", views.begin_anew, name="begin_anew"),
    path("<uuid:pk>/assessment.pdf", views.file, {"kind": "pdf"}, name="pdf"),
    path("<uuid:pk>/assessment.docx", views.file, {"kind": "docx"}, name="docx"),
    path("risks/<uuid:pk>/", views.change_risk, name="change_risk"),
    path("risks/<uuid:pk>/remove/", views.remove_risk, name="remove_risk"),
    path("told/<uuid:pk>/", views.told, name="told"),
]
