"""Addresses of referrals, from the directory of services to goals; what follows is in `delivery.urls`."""

from django.urls import include, path

app_name = "referrals"
urlpatterns = [path("", include("concordat.referrals.asking.urls"))]
