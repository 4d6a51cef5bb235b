"""Addresses of support points: for anyone, for the host, for the region."""

from __future__ import annotations

from django.urls import path

from noaber.offer.support_points import views, views_keep, views_region, views_work
from noaber.offer.support_points.coverage import urls as coverage

app_name = "support_points"
urlpatterns = [
    *coverage.urlpatterns,
    path("steunpunten/", views.points, name="points"),
    path("regio/<slug:slug>/steunpunten/", views.points, name="points_of_region"),
    path("steunpunten/ons/", views_work.ours, name="ours"),
    path("steunpunten/ons/nieuw/", views_keep.new, name="new"),
    path("steunpunten/ons/<uuid:point_id>/", views_work.host, name="host"),
    path("steunpunten/ons/<uuid:point_id>/tellen/", views_work.count, name="count"),
    path("steunpunten/ons/<uuid:point_id>/lijst/", views_work.add_list, name="add_list"),
    path("steunpunten/ons/<uuid:point_id>/verwijzen/", views_work.refer, name="refer"),
    path("steunpunten/ons/<uuid:point_id>/bedden/", views_work.beds, name="beds"),
    path("steunpunten/ons/<uuid:point_id>/dagen/", views_keep.days, name="days"),
    path("steunpunten/ons/<uuid:point_id>/dagen/weg/", views_keep.drop_day, name="drop_day"),
    path(
        "steunpunten/ons/<uuid:point_id>/dagen/<uuid:item_id>/stop/", views_keep.stop_item, name="stop_item"
    ),
    path("steunpunten/ons/<uuid:point_id>/verhaal/", views_keep.story, name="story"),
    path("steunpunten/ons/<uuid:point_id>/beheer/", views_keep.manage, name="manage"),
    path("steunpunten/overzicht/", views_region.overview, name="overview"),
    path("steunpunten/overzicht/groei/", views_region.growth, name="growth"),
    path("steunpunten/overzicht/stukken/", views_region.documents, name="documents"),
    path("steunpunten/overzicht/<uuid:point_id>/", views_region.one, name="one"),
    path("steunpunten/<uuid:point_id>/", views.point, name="point"),
]
