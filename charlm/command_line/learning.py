"""Commands that learn: train, estimate."""

import argparse
import os
import shlex
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event as Flag
from typing import Any

from rich.console import Console as RichConsole

from charlm.command_line import together
from charlm.command_line.arguments import TEXTS, add_command, add_encoding, place, program
from charlm.command_line.cards import show_doubts
from charlm.command_line.screen import ReadingScreen, TrainingScreen
from charlm.command_line.sources import STANDARD_INPUT, is_long, read_long, read_text
from charlm.command_line.streams import Console, print_as_json, print_json
from charlm.command_line.terminal import clock, tell
from charlm.errors import CorpusNotFound
from charlm.events import Event, RunFinished
from charlm.languages import N_, NN_, say
from charlm.presets import PRESETS, preset
from charlm.records import Setting
from charlm.settings import FIELDS
from charlm.storage.run_folder import RunFolder
from charlm.text.built_in import BUILT_IN
from charlm.text.long_corpus import AnyCorpus
from charlm.times.estimates import estimate


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    train = add_command(
        commands,
        "train",
        _train,
        N_("learn a text"),
        N_("Learn a text and keep the model in a folder."),
        "my.txt --out checkpoints/mine --preset quick",
    )
    train.add_argument(
        "text",
        nargs="?",
        type=place,
        help=say(N_("{texts}; not needed with --resume, which uses the run's own text"), texts=TEXTS),
    )
    train.add_argument("--out", required=True, type=place, help=say(N_("the folder that keeps the run")))
    resume = say(N_("go on with the run in --out, with the settings it began with"))
    train.add_argument("--resume", action="store_true", help=resume)
    together.add_machines(train)
    told = add_command(
        commands,
        "estimate",
        _estimate,
        N_("how long learning would take"),
        N_(
            "Say how long the whole run would take. If such a run was not tried here within the last day, some steps "
            "are tried, which takes about ten seconds."
        ),
        "my.txt --preset balanced",
    )
    told.add_argument("text", type=place, help=say(TEXTS))
    for command in (train, told):
        command.add_argument("--preset", choices=PRESETS, help=say(N_("settings to start from (default: quick)")))
        add_encoding(command)
        for setting in FIELDS.values():
            name = f"--{setting.name.replace('_', '-')}"
            command.add_argument(name, type=_kind(setting), choices=setting.options or None, help=say(setting.meaning))


def _kind(setting: Setting) -> type:
    """The type of the setting's value on the command line."""
    return str if setting.options else int if setting.whole else float


def _train(chosen: argparse.Namespace) -> int:
    console = Console(stderr=chosen.json)
    if not chosen.text and not chosen.resume:
        raise CorpusNotFound(
            N_("No text was named."),
            N_("Expected a file, or one of: {names}."),
            N_("Name a text to learn from."),
            names=tuple(BUILT_IN),
        )
    cluster = together.read_machines(chosen.machines)
    if cluster.size > 1:
        together.join(cluster, console)  # before anything can fail, so that nobody waits in vain
    if cluster.rank:
        with _stop_on_interrupt() as stop, together.losses_told(cluster):
            together.follow(stop.is_set)
        return 0
    if cluster.size == 1 and chosen.machines not in (None, 1):
        _refuse_missing(chosen)
        return together.start(chosen.machines, chosen.arguments)
    corpus = _read(chosen, console, chosen.out) if chosen.text else None
    for sentence in (*(corpus.changes if corpus else ()), *_left_out(chosen)):
        tell(console, say(sentence))
    show_doubts(console, corpus.doubts if corpus else ())
    with _stop_on_interrupt() as stop, together.losses_told(cluster), TrainingScreen(console) as screen:

        def show(event: Event) -> None:
            screen.show(event)
            if chosen.json:
                print_as_json(event.to_json())

        last = follow(_events(chosen, corpus, stop.is_set), show, stop)
    say_what_next(console, chosen.out, last)
    return 0


