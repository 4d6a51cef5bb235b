"""Who we are."""
