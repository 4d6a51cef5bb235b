"""The pages that belong to no room: start, help now, about, privacy, accessibility, style guide."""

from __future__ import annotations

from django.urls import path

from noaber.hallway.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.start, name="start"),
    path("hulp-nu/", views.help_now, name="help_now"),
    path("over/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("stijl/", views.style_guide, name="style_guide"),
]
