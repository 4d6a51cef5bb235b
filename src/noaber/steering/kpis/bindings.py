"""Which metric of which room counts which KPI. A KPI without one is followed by its state alone."""

from __future__ import annotations

from noaber.ground.metrics import Metric
from noaber.pathways.conversations import metrics as conversations

BOUND: dict[str, Metric] = {metric.key: metric for metric in conversations.METRICS}
"""By the key that the KPI files use."""
