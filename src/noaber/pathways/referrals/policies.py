def register() -> None:
    """Called once at start."""
