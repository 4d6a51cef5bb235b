"""Addresses of the assisted route."""

from __future__ import annotations

from django.urls import path

from noaber.network.companions import views, views_post

app_name = "companions"
urlpatterns = [
    path("samen/", views.start, name="start"),
    path("samen/bellen/", views.ring_back, name="ring_back"),
    path("samen/bellen/<uuid:digits_id>/", views.digits, name="digits"),
    path("samen/klaar/", views.done, name="done"),
    path("samen/verder/", views.go_on, name="go_on"),
    path("post/brieven/", views_post.by_hand, name="by_hand"),
    path("post/brieven/afdrukken/", views_post.print_letters, name="print_all"),
    path("post/brieven/<uuid:message_id>/afdrukken/", views_post.print_letters, name="print_one"),
    path("post/brieven/<uuid:message_id>/verstuurd/", views_post.posted, name="posted"),
    path("post/brieven/<uuid:message_id>/bellen/", views_post.called, name="called"),
]
