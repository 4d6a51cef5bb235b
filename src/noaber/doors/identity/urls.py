"""To a sign-in service and back."""

from __future__ import annotations

from django.urls import path

from noaber.doors.identity import views

app_name = "identity"
urlpatterns = [
    path("mijn/inlogdienst/", views.sign_in, name="sign_in"),
    path("mijn/inlogdienst/terug/", views.back, name="back"),
    path("mijn/inlogdienst/koppelen/", views.link, name="link"),
    path("mijn/inlogdienst/ontkoppelen/", views.unlink, name="unlink"),
]
