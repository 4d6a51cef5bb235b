"""The addresses where waits are read."""

from __future__ import annotations

from django.urls import URLPattern, path

from noaber.offer.care_programmes.reading import views

urlpatterns: list[URLPattern] = [
    path("wachttijden/", views.waits, name="waits"),
    path("wachttijden/regio/", views.region, name="region"),
    path("regio/<slug:slug>/wachttijden/", views.waits, name="waits_of_region"),
    path("wachttijden/<uuid:programme_id>/", views.programme, name="programme"),
    path("wachttijden/<uuid:programme_id>/opgaven/", views.reports, name="reports"),
    path("wachttijden/<uuid:programme_id>/starts/", views.starts, name="starts"),
]
