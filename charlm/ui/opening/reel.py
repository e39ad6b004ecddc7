"""The film of the first screen. Its texts were written once and are kept in reel.json, so that it plays at once.

python -m charlm.ui.opening.reel        writes reel.json anew, with the model lamplighter-film
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charlm.insight.replay import replay
from charlm.storage.shipped import FILM

FILE = Path(__file__).with_name("reel.json")
START, TEMPERATURE, LENGTH, SEED = "The ", 0.5, 170, 1


@dataclass(frozen=True)
class Still:
    """What the network wrote at one moment of its learning."""

    epoch: float  # 0 is before learning
    val_loss: float | None  # nats per character; None where it was not scored
    text: str  # with the start


def shot() -> tuple[Still, ...]:
    """Ask every epoch of the model. Loads TensorFlow."""
    return tuple(
        Still(frame.epoch, frame.val_loss, frame.start_text + frame.text)
        for frame in replay(FILM, START, TEMPERATURE, LENGTH, SEED)
    )


@cache
def kept() -> tuple[Still, ...]:
    """The stills of the file, the first before learning."""
    return tuple(Still(**one) for one in json.loads(FILE.read_text("utf-8")))


def main() -> None:
    """Write the file anew."""
    rows = ",\n".join(json.dumps(vars(one), ensure_ascii=False) for one in shot())
    FILE.write_text(f"[\n{rows}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
