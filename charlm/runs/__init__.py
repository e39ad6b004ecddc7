"""Training runs: one run from a text to its folder, and a queue of runs that train in the background."""
