"""Training runs: one from a text to its folder, and many that wait for each other in the background."""
