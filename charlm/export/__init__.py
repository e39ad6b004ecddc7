"""A model as something to give away."""
