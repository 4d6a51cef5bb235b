"""Addresses of requests that are prepared together."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.preparations import views

app_name = "preparations"
urlpatterns = [
    path("samen/aanvraag/", views.prepare, name="prepare"),
    path("samen/aanvragen/", views.mine, name="mine"),
    path("samen/aanvragen/<uuid:preparation_id>/", views.one, name="one"),
    path("samen/aanvragen/<uuid:preparation_id>/intrekken/", views.withdraw, name="withdraw"),
    path("samen/aanvragen/<uuid:preparation_id>/kaart/", views.card, name="card"),
    path("verwijzen/bevestigen/", views.to_confirm, name="to_confirm"),
    path("verwijzen/bevestigen/<uuid:preparation_id>/", views.decide, name="decide"),
]
