"""Addresses of the three questions."""

from django.urls import path

from noaber.pathways.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("mening/bedankt/", views.thanks, name="thanks"),
    path("mening/<str:token>/", views.by_link, name="by_link"),
    path("mijn/mening/", views.at_home, name="at_home"),
    path("regio/<slug:region>/ervaringen/", views.experiences, name="experiences"),
    path("regio/<slug:region>/ervaringen/eerste-keer/", views.first_time_right, name="first_time_right"),
]
