"""How an entry of the directory earns trust, and how that fades. See the README."""

from noaber.knowledge.freshness.weights import (
    BrokenWeights,
    Weight,
    Weights,
    check_weights,
    load_weights,
    weights_on,
)

__all__ = ["BrokenWeights", "Weight", "Weights", "check_weights", "load_weights", "weights_on"]
