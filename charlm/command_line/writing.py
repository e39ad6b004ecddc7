"""Commands that write: generate, compare, next."""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from charlm.command_line import findings, terminal
from charlm.command_line.arguments import MODEL, add_command, add_sampling, add_start, place, seed_of
from charlm.command_line.sources import model_folder, take_model
from charlm.command_line.streams import Console, print_json
from charlm.insight.comparison import compare
from charlm.insight.next_characters import next_characters
from charlm.languages import N_, say
from charlm.settings import SamplingSettings

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

TEMPERATURES, LENGTH = (0.2, 0.5, 1.0, 1.5), 300  # defaults of `compare`, as on the page
OFFERED = 10  # how many next characters `next` shows by default


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    generate = add_command(
        commands, "generate", _generate, N_("let a model write"), N_("Let a model continue a start."),
        'checkpoints/mine --start-text "Once" --temperature 0.7 --length 400',
    )  # fmt: skip
    comparison = add_command(
        commands, "compare", _compare, N_("one start at several temperatures, and facts about each text"),
        N_("Let a model continue one start at several temperatures. All use the same random numbers, so only the "
        "temperature makes the texts different. For each text, show between how many characters the model chose, what "
        "share of the words is in the text it learnt, where the text first differs from the one before, and whether "
        "it repeats itself."),
        'checkpoints/mine --start-text "Once" --temperature 0.2 1.0 --seed 1',
    )  # fmt: skip
    following = add_command(
        commands, "next", _next, N_("the likeliest next characters"), N_("Show which characters a model expects next."),
        'checkpoints/mine --start-text "Onc" --count 5',
    )  # fmt: skip
    for command in (generate, comparison, following):
        command.add_argument("checkpoint", type=place, help=say(MODEL))
        add_start(command)
    default = SamplingSettings()
    add_sampling(generate, (default.temperature,), default.length)
    add_sampling(comparison, TEMPERATURES, LENGTH)
    following.add_argument(
        "--temperature",
        type=float,
        default=1.0,
        help=say(N_("for drawing a character; 0 always takes the likeliest (1)")),
    )
    following.add_argument(
        "--top-k", type=int, default=0, help=say(N_("draw only from this many; 0 draws from all (0)"))
    )
    following.add_argument("--count", type=int, default=OFFERED, help=say(N_("how many to show (%(default)s)")))


def start_of(chosen: argparse.Namespace, model: "LanguageModel") -> str:
    """The start text as the model reads it. Raises UnknownCharacter before the model writes anything."""
    start = model.vocabulary.normalized(chosen.start_text or "")
    if chosen.replace_unknown:
        start, replaced = model.vocabulary.replace_unknown(start)
        print(*terminal.replacements(replaced), sep="\n", end="\n" * bool(replaced), file=sys.stderr)
    model.vocabulary.encode(start)
    return start


def tell_seed(chosen: argparse.Namespace, seed: int) -> None:
    """If the user named no seed, print how to repeat the same text."""
    if chosen.seed is None and not chosen.json:
        print(say(N_("(seed {seed}: --seed {seed} writes the same again)"), seed=str(seed)), file=sys.stderr)


def _generate(chosen: argparse.Namespace) -> int:
    seed = seed_of(chosen)
    for temperature in chosen.temperature:
        SamplingSettings(temperature, chosen.length, seed)  # refuse a wrong setting before the model is loaded
    model = take_model(chosen.checkpoint, columns=len(chosen.temperature))
    start = start_of(chosen, model)
    begun = time.perf_counter()
    pieces = model.compare(start, chosen.temperature, chosen.length, seed)
    if chosen.json:
        texts = [start + "".join(column) for column in zip(*pieces, strict=True)]
        answers = [{"temperature": t, "text": text} for t, text in zip(chosen.temperature, texts, strict=True)]
        print_json({"start_text": start, "seed": seed, "seconds": time.perf_counter() - begun, "texts": answers})
    else:
        _print_pieces(start, chosen.temperature, pieces)
    tell_seed(chosen, seed)
    return 0


def _print_pieces(start: str, temperatures: list[float], pieces: Iterator[tuple[str, ...]]) -> None:
    show = terminal.visible if sys.stdout.isatty() else str
    if len(temperatures) == 1:
        print(show(start), end="", flush=True)
        for (piece,) in pieces:
            print(show(piece), end="", flush=True)
        print()
        return
    for temperature, column in zip(temperatures, zip(*pieces, strict=True), strict=True):
        title = say(N_("--- temperature {temperature:g} ---"), temperature=temperature)
        print(f"{title}\n{show(start + ''.join(column))}\n", flush=True)


def _compare(chosen: argparse.Namespace) -> int:
    seed = seed_of(chosen)
    for temperature in chosen.temperature:
        SamplingSettings(temperature, chosen.length, seed)
    traces = model_folder(chosen.checkpoint).read_traces()
    model = take_model(chosen.checkpoint, columns=len(chosen.temperature))
    start = start_of(chosen, model)
    *_, whole = compare(model, start, chosen.temperature, chosen.length, seed, traces)
    print_json(asdict(whole)) if chosen.json else findings.show_comparison(Console(), whole)
    tell_seed(chosen, seed)
    return 0


def _next(chosen: argparse.Namespace) -> int:
    SamplingSettings(chosen.temperature)
    model = take_model(chosen.checkpoint)
    start = start_of(chosen, model)
    offered = next_characters(model, start, chosen.temperature, chosen.top_k, chosen.count)
    if chosen.json:
        asked = {"start_text": start, "temperature": chosen.temperature, "top_k": chosen.top_k}
        print_json(asked | {"characters": [asdict(character) for character in offered]})
    else:
        findings.show_next(Console(), offered, heated=chosen.temperature != 1 or chosen.top_k > 0)
    return 0