def _read(chosen: argparse.Namespace, console: RichConsole, out: str) -> AnyCorpus:
    if not is_long(chosen.text):
        return read_text(chosen.text, chosen.encoding)
    with ReadingScreen(console, os.path.getsize(chosen.text)) as screen:
        return read_long(chosen.text, chosen.encoding, out, screen.show)


def _refuse_missing(chosen: argparse.Namespace) -> None:
    """Raise what a process that has to learn this would raise, before any is started."""
    if not chosen.text:
        RunFolder(chosen.out).read_card()
    elif chosen.text != STANDARD_INPUT and not is_long(chosen.text):
        read_text(chosen.text, chosen.encoding)


def _left_out(chosen: argparse.Namespace) -> Iterator[str]:
    """One sentence for each option that the user named and that has no effect."""
    if chosen.resume and chosen.preset:
        yield N_("--preset has no effect: a run goes on with the settings it began with.")
    if chosen.resume and chosen.encoding and not chosen.text:
        yield N_("--encoding has no effect: the run has kept its text and reads no file.")


def _events(chosen: argparse.Namespace, corpus: AnyCorpus | None, stop: Callable[[], bool]) -> Iterator[Event]:
    numbers = _numbers(chosen)
    from charlm.runs.recording import resume, train  # imported late, because TensorFlow takes seconds to start

    if corpus is None or chosen.resume:
        return resume(chosen.out, corpus, stop=stop, command=chosen.typed, **numbers)
    settings = preset(chosen.preset or "quick", corpus.length, **numbers)
    return train(corpus, chosen.out, settings, stop=stop, command=chosen.typed)


def follow(events: Iterable[Event], tell: Callable[[Event], None], stop: Flag) -> Event:
    """Show every event with `tell` and return the last one.

    If the output fails (`| head`, a full disk), the run stops as with Ctrl-C and saves everything. Then the function
    raises the error.
    """
    unheard: OSError | None = None
    for event in events:
        last = event
        try:
            if unheard is None:
                tell(event)
        except OSError as error:
            unheard = error
            stop.set()
    if unheard is not None:
        raise unheard
    return last


def say_what_next(console: RichConsole, out: str, last: Event | None = None) -> None:
    """Print the commands that the user may want next, ready to copy."""
    folder = shlex.quote(out)
    if isinstance(last, RunFinished) and last.reason in ("stopped", "time is up"):
        tell(console, say(N_("Go on:         {command}"), command=f"{program()} train --resume --out {folder}"))
    tell(console, say(N_("Let it write:  {command}"), command=f"{program()} generate {folder}"))


def _estimate(chosen: argparse.Namespace) -> int:
    corpus = _read(chosen, Console(stderr=True), tempfile.gettempdir())
    settings = preset(chosen.preset or "quick", corpus.length, **_numbers(chosen))
    result = estimate(corpus.length, len(corpus.vocabulary), settings)
    if chosen.json:
        print_json(asdict(result))
        return 0
    epochs = settings.training.epochs
    whole = NN_(
        "About {time}: {count} epoch at {speed:,.0f} characters/s.",
        "About {time}: {count} epochs at {speed:,.0f} characters/s.",
    )
    at_most = NN_(
        "About {time}: at most {count} epoch at {speed:,.0f} characters/s.",
        "About {time}: at most {count} epochs at {speed:,.0f} characters/s.",
    )
    told = at_most if settings.training.patience else whole
    print(say(told, time=clock(result.seconds), count=epochs, speed=result.characters_per_second))
    return 0


def _numbers(chosen: argparse.Namespace) -> dict[str, Any]:
    """The settings that the user named on the command line."""
    return {f.name: value for f in FIELDS.values() if (value := getattr(chosen, f.name)) is not None}


@contextmanager
def _stop_on_interrupt() -> Iterator[Flag]:
    """A flag that Ctrl-C sets; the training checks it before every step. A second Ctrl-C interrupts at once."""
    pressed = Flag()

    def press(number: int, frame: object) -> None:
        pressed.set()
        signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, press) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield pressed
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
