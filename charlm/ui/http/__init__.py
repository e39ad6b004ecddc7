"""The HTTP API: endpoints that answer data, from the same facts that the tabs draw."""
