"""The coverage engine against scipy: its KD-tree for counting, its HiGHS for choosing places."""
