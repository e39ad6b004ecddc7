"""The film of the first screen. Its texts were written once and are kept in reels/, so that it plays at once.

python -m charlm.ui.opening.reel        writes these files anew, one for each film that comes with charlm
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charlm.insight.replay import replay
from charlm.storage.shipped import FILMS

REELS = Path(__file__).with_name("reels")
STARTS = dict(zip(FILMS, ("The ", "El "), strict=True))
TEMPERATURE, LENGTH, SEED = 0.5, 170, 1


@dataclass(frozen=True)
class Still:
    """What the network wrote at one moment of its learning."""

    epoch: float  # 0 is before learning
    val_loss: float | None  # nats per character; None where it was not scored
    text: str  # with the start


def shot(film: str) -> tuple[Still, ...]:
    """Ask every epoch of a film. Loads TensorFlow."""
    return tuple(
        Still(frame.epoch, frame.val_loss, frame.start_text + frame.text)
        for frame in replay(film, STARTS[film], TEMPERATURE, LENGTH, SEED)
    )


@cache
def kept(film: str) -> tuple[Still, ...]:
    """The stills of a film, the first before learning. A name that is not in FILMS gets those of the first one."""
    return tuple(Still(**one) for one in json.loads(file_of(film if film in FILMS else FILMS[0]).read_text("utf-8")))


def file_of(film: str) -> Path:
    """Where its stills are kept."""
    return REELS / f"{film}.json"


def main() -> None:
    """Write the files anew."""
    for film in FILMS:
        rows = ",\n".join(json.dumps(vars(one), ensure_ascii=False) for one in shot(film))
        file_of(film).write_text(f"[\n{rows}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
