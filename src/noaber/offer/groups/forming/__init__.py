"""Groups that form from the lists of several organisations: who waits for the same, and when it can start."""
