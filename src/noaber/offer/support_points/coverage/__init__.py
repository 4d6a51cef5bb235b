"""Coverage of the region by support points: white spots, what-if, where next, and the fit-gap report."""
