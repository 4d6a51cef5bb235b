"""Which files a region folder and a plan folder may hold, and the shape of each."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import Shape
from noaber.knowledge.regions.shapes.kpis import KPIS, MONITORING
from noaber.knowledge.regions.shapes.money import BUSINESS_CASE
from noaber.knowledge.regions.shapes.people import PERSONAS
from noaber.knowledge.regions.shapes.places import PLACES
from noaber.knowledge.regions.shapes.plans import PLAN
from noaber.knowledge.regions.shapes.programme import PROGRAMME
from noaber.knowledge.regions.shapes.region import MUNICIPALITIES, REGION
from noaber.knowledge.regions.shapes.settings import SETTINGS

REGION_FILES: dict[str, Shape] = {
    "region.yaml": REGION,
    "municipalities.yaml": MUNICIPALITIES,
    "settings.yaml": SETTINGS,
    "places.yaml": PLACES,
}
REQUIRED_REGION_FILES = ("region.yaml", "municipalities.yaml", "settings.yaml")
PLAN_FILES: dict[str, Shape] = {
    "plan.yaml": PLAN,
    "programme.yaml": PROGRAMME,
    "kpis.yaml": KPIS,
    "monitoring.yaml": MONITORING,
    "business_case.yaml": BUSINESS_CASE,
    "personas.yaml": PERSONAS,
}
REQUIRED_PLAN_FILES = ("plan.yaml", "programme.yaml")
