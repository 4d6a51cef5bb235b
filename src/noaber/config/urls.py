"""All addresses of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("noaber.offer.directory.urls")),
    path("", include("noaber.offer.sources.urls")),
    path("", include("noaber.offer.routes.urls")),
    path("", include("noaber.offer.neighbourhood.urls")),
    path("", include("noaber.offer.self_help.urls")),
    path("", include("noaber.offer.support_points.urls")),
    path("", include("noaber.offer.groups.forming.urls")),
    path("", include("noaber.offer.groups.urls")),
    path("", include("noaber.offer.care_programmes.urls")),
    path("", include("noaber.hallway.accounts.urls")),
    path("", include("noaber.hallway.audit.urls")),
    path("", include("noaber.hallway.post.urls")),
    path("", include("noaber.hallway.holdings.urls")),
    path("", include("noaber.network.partners.urls")),
    path("", include("noaber.network.residents.urls")),
    path("", include("noaber.network.consents.urls")),
    path("", include("noaber.network.relatives.urls")),
    path("", include("noaber.network.companions.urls")),
    path("", include("noaber.network.entrances.urls")),
    path("", include("noaber.hallway.ui.urls")),
    path("", include("noaber.pathways.preparations.urls")),
    path("", include("noaber.pathways.referrals.urls")),
    path("", include("noaber.pathways.conversations.urls")),
    path("", include("noaber.pathways.conversations.urls_resident")),
    path("", include("noaber.pathways.evaluations.urls")),
    path("", include("noaber.doors.identity.urls")),
    path("", include("noaber.doors.hsds.urls")),
    path("regio/", include("noaber.steering.programme.urls")),
    path("regio/", include("noaber.steering.kpis.urls")),
]
