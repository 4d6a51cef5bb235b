"""Addresses of the planner and of who holds conversations."""

from __future__ import annotations

from django.urls import path

from noaber.pathways.conversations import (
    views_alarm,
    views_board,
    views_funding,
    views_guide,
    views_holding,
    views_peer,
    views_planner,
    views_shared,
    views_words,
)

app_name = "conversations"
urlpatterns = [
    path("planbord/", views_board.board, name="board"),
    path("planbord/<uuid:help_request_id>/", views_planner.case, name="case"),
    path("planbord/<uuid:help_request_id>/zelf/", views_planner.by_hand, name="by_hand"),
    path("planbord/gesprek/<uuid:conversation_id>/verplaatsen/", views_planner.move, name="move"),
    path("planbord/gesprek/<uuid:conversation_id>/afzeggen/", views_planner.cancel, name="cancel"),
    path("planbord/gesprek/<uuid:conversation_id>/afspraak.ics", views_planner.calendar, name="plan_ics"),
    path("planbord/terug/<str:token>/", views_planner.undo, name="undo"),
    path("alarm/", views_alarm.alarm, name="alarm"),
    path("alarm/<uuid:help_request_id>/houder/", views_alarm.assign, name="assign"),
    path("gesprekken/", views_guide.worklist, name="worklist"),
    path("gesprekken/<uuid:conversation_id>/", views_guide.conversation, name="conversation"),
    path("gesprekken/<uuid:conversation_id>/niet-gekomen/", views_guide.no_show, name="no_show"),
    path("gesprekken/<uuid:conversation_id>/uitkomst/", views_guide.outcome, name="outcome"),
    path("gesprekken/<uuid:conversation_id>/verslag/", views_guide.report, name="report"),
    path("gesprekken/<uuid:conversation_id>/afspraak.ics", views_guide.calendar, name="guide_ics"),
    path("gesprekken/<uuid:conversation_id>/aantekeningen/", views_holding.note, name="note"),
    path("gesprekken/<uuid:conversation_id>/tijd/", views_holding.minutes, name="minutes"),
    path("gesprekken/<uuid:conversation_id>/nog-een/", views_holding.another, name="another"),
    path("planbord/gesprek/<uuid:conversation_id>/ervaring/", views_peer.book, name="peer"),
    path(
        "planbord/gesprek/<uuid:conversation_id>/ervaring/<uuid:participation_id>/weg/",
        views_peer.let_go,
        name="peer_let_go",
    ),
    path("bekostiging/", views_funding.overview, name="funding"),
    path("bekostiging/gesprekken/", views_funding.evidence, name="funding_evidence"),
    path("bekostiging/bekostiging.csv", views_funding.export, name="funding_csv"),
    path(
        "gesprekken/verbetering/<uuid:correction_id>/",
        views_words.answer_correction,
        name="answer_correction",
    ),
    path("gedeeld/", views_shared.shared, name="shared"),
    path("gedeeld/<uuid:conversation_id>/", views_shared.shared_one, name="shared_one"),
]
