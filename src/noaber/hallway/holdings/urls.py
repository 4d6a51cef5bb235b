"""Addresses about what is held of one person."""

from __future__ import annotations

from django.urls import path

from noaber.hallway.holdings import views, views_desk

app_name = "holdings"
urlpatterns = [
    path("mijn/gegevens/", views.my_data, name="mine"),
    path("mijn/gegevens/alles/", views.all_of_it, name="all"),
    path("mijn/gegevens/bestand/", views.as_file, name="file"),
    path("mijn/gegevens/verklaring/", views.my_statements, name="statements"),
    path("mijn/gegevens/verklaring/<uuid:statement_id>/", views.my_statement, name="statement"),
    path(
        "mijn/gegevens/verklaring/<uuid:statement_id>/weg/", views.remove_statement, name="remove_statement"
    ),
    path("mijn/gegevens/wissen/", views.erase, name="erase"),
    path("mijn/gegevens/wissen/terug/", views.take_back, name="take_back"),
    path("verzoeken/", views_desk.desk, name="desk"),
    path("verzoeken/kopie/<str:token>/", views_desk.paper_copy, name="paper_copy"),
    path("verzoeken/lijst/<uuid:list_id>/", views_desk.answer_list, name="answer_list"),
    path("verzoeken/<uuid:request_id>/", views_desk.one_request, name="request"),
]
