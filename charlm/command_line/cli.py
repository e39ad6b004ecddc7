"""`python -m charlm train / estimate / generate / evaluate / show / export / import`."""

import argparse
import json
import random
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event as Flag
from typing import Any

from rich.console import Console

from charlm.command_line import terminal
from charlm.errors import CharlmError, CorpusNotFound
from charlm.events import EpochFinished, Event, RunFinished, SampleWritten, of_kind
from charlm.export.onefile import SUFFIX, WHAT_TRAVELS, export_model, import_model
from charlm.presets import PRESETS, preset
from charlm.records import Setting, settings_of
from charlm.settings import FIELDS, SamplingSettings
from charlm.storage.run_folder import RunFolder
from charlm.text.built_in import BUILT_IN
from charlm.text.checkup import check_up
from charlm.text.corpus import read_corpus
from charlm.text.vocabulary import Vocabulary


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console of another encoding shows ? and goes on
    arguments = sys.argv[1:] if arguments is None else arguments
    chosen = _parser().parse_args(arguments)
    chosen.typed = shlex.join(["python", "-m", "charlm", *arguments])
    try:
        status: int = chosen.command(chosen)
        return status
    except CharlmError as error:
        print(f"charlm: {terminal.visible(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader had enough: `charlm generate ... | head`
        sys.stderr.close()
        return 0


def _train(chosen: argparse.Namespace) -> int:
    console = Console(stderr=chosen.json)
    numbers = _numbers(chosen)
    if not chosen.text and not chosen.resume:
        raise CorpusNotFound(
            "No text was named.", f"Expected a file, or one of: {', '.join(BUILT_IN)}.", "Name one to learn from."
        )
    corpus = read_corpus(chosen.text, chosen.encoding) if chosen.text else None
    for sentence in corpus.changes if corpus else ():
        console.print(terminal.visible(sentence), markup=False)
    terminal.show_doubts(console, corpus.doubts if corpus else ())
    with _stop_on_interrupt() as stop, terminal.TrainingScreen(console) as screen:
        from charlm.runs.recording import resume, train

        if corpus is None or chosen.resume:
            events = resume(chosen.out, corpus, stop=stop, command=chosen.typed, **numbers)
        else:
            settings = preset(chosen.preset, len(corpus.text), **numbers)
            events = train(corpus, chosen.out, settings, stop=stop, command=chosen.typed)
        for event in events:
            screen.show(event)
            if chosen.json:
                print(event.to_json(), flush=True)
    _say_what_next(console, chosen.out, event)
    return 0


def _say_what_next(console: Console, out: str, last: Any = None) -> None:
    command = f'python -m charlm {{}} "{out}"' if " " in out else f"python -m charlm {{}} {out}"
    if isinstance(last, RunFinished) and last.reason in ("stopped", "time is up"):
        console.print(
            f"Go on:         {command.format('train --resume --out')}", markup=False, highlight=False, soft_wrap=True
        )
    console.print(f"Let it write:  {command.format('generate')}", markup=False, highlight=False, soft_wrap=True)


def _estimate(chosen: argparse.Namespace) -> int:
    corpus = read_corpus(chosen.text, chosen.encoding)
    settings = preset(chosen.preset, len(corpus.text), **_numbers(chosen))
    from charlm.training.probe import estimate

    result = estimate(len(corpus.text), len(Vocabulary.of(corpus.text)), settings)
    if chosen.json:
        _print_json(asdict(result))
        return 0
    epochs = settings.training.epochs
    limit = f"at most {epochs} epochs" if settings.training.patience else f"{epochs} epochs"
    print(f"About {terminal.clock(result.seconds)}: {limit} at {result.characters_per_second:,.0f} characters/s.")
    return 0


def _numbers(chosen: argparse.Namespace) -> dict[str, Any]:
    """The settings named on the command line."""
    return {f.name: value for f in FIELDS.values() if (value := getattr(chosen, f.name)) is not None}


def _generate(chosen: argparse.Namespace) -> int:
    seed = random.SystemRandom().randrange(2**31) if chosen.seed is None else chosen.seed
    for temperature in chosen.temperature:
        SamplingSettings(temperature, chosen.length, seed)
    RunFolder(chosen.checkpoint).read_card()
    from charlm.generation.language_model import (
        load,  # TensorFlow comes up here, after a wrong argument was told at once
    )

    model = load(chosen.checkpoint, columns=len(chosen.temperature))
    start = chosen.start_text
    if chosen.replace_unknown:
        start, replaced = model.vocabulary.replace_unknown(start)
        for character, near in replaced.items():
            print(f"{character!r} {f'replaced by {near!r}' if near else 'left out'}.", file=sys.stderr)
    model.vocabulary.encode(start)  # an unknown character is told before anything is written
    show = terminal.visible if sys.stdout.isatty() else str
    begun = time.perf_counter()
    pieces = model.compare(start, chosen.temperature, chosen.length, seed)
    if chosen.json:
        texts = [start + "".join(column) for column in zip(*pieces, strict=True)]
        answers = [{"temperature": t, "text": text} for t, text in zip(chosen.temperature, texts, strict=True)]
        _print_json({"start_text": start, "seed": seed, "seconds": time.perf_counter() - begun, "texts": answers})
    elif len(chosen.temperature) == 1:
        print(show(start), end="", flush=True)
        for (piece,) in pieces:
            print(show(piece), end="", flush=True)
        print()
    else:
        for temperature, column in zip(chosen.temperature, zip(*pieces, strict=True), strict=True):
            print(f"--- temperature {temperature:g} ---\n{show(start + ''.join(column))}\n", flush=True)
    if chosen.seed is None and not chosen.json:
        print(f"(seed {seed}: the same again with --seed {seed})", file=sys.stderr)
    return 0


def _evaluate(chosen: argparse.Namespace) -> int:
    corpus = read_corpus(chosen.text, chosen.encoding)
    RunFolder(chosen.checkpoint).read_card()
    from charlm.generation.language_model import evaluate, load

    model = load(chosen.checkpoint, columns=0)
    result = evaluate(model, corpus, replace_unknown=chosen.replace_unknown)
    own = corpus.sha256 == model.card.corpus.sha256
    values = asdict(result) | {"bits_per_character": result.bits_per_character, "own_text": own}
    if chosen.json:
        _print_json(values)
        return 0
    rows = [
        ("val_loss", f"{result.val_loss:.4f} nats per character"),
        ("bits", f"{result.bits_per_character:.4f} bits per character"),
        ("accuracy", f"{result.accuracy:.1%} of the characters foreseen"),
        ("characters", f"{result.characters:,}, the last tenth of {corpus.name}"),
        ("seconds", f"{result.seconds:.1f}"),
    ]
    if not own:
        rows.append(("note", f"this is not the text it learnt ({model.card.corpus.name})"))
    Console().print(terminal.facts(rows))
    return 0


def _show(chosen: argparse.Namespace) -> int:
    console = Console()
    if Path(chosen.what).is_dir():
        run = RunFolder(chosen.what)
        card, events = run.read_card(), run.events()
        if chosen.json:
            _print_json({**json.loads(card.to_json()), **history(events)})
        else:
            terminal.show_card(console, card, events)
        return 0
    facts = check_up(read_corpus(chosen.what, chosen.encoding))
    _print_json(asdict(facts)) if chosen.json else terminal.show_check_up(console, facts)
    return 0


def _export(chosen: argparse.Namespace) -> int:
    file = export_model(chosen.checkpoint, chosen.file)
    size = file.stat().st_size
    if chosen.json:
        _print_json({"file": str(file), "bytes": size})
        return 0
    print(f"{file} has {size:,} bytes. {WHAT_TRAVELS}")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    console = Console()
    card = import_model(chosen.file, chosen.out)
    if chosen.json:
        print(card.to_json())
        return 0
    terminal.show_card(console, card, RunFolder(chosen.out).events())
    _say_what_next(console, chosen.out)
    return 0


def history(events: Sequence[Event]) -> dict[str, list[dict[str, Any]]]:
    """The scored epochs and the samples of a run, for JSON."""
    return {
        "history": [asdict(e) for e in of_kind(EpochFinished, events)],
        "samples": [asdict(e) for e in of_kind(SampleWritten, events)],
    }


@contextmanager
def _stop_on_interrupt() -> Iterator[Any]:
    """A question to ask between steps: has Ctrl-C been pressed? Pressed again, it interrupts at once."""
    pressed = Flag()

    def press(number: int, frame: object) -> None:
        pressed.set()
        signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, press) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield pressed.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _kind(setting: Setting) -> type:
    """The type that its argument is converted to."""
    return str if setting.options else int if setting.whole else float


