"""Addresses of the assisted route."""

from __future__ import annotations

from django.urls import path

from noaber.network.companions import views, views_paper, views_post

app_name = "companions"
urlpatterns = [
    path("samen/", views.start, name="start"),
    path("samen/bellen/", views.ring_back, name="ring_back"),
    path("samen/bellen/<uuid:digits_id>/", views.digits, name="digits"),
    path("samen/klaar/", views.done, name="done"),
    path("samen/verder/", views.go_on, name="go_on"),
    path("samen/kaart/", views_paper.new_card, name="new_card"),
    path("samen/kaart/afdrukken/", views_paper.print_card, name="print_card"),
    path("samen/keuzes/", views_paper.choices, name="choices"),
    path("samen/keuzes/afdrukken/", views_paper.print_choices, name="print_choices"),
    path("samen/papier/", views_paper.enter_paper, name="enter_paper"),
    path("post/brieven/", views_post.by_hand, name="by_hand"),
    path("post/brieven/afdrukken/", views_post.print_letters, name="print_all"),
    path("post/brieven/<uuid:message_id>/afdrukken/", views_post.print_letters, name="print_one"),
    path("post/brieven/<uuid:message_id>/verstuurd/", views_post.posted, name="posted"),
    path("post/brieven/<uuid:message_id>/bellen/", views_post.called, name="called"),
]
