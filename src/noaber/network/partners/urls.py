"""Addresses about members."""

from __future__ import annotations

from django.urls import path

from noaber.network.partners import views

app_name = "partners"
urlpatterns = [
    path("beheer/mensen/", views.people, name="people"),
    path("beheer/mensen/rol/<uuid:membership_id>/stop/", views.end_role, name="end_role"),
    path("beheer/mensen/uitnodiging/<uuid:invitation_id>/intrekken/", views.withdraw, name="withdraw"),
    path("beheer/mensen/collega/<uuid:professional_id>/certificaat/", views.certificate, name="certificate"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