def _print_json(values: dict[str, Any]) -> None:
    print(json.dumps(values, ensure_ascii=False, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m charlm", description="Learn a text, character by character, and write on."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    texts = f"a text file, or one of: {', '.join(BUILT_IN)}"

    train = commands.add_parser(
        "train", help="learn a text", description="Learn a text and keep the model in a folder."
    )
    train.add_argument("text", nargs="?", help=f"{texts}; with --resume the run's own text if left out")
    train.add_argument("--out", required=True, help="the folder that keeps the run, such as checkpoints/mine")
    resume = "go on with the run in --out, with the settings it began with"
    train.add_argument("--resume", action="store_true", help=resume)
    _add_training_options(train)
    train.set_defaults(command=_train)

    estimate = commands.add_parser(
        "estimate", help="how long learning would take", description="Try two seconds of a run, and say how long."
    )
    estimate.add_argument("text", help=texts)
    _add_training_options(estimate)
    estimate.set_defaults(command=_estimate)

    generate = commands.add_parser(
        "generate", help="let a model write", description="Let a model write on from a start."
    )
    generate.add_argument("checkpoint", help="the folder of a model")
    _add_sampling_options(generate)
    generate.set_defaults(command=_generate)

    evaluate = commands.add_parser(
        "evaluate", help="score a model", description="Score a model on a text's last tenth."
    )
    evaluate.add_argument("checkpoint", help="the folder of a model")
    evaluate.add_argument("text", help=texts)
    evaluate.set_defaults(command=_evaluate)

    show = commands.add_parser("show", help="a model's card or a text's check-up")
    show.add_argument("what", help=f"the folder of a model, {texts}")
    show.set_defaults(command=_show)

    export = commands.add_parser(
        "export", help="a model as one file", description=f"Write a model as one file. {WHAT_TRAVELS}"
    )
    export.add_argument("checkpoint", help="the folder of a model")
    export.add_argument("file", help=f"the file to write, such as mine{SUFFIX}")
    export.set_defaults(command=_export)

    take_in = commands.add_parser(
        "import", help="a model from such a file", description="Make a model's folder of a file that was exported."
    )
    take_in.add_argument("file", help="the file, whoever made it: it is checked, and nothing in it can run")
    take_in.add_argument("--out", required=True, help="the folder to keep it in, such as checkpoints/theirs")
    take_in.set_defaults(command=_import)

    replace_unknown = "replace characters the model never saw by near ones"
    for command in (generate, evaluate):
        command.add_argument("--replace-unknown", action="store_true", help=replace_unknown)
    for command in (train, estimate, evaluate, show):
        command.add_argument("--encoding", help="how the text file was saved, if what is found is wrong")
    for command in (train, estimate, generate, evaluate, show, export, take_in):
        command.add_argument("--json", action="store_true", help="print facts as JSON")
    return parser


def _add_training_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--preset", choices=PRESETS, default="quick", help="settings to start from (default: quick)")
    for setting in FIELDS.values():
        name = f"--{setting.name.replace('_', '-')}"
        command.add_argument(name, type=_kind(setting), choices=setting.options or None, help=setting.meaning)


def _add_sampling_options(generate: argparse.ArgumentParser) -> None:
    meaning = {name: setting.meaning for name, setting in settings_of(SamplingSettings).items()}
    default = SamplingSettings()
    generate.add_argument("--start-text", default="", help="what to write on from; nothing begins a line")
    generate.add_argument(
        "--temperature",
        type=float,
        nargs="+",
        default=[default.temperature],
        help=f"{meaning['temperature']}; several share their random numbers (default: {default.temperature})",
    )
    generate.add_argument("--length", type=int, default=default.length, help=f"{meaning['length']} (%(default)s)")
    generate.add_argument("--seed", type=int, help=f"{meaning['seed']} (default: another every time)")
