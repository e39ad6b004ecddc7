"""What temperature does to the choice of the next character, in plain NumPy, for whoever wants to see it."""

import numpy as np

COLDEST = 1e-3  # below this a temperature is read as 0: its quotients would leave float32


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """softmax(logits / temperature) over the last axis, float64; temperature 0 gives the likeliest character all.

    Of characters that are exactly alike the one with the lowest id is the likeliest, as where the dice fall.
    """
    logits = np.asarray(logits, np.float64)
    if temperature < COLDEST:
        return np.eye(logits.shape[-1])[logits.argmax(-1)]
    scaled = np.exp((logits - logits.max(-1, keepdims=True)) / temperature)
    return scaled / scaled.sum(-1, keepdims=True)
