"""The addresses of self-help."""

from __future__ import annotations

from django.urls import URLPattern, path

from noaber.offer.self_help import views, views_editors

app_name = "self_help"
urlpatterns: list[URLPattern] = [
    path("zelfhulp/", views.modules, name="modules"),
    path("zelfhulp/<slug:slug>/", views.module, name="module"),
    path("zelfhulp/<slug:slug>/stap/<slug:step_key>/", views.step, name="step"),
    path("mijn/zelfhulp/", views.own_modules, name="own_modules"),
    path("mijn/zelfhulp/<slug:slug>/", views.own_module, name="own_module"),
    path("mijn/zelfhulp/<slug:slug>/stap/<slug:step_key>/", views.own_step, name="own_step"),
    path("mijn/zelfhulp/<slug:slug>/dagboek/", views.diary, name="diary"),
    path("mijn/zelfhulp/<slug:slug>/herinnering/", views.reminder, name="reminder"),
    path("mijn/zelfhulp/<slug:slug>/weg/", views.throw_away, name="throw_away"),
    path("kaart/zelfhulp/", views_editors.kept, name="kept"),
    path("kaart/zelfhulp/nieuw/", views_editors.new, name="new"),
    path("kaart/zelfhulp/startset/", views_editors.starter, name="starter"),
    path("kaart/zelfhulp/kijken/", views_editors.look, name="look"),
    path("kaart/zelfhulp/<uuid:module_id>/", views_editors.one, name="keep"),
    path("kaart/zelfhulp/<uuid:module_id>/tonen/", views_editors.publish, name="publish"),
    path("kaart/zelfhulp/<uuid:module_id>/verbergen/", views_editors.withdraw, name="withdraw"),
]
