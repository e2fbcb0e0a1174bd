"""Addresses of delivery: sessions, reviews, the end."""

from django.urls import path

from . import views

app_name = "delivery"
urlpatterns = [
    path("<uuid:link>/sessions/", views.sessions, name="sessions"),
    path("<uuid:link>/sessions/record/", views.record_session, name="record_session"),
    path("<uuid:link>/reviews/write/", views.write_review, name="write_review"),
    path("<uuid:link>/end-early/", views.end_early, name="end_early"),
    path("<uuid:link>/end-report/", views.write_end_report, name="write_end_report"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<uuid:pk>/", views.review, name="review"),
    path("reviews/<uuid:pk>/position/", views.add_position, name="add_position"),
    path("end-reports/", views.end_reports, name="end_reports"),
    path("end-reports/<uuid:pk>/", views.end_report, name="end_report"),
    path("end-reports/<uuid:pk>/translate/", views.translate_end_report, name="translate_end_report"),
    path("receipt/", views.receipt, name="receipt"),
]
