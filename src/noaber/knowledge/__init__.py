"""Norms, code tables and the files of the regions: dated data with a source, and typed readers."""
