"""Addresses of the way in, for a practice."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.referrals import views

app_name = "referrals"
urlpatterns = [
    path("verwijzen/", views.refer, name="refer"),
    path("verwijzen/<uuid:referral_id>/verstuurd/", views.sent, name="sent"),
    path("verwijzen/<uuid:referral_id>/kaart/", views.new_card, name="new_card"),
    path("mijn-verwijzingen/", views.own_referrals, name="own"),
    path("mijn-verwijzingen/<uuid:referral_id>/", views.own_referral, name="one"),
]
