"""The addresses of countersigning the log."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "countersigning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.checkpoints, name="checkpoints"),
    path("checkpoint.txt", views.checkpoint, name="checkpoint"),
    path("log.pub", views.log_key, name="log_key"),
    path("programs/<str:name>", views.program, name="program"),
    path("key/", views.record_key, name="record_key"),
    path("countersign/", views.countersign, name="countersign"),
]
