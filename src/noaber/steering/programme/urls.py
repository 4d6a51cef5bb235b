"""Addresses of regions, plans and the overview."""

from django.urls import path

from noaber.steering.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.regions, name="regions"),
    path("<slug:region>/", views.region, name="region"),
    path("<slug:region>/overzicht/", views.overview, name="overview"),
    path("<slug:region>/plannen/<slug:plan>/", views.plan, name="plan"),
]
