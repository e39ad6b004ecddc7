"""Bytes become text, text becomes ids, and what can be said of a text before anything is learnt from it."""
