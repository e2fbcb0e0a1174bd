"""The addresses of disclosures to somebody outside."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "disclosures"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("cases/<uuid:case>/", views.of_case, name="of_case"),
    path("cases/<uuid:case>/propose/", views.propose, name="propose"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/items/", views.add_item, name="add_item"),
    path("<uuid:pk>/offer/", views.offer, name="offer"),
    path("<uuid:pk>/told/", views.told, name="told"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/signed/", views.signed, name="signed"),
    path("<uuid:pk>/hand/", views.hand, name="hand"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("<uuid:pk>/undertaking.pdf", views.paper, {"kind": "pdf"}, name="undertaking_pdf"),
    path("<uuid:pk>/undertaking.docx", views.paper, {"kind": "docx"}, name="undertaking_docx"),
    path("items/<uuid:pk>/answer/", views.answer, name="answer"),
]
