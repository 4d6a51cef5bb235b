"""Addresses of what she allows and refuses."""

from __future__ import annotations

from django.urls import path

from noaber.network.consents import views

app_name = "consents"
urlpatterns = [
    path("mijn/wie-ziet-wat/", views.hub, name="hub"),
    path("mijn/wie-ziet-wat/geven/", views.give, name="give"),
    path("mijn/wie-ziet-wat/bezwaar/", views.refuse, name="refuse"),
    path("mijn/wie-ziet-wat/nee/", views.refuse_one, name="refuse_one"),
    path("mijn/wie-ziet-wat/bezwaar/<uuid:objection_id>/intrekken/", views.withdraw, name="withdraw"),
    path("mijn/wie-ziet-wat/<uuid:consent_id>/", views.limit, name="limit"),
    path("mijn/wie-ziet-wat/<uuid:consent_id>/stop/", views.end, name="end"),
    path("mijn/wie-ziet-wat/<uuid:consent_id>/terug/", views.give_back, name="give_back"),
]
