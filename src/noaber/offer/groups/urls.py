"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from noaber.offer.groups import views, views_board, views_leading, views_own

app_name = "groups"
urlpatterns: list[URLPattern | URLResolver] = [
    path("groepen/", views.catalogue, name="catalogue"),
    path("regio/<slug:slug>/groepen/", views.catalogue, name="catalogue_of_region"),
    path("groepen/aangemeld/", views.thanks, name="thanks"),
    path("groepen/<uuid:group_id>/", views.group, name="group"),
    path("groepen/<uuid:group_id>/aanmelden/", views.join, name="join"),
    path("mijn/groepen/", views_own.own, name="own"),
    path("mijn/groepen/<uuid:enrolment_id>/antwoord/", views_own.answer, name="answer"),
    path("mijn/groepen/<uuid:enrolment_id>/stoppen/", views_own.leave, name="leave"),
    path("groepen/plaatsen/<uuid:help_request_id>/", views_own.placing, name="placing"),
    path("groepen/plaatsen/<uuid:help_request_id>/<uuid:group_id>/", views_own.place, name="place"),
    path("groepen/mijn/", views_leading.mine, name="mine"),
    path("groepen/mijn/<uuid:group_id>/", views_leading.led, name="led"),
    path("groepen/mijn/<uuid:group_id>/uren/", views_leading.hours, name="hours"),
    path("groepen/mijn/<uuid:group_id>/terugkijken/", views_leading.evaluate, name="evaluate"),
    path("groepen/deelname/<uuid:enrolment_id>/", views_leading.act, name="act"),
    path("groepen/deelname/<uuid:enrolment_id>/hoe-gaat-het/", views_leading.measure, name="measure"),
    path("groepen/bijeenkomst/<uuid:session_id>/", views_leading.attendance, name="attendance"),
    path("groepen/bijeenkomst/<uuid:session_id>/afzeggen/", views_leading.call_off, name="call_off"),
    path("groepen/bord/", views_board.board, name="board"),
    path("groepen/bord/nieuw/", views_board.keep, name="new"),
    path("groepen/bord/uren/", views_board.hours, name="hours_of_region"),
    path("groepen/bord/<uuid:group_id>/", views_board.board_group, name="board_group"),
    path("groepen/bord/<uuid:group_id>/wijzigen/", views_board.keep, name="keep"),
    path("groepen/bord/<uuid:group_id>/plannen/", views_board.plan, name="plan"),
    path("groepen/bord/<uuid:group_id>/begeleiders/", views_board.leaders, name="leaders"),
    path("groepen/bord/<uuid:group_id>/besluit/", views_board.decide, name="decide"),
    path("groepen/bord/begeleider/<uuid:leader_id>/stop/", views_board.end_leader, name="end_leader"),
]
