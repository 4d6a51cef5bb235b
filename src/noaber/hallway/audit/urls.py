"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from noaber.hallway.audit import views

app_name = "audit"
urlpatterns = [
    path("mijn/wie-keek-mee/", views.who_looked, name="who_looked"),
    path("inzage/", views.review, name="review"),
]
