"""Reads tables and lists of others. No database, no network: bytes in, rows out."""
