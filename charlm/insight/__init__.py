"""What can be seen in a text with a model's eyes."""
