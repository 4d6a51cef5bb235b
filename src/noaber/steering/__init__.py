"""Does it work? Can we prove it?"""
