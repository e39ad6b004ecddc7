"""What a model thinks of a text: likely next characters, surprise, and a comparison of temperatures."""
