"""The HTTP API: its endpoints answer the facts that the tabs draw, as data."""
