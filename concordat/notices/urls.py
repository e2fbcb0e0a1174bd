"""The addresses of invitations, of notices, and of what leaves the server."""

from django.urls import URLPattern, URLResolver, path

from . import lost_factor, outgoing, reading, views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:pk>/invite/", views.invite_again, name="invite_again"),
    path("people/invitation/", views.paper, name="paper"),
    path("people/<uuid:pk>/lost-factor/", lost_factor.lost_factor, name="lost_factor"),
    path("people/lost-factor/<uuid:pk>/", lost_factor.confirm_factor, name="confirm_factor"),
    path("people/lost-factor/<uuid:pk>/withdraw/", lost_factor.withdraw_factor, name="withdraw_factor"),
    path("account/notices/", reading.preferences, name="preferences"),
    path("notices/", reading.index, name="index"),
    path("notices/read/", reading.read_all, name="read_all"),
    path("notices/<uuid:pk>/", reading.read, name="read"),
    path("notices/undelivered/", outgoing.undelivered, name="undelivered"),
    path("notices/undelivered/<uuid:pk>/again/", outgoing.try_again, name="try_again"),
    path("notices/undelivered/<uuid:pk>/paper/", outgoing.print_instead, name="print_instead"),
    path("notices/letters/", outgoing.letters, name="letters"),
    path("notices/letters/<uuid:pk>/", outgoing.letter, name="letter"),
    path("notices/letters/<uuid:pk>/handed-over/", outgoing.hand_over, name="hand_over"),
]
