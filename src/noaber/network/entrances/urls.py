"""The resident's own door, and her keys."""

from __future__ import annotations

from django.urls import path

from noaber.network.entrances import views_door, views_keys

app_name = "entrances"
urlpatterns = [
    path("mijn/", views_door.card_sign_in, name="card"),
    path("mijn/pincode-vergeten/", views_door.forgotten_pin, name="forgotten_pin"),
    path("mijn/link/", views_door.ask_link, name="ask_link"),
    path("mijn/link/verstuurd/", views_door.link_sent, name="link_sent"),
    path("mijn/link/<str:token>/", views_door.by_link, name="by_link"),
    path("mijn/code/", views_door.second_item, name="second_item"),
    path("mijn/eigen-pincode/", views_door.choose_pin, name="choose_pin"),
    path("mijn/passkey/", views_keys.with_passkey, name="with_passkey"),
    path("mijn/aanmelden/", views_keys.own_keys, name="own_keys"),
    path("mijn/aanmelden/pincode/", views_keys.change_pin, name="change_pin"),
    path("mijn/aanmelden/passkey/", views_keys.add_passkey, name="add_passkey"),
    path("mijn/aanmelden/passkey/<int:pk>/weg/", views_keys.remove_passkey, name="remove_passkey"),
    path("mijn/aanmelden/apparaat/<uuid:entry_id>/af/", views_keys.end_session, name="end_session"),
    path("mijn/vergeet-dit-apparaat/", views_keys.forget_device, name="forget_device"),
]
