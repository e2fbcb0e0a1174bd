"""The addresses of calendars and clocks."""

from django.urls import URLPattern, URLResolver, path

from . import subscribing, views

app_name = "clocks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.catalogue, name="catalogue"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/set/", views.set_calendar, name="set_calendar"),
    path("calendar/holiday/", views.declare, name="declare"),
    path("calendar/country/", views.load_country, name="load_country"),
    path("calendar/file/", views.load_file, name="load_file"),
    path("calendar/<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path("subscription/", subscribing.subscription, name="subscription"),
    path("subscription/make/", subscribing.subscribe, name="subscribe"),
    path("subscription/end/", subscribing.unsubscribe, name="unsubscribe"),
    path("feed/<str:key>.ics", subscribing.feed, name="feed"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/pause/", views.pause, name="pause"),
    path("<uuid:pk>/resume/", views.resume, name="resume"),
]
