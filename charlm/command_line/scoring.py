"""Commands that measure how well a model predicts a text: evaluate, surprise."""

import argparse
from dataclasses import asdict
from typing import Any

from charlm.command_line import findings, terminal
from charlm.command_line.arguments import MODEL, TEXTS, add_command, add_encoding, add_replace_unknown, place
from charlm.command_line.sources import STANDARD_INPUT, model_folder, read_text, take_model
from charlm.command_line.streams import Console, print_json
from charlm.errors import CorpusNotFound
from charlm.insight.surprise import Surprise, surprise
from charlm.languages import N_, Told, number, say


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    evaluate = add_command(
        commands, "evaluate", _evaluate, N_("score a model"), N_("Score a model on the last tenth of a text."),
        "checkpoints/mine my.txt",
    )  # fmt: skip
    surprising = add_command(
        commands, "surprise", _surprise, N_("how much each character of a text surprises a model"),
        N_("Say how much each character of a sentence or a file surprises a model, or each of two models, in bits. "
        "A character that the model never saw is replaced by a similar one, and the answer says so."),
        'checkpoints/mine "The lamp is lit" --other checkpoints/theirs',
    )  # fmt: skip
    for command in (evaluate, surprising):
        command.add_argument("checkpoint", type=place, help=say(MODEL))
        add_encoding(command)
    evaluate.add_argument("text", type=place, help=say(TEXTS))
    add_replace_unknown(evaluate)
    surprising.add_argument("text", nargs="?", help=say(N_("the sentence, or - to read standard input")))
    surprising.add_argument("--file", type=place, help=say(N_("a text instead of the sentence: {texts}"), texts=TEXTS))
    surprising.add_argument("--other", type=place, metavar="CHECKPOINT", help=say(N_("a second model, to compare")))


def _evaluate(chosen: argparse.Namespace) -> int:
    corpus = read_text(chosen.text, chosen.encoding)
    model = take_model(chosen.checkpoint)
    from charlm.generation.language_model import evaluate

    result = evaluate(model, corpus, replace_unknown=chosen.replace_unknown)
    own = corpus.sha256 == model.card.corpus.sha256
    if chosen.json:
        print_json(asdict(result) | {"bits_per_character": result.bits_per_character, "own_text": own})
        return 0
    rows: list[tuple[str, str]] = [
        ("val_loss", Told(N_("{loss:.4f} nats per character"), loss=result.val_loss)),
        (N_("bits"), Told(N_("{bits:.4f} bits per character"), bits=result.bits_per_character)),
        (N_("accuracy"), Told(N_("{accuracy:.1%} of the characters predicted"), accuracy=result.accuracy)),
        (
            N_("characters"),
            Told(N_("{count:,}, the last tenth of {name}"), count=result.characters, name=corpus.name),
        ),
        (N_("seconds"), number(result.seconds, ".1f")),
    ]
    if not own:
        told = N_("this is not the text that the model learnt ({name})")
        rows.append((N_("note"), Told(told, name=model.card.corpus.name)))
    Console().print(terminal.facts(rows))
    return 0


def _surprise(chosen: argparse.Namespace) -> int:
    names = [name for name in (chosen.checkpoint, chosen.other) if name]
    for name in names:
        model_folder(name).read_card()
    text = _text_to_read(chosen)
    seen = {name: surprise(take_model(name), text) for name in names}
    if chosen.json:
        print_json({"text": text, "models": [_surprise_as_data(name, facts) for name, facts in seen.items()]})
        return 0
    console = Console()
    for name, facts in seen.items():
        findings.show_surprise(console, name, facts)
    findings.show_verdict(console, seen)
    return 0


def _text_to_read(chosen: argparse.Namespace) -> str:
    if (chosen.text is None) == (chosen.file is None):
        raise CorpusNotFound(
            N_("No text was given.") if chosen.file is None else N_("Two texts were given: a sentence and a file."),
            N_("Expected one of: a sentence, a - for standard input, or --file."),
            N_("Give exactly one of them."),
        )
    if chosen.file is None and chosen.text != STANDARD_INPUT:
        return str(chosen.text)
    return read_text(chosen.file or STANDARD_INPUT, chosen.encoding).text


def _surprise_as_data(name: str, facts: Surprise) -> dict[str, Any]:
    sums = {"total_bits": facts.total_bits, "bits_per_character": facts.bits_per_character}
    return {"model": name} | asdict(facts) | sums
