"""The addresses of invitations."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:pk>/invite/", views.invite_again, name="invite_again"),
    path("people/invitation/", views.paper, name="paper"),
]
