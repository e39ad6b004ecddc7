"""What temperature does to the choice of the next character, in plain NumPy, for whoever wants to see it."""

import numpy as np

COLDEST = 1e-3  # below this a temperature is read as 0: its quotients would leave float32


def probabilities(logits: np.ndarray, temperature: float, top_k: int = 0) -> np.ndarray:
    """softmax(logits / temperature) over the last axis, float64; temperature 0 gives the likeliest character all.

    `top_k` leaves only that many of the likeliest to choose from; 0 leaves all (Fan, Lewis and Dauphin, 2018). Of
    characters that are exactly alike the one with the lowest id is the likeliest, as where the dice fall.
    """
    logits = np.asarray(logits, np.float64)
    if temperature < COLDEST:
        return np.eye(logits.shape[-1])[logits.argmax(-1)]
    if top_k:
        rank = likeliest_first(logits).argsort(-1)
        logits = np.where(rank < top_k, logits, -np.inf)
    scaled = np.exp((logits - logits.max(-1, keepdims=True)) / temperature)
    return scaled / scaled.sum(-1, keepdims=True)


def likeliest_first(scores: np.ndarray) -> np.ndarray:
    """The ids in falling order of their logits or probabilities, over the last axis."""
    return np.argsort(-scores, axis=-1, kind="stable")


def entropy(probabilities: np.ndarray) -> np.ndarray:
    """How open the choice is, in nats, over the last axis: exp of it is a number of equally likely characters."""
    logs = np.log(probabilities, out=np.zeros_like(probabilities), where=probabilities > 0)
    return -(probabilities * logs).sum(-1)


def dice(seed: int, count: int) -> np.ndarray:
    """The first `count` random numbers in [0, 1) of a seed: one for each character that is written with it."""
    return np.random.default_rng(seed).random(count)


def fall(probabilities: np.ndarray, number: float) -> tuple[int, float, float]:
    """Where a number in [0, 1) falls on the characters laid end to end, likeliest first, each as wide as it is likely.

    Returns the id, and where its stretch begins and ends. Inverse transform sampling, as `sampler.draw` does it.
    """
    ids = likeliest_first(probabilities)
    ends = probabilities[ids].cumsum()
    last = int(np.count_nonzero(probabilities)) - 1  # rounding may leave the sum just under 1, and the number above it
    rank = min(int((ends <= number).sum()), last)
    return int(ids[rank]), float(ends[rank - 1]) if rank else 0.0, float(ends[rank])
