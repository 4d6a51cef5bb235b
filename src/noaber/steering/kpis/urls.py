"""Addresses of the KPIs of a region."""

from django.urls import path

from noaber.steering.kpis import views

app_name = "kpis"
urlpatterns = [
    path("<slug:region>/kpis/", views.kpi_list, name="list"),
    path("<slug:region>/kpis/<slug:number>/", views.kpi, name="one"),
    path("<slug:region>/kpis/<slug:number>/besluit/", views.decide, name="decide"),
    path("<slug:region>/kpis/<slug:number>/waaruit/", views.items, name="items"),
    path("<slug:region>/kpis/<slug:number>/waaruit/<slug:pseudonym>/", views.item, name="item"),
]
