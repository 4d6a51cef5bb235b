"""Addresses of wayfinders and referral agreements."""

from __future__ import annotations

from django.urls import path

from noaber.offer.routes import views, views_cards

app_name = "routes"
urlpatterns = [
    path("wegwijzers/", views.wayfinders, name="wayfinders"),
    path("kaart/routes/", views.desk, name="desk"),
    path("kaart/routes/wegwijzers/nieuw/", views.new_wayfinder, name="new_wayfinder"),
    path("kaart/routes/wegwijzers/<uuid:wayfinder_id>/", views.edit_wayfinder, name="wayfinder"),
    path("kaart/routes/wegwijzers/<uuid:wayfinder_id>/weg/", views.withdraw_wayfinder, name="let_go"),
    path("kaart/routes/nieuw/", views_cards.new_card, name="new_card"),
    path("kaart/routes/afwijkingen/", views_cards.uses, name="uses"),
    path("kaart/routes/afwijkingen/uitvoer/", views_cards.export_uses, name="export_uses"),
    path("kaart/routes/<uuid:card_id>/", views_cards.card, name="card"),
    path("kaart/routes/<uuid:card_id>/bewerken/", views_cards.edit_card, name="edit_card"),
    path("kaart/routes/<uuid:card_id>/doen/", views_cards.act, name="act"),
    path("kaart/routes/<uuid:card_id>/gebruik/", views_cards.tell, name="tell"),
]
