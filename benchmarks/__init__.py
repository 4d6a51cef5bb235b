"""Comparisons of Noaber with named peers, each in one run on one machine."""
