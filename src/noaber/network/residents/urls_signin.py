"""The resident's own door."""

from __future__ import annotations

from django.urls import path

from noaber.network.residents.views_signin import card_sign_in

app_name = "residents_signin"
urlpatterns = [path("mijn/", card_sign_in, name="card")]
