"""Reads a region's folder into typed values, or says line by line what is wrong with it."""
