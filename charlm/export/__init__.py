"""Models as files that people can give to each other."""
