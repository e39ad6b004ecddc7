"""How often a run is saved."""

SAVE_EVERY = 60.0  # seconds of training that are lost at most if the process is killed in the middle of a long epoch
SAVING_SHARE = 0.2  # part of the time that saving and sampling may take: if epochs are very short, only some are saved
