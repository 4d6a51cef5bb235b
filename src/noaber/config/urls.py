"""All addresses of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("noaber.offer.directory.urls")),
    path("", include("noaber.hallway.accounts.urls")),
    path("", include("noaber.hallway.audit.urls")),
    path("", include("noaber.hallway.post.urls")),
    path("", include("noaber.network.partners.urls")),
    path("", include("noaber.network.residents.urls_signin")),
    path("", include("noaber.hallway.ui.urls")),
    path("", include("noaber.pathways.referrals.urls")),
    path("", include("noaber.pathways.conversations.urls")),
    path("", include("noaber.pathways.conversations.urls_resident")),
    path("regio/", include("noaber.steering.programme.urls")),
    path("regio/", include("noaber.steering.kpis.urls")),
]
