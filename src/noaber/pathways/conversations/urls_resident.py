"""Addresses of the resident's own pages about her question."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.conversations import views_resident as views
from noaber.pathways.conversations import views_steps, views_web, views_words

app_name = "resident"
urlpatterns = [
    path("mijn/vraag/", views.my_question, name="question"),
    path("mijn/vraag/uitstel/", views.postpone, name="postpone"),
    path("mijn/vraag/stoppen/", views.stop, name="stop"),
    path("mijn/vraag/verder/", views.take_up, name="take_up"),
    path("mijn/vraag/deze-week/", views.choose, name="choose"),
    path("mijn/vraag/deze-week/<uuid:service_id>/weg/", views.let_go, name="let_go"),
    path("mijn/verslag/<uuid:conversation_id>/", views.report, name="report"),
    path("mijn/verslag/<uuid:conversation_id>/verbeteren/", views_words.correct, name="correct"),
    path("mijn/verslag/<uuid:conversation_id>/eigen-tekst/", views_words.statement, name="statement"),
    path("mijn/vraag/stap/<uuid:step_id>/", views_steps.answer, name="answer_step"),
    path("mijn/web/", views_web.my_web, name="web"),
    path("mijn/web/invullen/", views_web.fill_in, name="web_fill"),
    path("mijn/web/delen/", views_web.share, name="web_share"),
    path("mijn/web/<uuid:web_id>/weg/", views_web.throw_away, name="web_throw_away"),
    path("web-op-papier/", views_web.paper, name="web_paper"),
]
