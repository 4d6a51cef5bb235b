"""The search engine against PostgreSQL full text and tantivy, in one run."""
