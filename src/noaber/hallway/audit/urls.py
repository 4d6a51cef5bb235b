"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from noaber.hallway.audit import views, views_officer

app_name = "audit"
urlpatterns = [
    path("mijn/wie-keek-mee/", views.who_looked, name="who_looked"),
    path("mijn/wie-keek-mee/bekenden/", views.acquaintances, name="acquaintances"),
    path("mijn/wie-keek-mee/vraag/<uuid:look_id>/", views.ask, name="ask"),
    path("inzage/", views_officer.review, name="review"),
    path("inzage/week/", views_officer.week, name="week"),
    path("inzage/week/<uuid:item_id>/", views_officer.one, name="item"),
    path("inzage/vragen/", views_officer.asked, name="questions"),
    path("inzage/vragen/nieuw/", views_officer.note, name="note"),
    path("inzage/vragen/<uuid:look_question_id>/", views_officer.question, name="question"),
    path("uitleg/<uuid:item_id>/", views_officer.explain, name="explain"),
    path("account/straat/", views_officer.street, name="street"),
]
