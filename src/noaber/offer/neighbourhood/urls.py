"""Addresses of the welcoming neighbourhood."""

from __future__ import annotations

from django.urls import path

from noaber.offer.neighbourhood import views, views_activities, views_work

app_name = "neighbourhood"
urlpatterns = [
    path("agenda/", views_activities.calendar, name="calendar"),
    path("regio/<slug:slug>/agenda/", views_activities.calendar, name="calendar_of_region"),
    path("wijk/", views.areas, name="areas"),
    path("wijk/nieuw/", views.new_area, name="new_area"),
    path("wijk/activiteiten/", views_activities.activities, name="activities"),
    path("wijk/activiteiten/nieuw/", views_activities.new_activity, name="new_activity"),
    path("wijk/activiteiten/<uuid:activity_id>/", views_activities.activity, name="activity"),
    path("wijk/<uuid:area_id>/", views.area, name="area"),
    path("wijk/<uuid:area_id>/team/", views.team, name="team"),
    path("wijk/team/<uuid:member_id>/stop/", views.end_member, name="end_member"),
    path("wijk/<uuid:area_id>/uren/", views.hours, name="hours"),
    path("wijk/<uuid:area_id>/sleutelpersoon/", views_work.add_key_person, name="add_key_person"),
    path("wijk/sleutelpersoon/<uuid:key_person_id>/stop/", views_work.withdraw, name="withdraw"),
    path("wijk/<uuid:area_id>/inventarisatie/<slug:kind>/", views_work.add_inventory, name="add_inventory"),
    path("wijk/inventarisatie/<uuid:inventory_id>/", views_work.inventory, name="inventory"),
    path("wijk/<uuid:area_id>/signaal/", views_work.add_signal, name="add_signal"),
    path("wijk/signaal/<uuid:signal_id>/", views_work.signal, name="signal"),
    path("wijk/actie/<uuid:follow_up_id>/klaar/", views_work.finish, name="finish"),
    path("wijk/<uuid:area_id>/nood/", views_work.acute, name="acute"),
    path("wijk/<uuid:area_id>/nood/nieuw/", views_work.new_acute, name="new_acute"),
]
