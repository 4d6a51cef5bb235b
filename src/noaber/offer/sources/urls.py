"""Addresses of the maps of others, and of the directory as a file."""

from __future__ import annotations

from django.urls import path, re_path

from noaber.offer.sources import views, views_choices, views_files

app_name = "sources"
urlpatterns = [
    path("kaart/bronnen/", views.home, name="home"),
    path("kaart/bronnen/nieuw/", views.new, name="new"),
    path("kaart/bronnen/bestand/", views_files.send, name="file"),
    path("kaart/bronnen/werk/<uuid:run_id>/", views.run, name="run"),
    path("kaart/bronnen/verschillen/", views_choices.differences, name="differences"),
    path("kaart/bronnen/verschillen/<uuid:difference_id>/", views_choices.decide, name="decide"),
    path("kaart/bronnen/dubbel/", views_choices.duplicates, name="duplicates"),
    path("kaart/bronnen/dubbel/<uuid:duplicate_id>/", views_choices.pair, name="pair"),
    path("kaart/bronnen/dubbel/<uuid:duplicate_id>/anders/", views_choices.different, name="different"),
    path("kaart/bronnen/<uuid:source_id>/", views.source, name="source"),
    path("kaart/bronnen/<uuid:source_id>/ophalen/", views.pull, name="pull"),
    re_path(r"^kaart/uitvoer/aanbod\.(?P<form>csv|json)$", views_files.carry_out, name="carry_out"),
    path("regio/<slug:slug>/aanbod.csv", views_files.open_data, name="open_data"),
]
