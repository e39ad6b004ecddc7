"""The Temperature tab: one start, the same dice, four temperatures side by side."""
