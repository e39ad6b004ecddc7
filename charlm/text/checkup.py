"""What a text is like before it is learnt: its alphabet, its first window, the losses that mean something."""

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from charlm.languages import N_, Told, say
from charlm.presets import held_out
from charlm.text.corpus import Corpus
from charlm.text.doubts import Doubt
from charlm.text.vocabulary import Vocabulary

LINES_SHOWN, BEGINNING = 6, 400  # lines and characters of a text's beginning
RARE = 5  # seen no more often than this, a character is rarely learnt and often a slip


@dataclass(frozen=True)
class Letter:
    """One character of the alphabet: what to show for it, its id, how often it occurs."""

    character: str
    label: str
    id: int
    count: int


@dataclass(frozen=True)
class CheckUp:
    """The facts of one text."""

    name: str
    encoding: str
    changes: tuple[str, ...]
    doubts: tuple[Doubt, ...]  # whether the encoding is right
    characters: int
    lines: int
    alphabet: tuple[Letter, ...]  # by id
    rare: tuple[Letter, ...]  # seen RARE times or less, rarest first
    beginning: str  # its first few lines
    first_inputs: str  # the first window as the model will see it ...
    first_targets: str  # ... and what it has to answer: the same, shifted by one
    uniform_loss: float  # nats per character of a guess among all characters alike: ln of the alphabet
    frequency_loss: float  # nats per character, on the held-out end, of guessing by letter frequencies alone


def check_up(corpus: Corpus, seq_length: int = 100) -> CheckUp:
    """Gather the facts of a text; `seq_length` is the length of the window shown."""
    text, vocabulary = corpus.text, Vocabulary.of(corpus.text)
    counts = Counter(text)
    alphabet = tuple(Letter(c, _name(c), i, counts[c]) for i, c in enumerate(vocabulary.characters))
    uniform, frequency = baseline_losses(text)
    return CheckUp(
        name=corpus.name,
        encoding=corpus.encoding,
        changes=corpus.changes,
        doubts=corpus.doubts,
        characters=len(text),
        lines=text.count("\n") + (not text.endswith("\n")),
        alphabet=alphabet,
        rare=tuple(sorted((a for a in alphabet if a.count <= RARE), key=lambda a: a.count)),
        beginning="\n".join(text[:BEGINNING].splitlines()[:LINES_SHOWN]),
        first_inputs=text[: min(seq_length, len(text) - 1)],
        first_targets=text[1 : seq_length + 1],
        uniform_loss=uniform,
        frequency_loss=frequency,
    )


def without_rare(corpus: Corpus) -> Corpus:
    """The text with every rare character replaced by the nearest of the others, or left out where none is near."""
    counts = Counter(corpus.text)
    common = Vocabulary("".join(sorted(c for c, n in counts.items() if n > RARE)) or corpus.text[0])
    text, replaced = common.replace_unknown(corpus.text)
    if not replaced:
        return corpus
    became, left_out = N_("{character} became {near}"), N_("{character} was left out")
    named = tuple(Told(became if near else left_out, character=_name(c), near=near) for c, near in replaced.items())
    return replace(corpus, text=text, changes=(*corpus.changes, Told(N_("Rare characters: {named}."), named=named)))


def baseline_losses(text: str) -> tuple[float, float]:
    """The losses, in nats per character, that any model should beat: a uniform guess and letter frequencies.

    The frequencies are those of the part that trains, each count plus one (Laplace), scored on the part held out.
    """
    train = Counter(text[: len(text) - held_out(len(text))])
    validation = Counter(text[len(text) - held_out(len(text)) :])
    size = len(train | validation)
    total = train.total() + size
    frequency = sum(n * -math.log((train[c] + 1) / total) for c, n in validation.items()) / max(1, validation.total())
    return math.log(size), frequency


def label(character: str) -> str:
    """The character itself, or a name, in the reader's language, for one that cannot be seen."""
    return say(_name(character))


def _name(character: str) -> str:
    names = {"\n": N_("⏎ line end"), "\t": N_("⇥ tab"), " ": N_("␣ space"), "\u00a0": N_("⍽ no-break space")}
    if character in names:
        return names[character]
    if character.isprintable() and not unicodedata.combining(character):
        return character
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
