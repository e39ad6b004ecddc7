"""The Dice tab: one character at a time, and where the dice fall."""
