"""Every address of Concordat, room by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("concordat.watch.urls")),
    path("", include("concordat.core.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("concordat.people.urls")),
    path("", include("concordat.notices.urls")),
    path("controllers/", include("concordat.controllers.urls")),
    path("agreements/", include("concordat.agreements.urls")),
    path("", include("concordat.today.urls")),
    path("about/", include("concordat.about.urls")),
    path("cases/", include("concordat.casefile.urls")),
    path("imports/", include("concordat.imports.urls")),
    path("search/", include("concordat.search.urls")),
    path("log/", include("concordat.countersigning.urls")),
    path("api/v1/", include("concordat.api.urls")),
    path("retention/", include("concordat.retention.urls")),
    path("exports/", include("concordat.exports.urls")),
    path("custody/", include("concordat.objectives.custody.urls")),
    path("breaches/", include("concordat.breaches.urls")),
    path("impact/", include("concordat.impact.urls")),
    path("leaving/", include("concordat.leaving.urls")),
    path("clocks/", include("concordat.clocks.urls")),
    path("teams/", include("concordat.teams.urls")),
    path("emergency/", include("concordat.emergency.urls")),
    path("safety/", include("concordat.sharing.urls")),
    path("protection/", include("concordat.safety.urls")),
    path("referrals/", include("concordat.referrals.urls")),
    path("files/", include("concordat.files.urls")),
    path("disclosures/", include("concordat.disclosures.urls")),
    path("quotes/", include("concordat.quoting.urls")),
    path("delivery/", include("concordat.referrals.delivery.urls")),
]

handler500 = "concordat.core.failing.failed"
