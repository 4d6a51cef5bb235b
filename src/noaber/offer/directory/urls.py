"""Addresses of the first page and of what there is nearby."""

from __future__ import annotations

from django.urls import path

from noaber.offer.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.start, name="start"),
    path("aanbod/", views.offers, name="offers"),
    path("regio/<slug:slug>/aanbod/", views.offers, name="offers_of_region"),
]
