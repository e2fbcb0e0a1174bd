from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("concordat.core.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("concordat.people.urls")),
    path("", include("concordat.notices.urls")),
    path("agreements/", include("concordat.agreements.urls")),
]
