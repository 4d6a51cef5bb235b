"""Engines: arrays in, answers out. No Django, no clock, no database."""
