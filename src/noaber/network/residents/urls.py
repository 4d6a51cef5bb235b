"""Her own pages that belong to no conversation, and where a question of hers is answered."""

from __future__ import annotations

from django.urls import path

from noaber.network.residents import views_preferences, views_questions

app_name = "residents"
urlpatterns = [
    path("mijn/voorkeuren/", views_preferences.preferences, name="preferences"),
    path("mijn/voorkeuren/bereiken/", views_preferences.reach_me, name="reach_me"),
    path("mijn/voorkeuren/gesprek/", views_preferences.meet_me, name="meet_me"),
    path("mijn/vraag/stellen/", views_questions.ask, name="ask"),
    path("vragen/", views_questions.waiting, name="waiting"),
    path("vragen/<uuid:question_id>/", views_questions.answer, name="answer"),
]
