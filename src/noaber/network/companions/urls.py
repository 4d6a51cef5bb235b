"""Addresses of the assisted route."""

from __future__ import annotations

from django.urls import path

from noaber.network.companions import views

app_name = "companions"
urlpatterns = [
    path("samen/", views.start, name="start"),
    path("samen/bellen/", views.ring_back, name="ring_back"),
    path("samen/bellen/<uuid:digits_id>/", views.digits, name="digits"),
    path("samen/klaar/", views.done, name="done"),
    path("samen/verder/", views.go_on, name="go_on"),
]
