"""The files on disk: the run folder and its contents."""
