"""Addresses of the first page, of what there is nearby, and of one entry."""

from __future__ import annotations

from django.urls import path

from noaber.offer.directory import views, views_entry
from noaber.offer.directory.upkeep import urls_keeping

app_name = "directory"
urlpatterns = [
    path("", views.start, name="start"),
    path("aanbod/", views.offers, name="offers"),
    path("aanbod/<uuid:service_id>/", views_entry.entry, name="entry"),
    path("aanbod/<uuid:service_id>/melden/", views_entry.report, name="report"),
    path("aanbod/<uuid:service_id>/klopt/", views_entry.right, name="right"),
    path("regio/<slug:slug>/aanbod/", views.offers, name="offers_of_region"),
    *urls_keeping.urlpatterns,
]
