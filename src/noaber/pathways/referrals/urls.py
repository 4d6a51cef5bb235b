"""Addresses of the way in, for a practice."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.referrals import views, views_desk

app_name = "referrals"
urlpatterns = [
    path("verwijzen/", views.refer, name="refer"),
    path("verwijzen/afspraken/", views.agreements, name="agreements"),
    path("verwijzen/<uuid:referral_id>/afspraak/", views.tell_route, name="tell_route"),
    path("verwijzen/<uuid:referral_id>/verstuurd/", views.sent, name="sent"),
    path("verwijzen/<uuid:referral_id>/kaart/", views.new_card, name="new_card"),
    path("mijn-verwijzingen/", views.own_referrals, name="own"),
    path("mijn-verwijzingen/<uuid:referral_id>/", views.own_referral, name="one"),
    path("praktijk/", views_desk.by_device, name="device"),
    path("praktijk/verstuurd/", views_desk.desk_sent, name="desk_sent"),
    path("praktijk/beheer/", views_desk.keys, name="keys"),
    path("praktijk/beheer/<uuid:key_id>/intrekken/", views_desk.revoke_key, name="revoke_key"),
    path("praktijk/<str:token>/", views_desk.by_link, name="by_link"),
]
