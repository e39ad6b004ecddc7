"""The Train tab: a text, how to learn it, and watching it learn."""
