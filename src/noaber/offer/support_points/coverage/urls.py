"""Addresses of coverage: how the region is covered, the fit-gap report and its file."""

from __future__ import annotations

from django.urls import path

from noaber.offer.support_points.coverage import views

urlpatterns = [
    path("steunpunten/dekking/", views.coverage, name="coverage"),
    path("steunpunten/dekking/fit-gap/", views.fit_gap, name="fit_gap"),
    path("steunpunten/dekking/fit-gap.csv", views.fit_gap_csv, name="fit_gap_csv"),
]
