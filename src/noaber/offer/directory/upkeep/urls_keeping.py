"""Addresses of who keeps the entries, and of the question 'klopt dit nog?'."""

from __future__ import annotations

from django.urls import path

from noaber.offer.directory.upkeep import views_asked, views_desk, views_keeping
from noaber.offer.directory.upkeep.views_gaps import gaps, gaps_csv, words

urlpatterns = [
    path("kaart/", views_desk.desk, name="desk"),
    path("kaart/nieuw/", views_keeping.new, name="keep_new"),
    path("kaart/leesniveau/", views_desk.level, name="level"),
    path("kaart/gaten/", gaps, name="gaps"),
    path("kaart/gaten/lijst.csv", gaps_csv, name="gaps_csv"),
    path("kaart/woorden/", words, name="words"),
    path("kaart/melding/<uuid:report_id>/", views_keeping.report, name="keep_report"),
    path("kaart/antwoord/<uuid:check_id>/", views_keeping.answered, name="keep_answer"),
    path("kaart/<uuid:service_id>/", views_keeping.keep, name="keep"),
    path("kaart/<uuid:service_id>/klopt/", views_keeping.right, name="keep_right"),
    path("kaart/<uuid:service_id>/stand/", views_keeping.status, name="keep_status"),
    path("klopt/bedankt/", views_asked.thanks, name="check_thanks"),
    path("klopt/<str:token>/", views_asked.check, name="check"),
]
