"""The pages on which anyone compares waits, and opens each figure down to what it was counted from."""
