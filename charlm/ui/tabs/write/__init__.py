"""The Write tab: choose a model, set the temperature, let it write."""
