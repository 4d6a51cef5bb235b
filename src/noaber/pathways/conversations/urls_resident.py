"""Addresses of the resident's own pages about her question."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.conversations import views_resident as views

app_name = "resident"
urlpatterns = [
    path("mijn/vraag/", views.my_question, name="question"),
    path("mijn/vraag/uitstel/", views.postpone, name="postpone"),
    path("mijn/vraag/stoppen/", views.stop, name="stop"),
    path("mijn/vraag/verder/", views.take_up, name="take_up"),
    path("mijn/vraag/deze-week/", views.choose, name="choose"),
    path("mijn/vraag/deze-week/<uuid:service_id>/weg/", views.let_go, name="let_go"),
    path("mijn/verslag/<uuid:conversation_id>/", views.report, name="report"),
]
