"""Addresses about members."""

from __future__ import annotations

from django.urls import path

from noaber.network.partners import views, views_keys

app_name = "partners"
urlpatterns = [
    path("beheer/mensen/", views.people, name="people"),
    path("beheer/mensen/rol/<uuid:membership_id>/stop/", views.end_role, name="end_role"),
    path("beheer/mensen/uitnodiging/<uuid:invitation_id>/intrekken/", views.withdraw, name="withdraw"),
    path("beheer/mensen/collega/<uuid:professional_id>/certificaat/", views.certificate, name="certificate"),
    path("beheer/mensen/tweede-stap/", views_keys.lost_keys, name="lost_keys"),
    path("beheer/mensen/rol/<uuid:membership_id>/tweede-stap/", views_keys.ask_reset, name="ask_reset"),
    path("beheer/mensen/tweede-stap/<uuid:reset_id>/wissen/", views_keys.agree_reset, name="agree_reset"),
    path("beheer/mensen/tweede-stap/<uuid:reset_id>/weg/", views_keys.withdraw_reset, name="withdraw_reset"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
