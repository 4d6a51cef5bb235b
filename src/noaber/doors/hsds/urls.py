"""Addresses of the HSDS door; HSDS's own names, without a slash at the end."""

from __future__ import annotations

from django.urls import path

from noaber.doors.hsds import views

app_name = "hsds"
_ADDRESSES = [
    ("", views.about, "about"),
    ("openapi.json", views.described, "described"),
    ("services", views.services, "services"),
    ("services/<uuid:service_id>", views.service, "service"),
    ("service_at_locations", views.at_locations, "at_locations"),
    ("service_at_locations/<uuid:at_id>", views.at_location, "at_location"),
    ("organizations", views.organizations, "organizations"),
    ("organizations/<uuid:organization_id>", views.organization, "organization"),
    ("taxonomies", views.taxonomies, "taxonomies"),
    ("taxonomies/<uuid:taxonomy_id>", views.taxonomy, "taxonomy"),
    ("taxonomy_terms", views.taxonomy_terms, "taxonomy_terms"),
    ("taxonomy_terms/<uuid:term_id>", views.taxonomy_term, "taxonomy_term"),
]
urlpatterns = [
    *(path(f"hsds/v3/{where}", view, name=name) for where, view, name in _ADDRESSES),
    *(
        path(f"regio/<slug:slug>/hsds/v3/{where}", view, name=f"{name}_of_region")
        for where, view, name in _ADDRESSES
    ),
]
