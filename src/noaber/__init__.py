"""Noaber: the open platform that runs a regional mental health network."""

__version__ = "0.1.0"
