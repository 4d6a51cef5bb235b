"""What the region has."""
