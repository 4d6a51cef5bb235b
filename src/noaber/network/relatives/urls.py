"""Her page about her relatives, and the relative's own page."""

from __future__ import annotations

from django.urls import path

from noaber.network.relatives import views, views_relative

app_name = "relatives"
urlpatterns = [
    path("mijn/naasten/", views.own, name="own"),
    path("mijn/naasten/uitnodigen/", views.invite, name="invite"),
    path("mijn/naasten/<uuid:relative_id>/", views.one, name="one"),
    path("mijn/naasten/<uuid:relative_id>/opnieuw/", views.again, name="again"),
    path("mijn/naasten/<uuid:relative_id>/stoppen/", views.stop, name="stop"),
    path("naaste/", views_relative.enter, name="enter"),
    path("naaste/kijken/", views_relative.look, name="look"),
    path("naaste/herinneren/", views_relative.remind, name="remind"),
    path("naaste/<str:code>/", views_relative.enter, name="enter_with"),
]
