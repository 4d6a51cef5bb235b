"""Addresses of forming groups, and of groups that are there beside those that are wanted."""

from __future__ import annotations

from django.urls import path

from noaber.offer.groups.fit_gap import views as fit_gap
from noaber.offer.groups.forming import views, views_organiser

app_name = "forming"
urlpatterns = [
    path("groepen/wachtend/", views.waiting, name="waiting"),
    path("groepen/wachtend/nieuw/", views.add, name="add"),
    path("groepen/wachtend/bestand/", views.send_file, name="file"),
    path("groepen/wachtend/bestand/voorbeeld/", views.example, name="example"),
    path("groepen/wachtend/<uuid:waiting_id>/weg/", views.withdraw, name="withdraw"),
    path("groepen/wachtend/<uuid:waiting_id>/ja/", views.agreed_again, name="agreed_again"),
    path("groepen/wachtend/vraag/<uuid:asked_id>/", views.answer, name="answer"),
    path("groepen/vormen/", views_organiser.board, name="board"),
    path("groepen/vormen/nieuw/", views_organiser.propose, name="propose"),
    path("groepen/vormen/<uuid:proposal_id>/", views_organiser.proposal, name="proposal"),
    path("groepen/vormen/<uuid:proposal_id>/start/", views_organiser.start, name="start"),
    path("groepen/vormen/<uuid:proposal_id>/stop/", views_organiser.let_go, name="let_go"),
    path("groepen/aanbod/", fit_gap.now, name="fit_gap"),
    path("groepen/aanbod/tabel/", fit_gap.table, name="fit_gap_table"),
    path("groepen/aanbod/gewenst/", fit_gap.wanted, name="wanted"),
    path("groepen/aanbod/vastleggen/", fit_gap.freeze, name="freeze"),
    path("groepen/aanbod/<uuid:report_id>/", fit_gap.report, name="report"),
    path("groepen/aanbod/<uuid:report_id>/tabel/", fit_gap.report_table, name="report_table"),
]
