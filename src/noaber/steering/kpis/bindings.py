"""Which metric of which room counts which KPI. A KPI without one is followed by its state alone."""

from __future__ import annotations

from noaber.ground.metrics import Metric
from noaber.offer.care_programmes import metrics as care_programmes
from noaber.offer.groups import metrics as groups
from noaber.offer.groups import metrics_fit_gap as group_reports
from noaber.offer.neighbourhood import metrics as neighbourhood
from noaber.offer.routes import metrics as routes
from noaber.offer.support_points import metrics as support_points
from noaber.pathways.conversations import metrics as conversations

BOUND: dict[str, Metric] = {
    metric.key: metric
    for room in (care_programmes, conversations, groups, group_reports, neighbourhood, routes, support_points)
    for metric in room.METRICS
}
"""By the key that the KPI files use."""
