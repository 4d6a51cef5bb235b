"""Addresses of the machinery and the demo's letterbox."""

from __future__ import annotations

from django.urls import path

from noaber.hallway.post import views

app_name = "post"
urlpatterns = [
    path("beheer/stand/", views.how_it_stands, name="standing"),
    path("beheer/stand/<slug:kind>/<uuid:thing_id>/opnieuw/", views.try_again, name="try_again"),
    path("demo/post/", views.letterbox, name="letterbox"),
]
