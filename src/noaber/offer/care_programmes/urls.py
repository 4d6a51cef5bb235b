"""The addresses of this room."""

from __future__ import annotations

from noaber.offer.care_programmes.keeping.urls import keeping
from noaber.offer.care_programmes.reading.urls import urlpatterns as reading

app_name = "care_programmes"
urlpatterns = [*reading, *keeping]
