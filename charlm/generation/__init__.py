"""A trained model writes: logits become characters."""
