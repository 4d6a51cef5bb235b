"""Addresses of who keeps the waits."""

from __future__ import annotations

from django.urls import path

from noaber.offer.care_programmes.keeping import views, views_api, views_asked, views_programme

keeping = [
    path("wachttijden/ons/", views.own, name="own"),
    path("wachttijden/ons/bestand/", views.send_file, name="file"),
    path("wachttijden/ons/voorbeeld.csv", views.example, name="example"),
    path("wachttijden/ons/nieuw/", views_programme.add, name="new"),
    path("wachttijden/ons/<uuid:programme_id>/", views_programme.edit, name="edit"),
    path("wachttijden/ons/sleutel/", views.make_key, name="make_key"),
    path("wachttijden/ons/sleutel/<uuid:key_id>/weg/", views.revoke_key, name="revoke_key"),
    path("wachttijden/ons/<uuid:programme_id>/stopt/", views.close, name="close"),
    path("wachttijden/bijwerken/dank/", views_asked.update_thanks, name="update_thanks"),
    path("wachttijden/bijwerken/<str:token>/", views_asked.update, name="update"),
    path("api/wachttijden/v1/openapi.json", views_api.described, name="api_described"),
    path("api/wachttijden/v1/aanbod", views_api.own_list, name="api_list"),
    path("api/wachttijden/v1/wachttijden", views_api.waits, name="api_waits"),
    path("api/wachttijden/v1/starts", views_api.starts, name="api_starts"),
    path("api/wachttijden/v1/agenda", views_api.agenda, name="api_agenda"),
]
