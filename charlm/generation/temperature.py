"""How temperature changes the choice of the next character, in plain NumPy, so that the page can show it."""

import numpy as np

COLDEST = 1e-3  # a lower temperature counts as 0, because logits divided by it can overflow float32


def probabilities(logits: np.ndarray, temperature: float, top_k: int = 0) -> np.ndarray:
    """softmax(logits / temperature) over the last axis, float64; temperature 0 gives 1 to the likeliest one.

    `top_k` keeps only that many of the likeliest characters; 0 keeps all (Fan, Lewis and Dauphin, 2018). Of characters
    with exactly the same logits, the one with the lowest id counts as the likeliest, as it does in `fall`.
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
    """How open the choice is, in nats, over the last axis: exp(entropy) equally likely characters are just as open."""
    logs = np.log(probabilities, out=np.zeros_like(probabilities), where=probabilities > 0)
    return -(probabilities * logs).sum(-1)


def generator(seed: int) -> np.random.Generator:
    """The random numbers of a seed.

    NumPy may change which generator it uses by default, but never the numbers of this one. The exported web pages
    compute the same.
    """
    return np.random.Generator(np.random.PCG64(seed))


def dice(seed: int, count: int) -> np.ndarray:
    """The first `count` random numbers in [0, 1) of a seed: one for each character that is written with this seed."""
    return generator(seed).random(count)


def fall(probabilities: np.ndarray, number: float) -> tuple[int, float, float]:
    """The character on which a number in [0, 1) falls.

    The characters lie end to end between 0 and 1, the likeliest first, each as wide as its probability. Returns the id,
    and where its part begins and ends. This is inverse transform sampling, as in `sampler.draw`.
    """
    ids = likeliest_first(probabilities)
    ends = probabilities[ids].cumsum()
    last = int(np.count_nonzero(probabilities)) - 1  # rounding can leave the sum below 1 and the number above it
    rank = min(int((ends <= number).sum()), last)
    return int(ids[rank]), float(ends[rank - 1]) if rank else 0.0, float(ends[rank])
