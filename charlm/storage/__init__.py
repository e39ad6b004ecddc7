"""What lies on disk: the run folder and what is in it."""
