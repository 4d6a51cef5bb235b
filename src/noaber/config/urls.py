"""All addresses of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("noaber.hallway.accounts.urls")),
    path("regio/", include("noaber.steering.programme.urls")),
    path("regio/", include("noaber.steering.kpis.urls")),
]
