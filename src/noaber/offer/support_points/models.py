"""Laagdrempelige steunpunten: where anyone may walk in, and how often that happens."""
