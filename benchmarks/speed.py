"""Compares training and writing with plain Keras and PyTorch, which do the same work: python -m benchmarks.speed

Each ratio is the median of the ratios of all rounds, followed by the quartiles (see race.py). PyTorch takes part if it
is installed; `--torch` names an interpreter that has it, for example that of an environment of its own, where
`pip install torch numpy` is enough. `--only` chooses shapes by a part of their title. `--write README.md` puts the
tables between the two marks in that file. All shapes take about ten minutes on two cores.
"""

import argparse
import re
import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.race import Contestant, Result, has_torch, race, ratios, spread
from benchmarks.shape import Shape
from charlm.presets import PRESETS

SIZES = (128, 256, 512, 1024)
MARKS = "<!-- speed: begin -->", "<!-- speed: end -->"


def of_preset(name: str) -> Shape:
    """The shape that a preset trains."""
    model, training = PRESETS[name].settings.model, PRESETS[name].settings.training
    return Shape(
        units=model.rnn_units,
        batch_size=training.batch_size,
        seq_length=training.seq_length,
        cell=model.cell,
        embedding_dim=model.embedding_dim,
        layers=model.layers,
        dropout=model.dropout,
        preset=name,
    )


TRAINING = (
    *map(of_preset, PRESETS),
    *map(Shape, SIZES),
    *(Shape(256, cell=cell) for cell in ("gru", "rnn")),
)
UPDATES = tuple(replace(of_preset("balanced"), units=units) for units in SIZES)
WRITING = tuple(map(Shape, SIZES))


def main() -> None:
    """Run every race and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="at least so many for each shape")
    parser.add_argument("--seconds", type=float, default=12.0, help="and for each shape at least so long")
    parser.add_argument("--only", nargs="+", default=[""], metavar="PART", help='such as quick "512 units"')
    parser.add_argument("--smallest", action="store_true", help="one round of the smallest shape of each table")
    parser.add_argument("--torch", default=sys.executable, help="an interpreter that has PyTorch")
    parser.add_argument("--write", type=Path, help="the file that receives the tables between its marks")
    chosen = parser.parse_args()
    if chosen.write and (chosen.smallest or chosen.only != [""]):
        parser.error("--write needs all shapes")
    if chosen.smallest:
        chosen.rounds, chosen.seconds = 1, 0.0
    chosen.has_torch = has_torch(chosen.torch)
    tables = []
    for table, shapes in TABLES.items():
        asked = [shape for shape in shapes if any(part in shape.title for part in chosen.only)]
        if asked:
            asked = [min(asked, key=lambda shape: shape.operations)] if chosen.smallest else asked
            tables.append("".join(map(say, table(chosen, asked))))
            say("")
    if chosen.write:
        text = chosen.write.read_text("utf-8")
        place = re.compile(f"(?<={MARKS[0]}\n).*(?={MARKS[1]})", re.DOTALL)
        chosen.write.write_text(place.sub(lambda _: "\n{}\n".format("\n".join(tables)), text), "utf-8")


def training_table(chosen: argparse.Namespace, shapes: Iterable[Shape]) -> Iterator[str]:
    """One row for every shape of training."""
    yield (
        "| one update, characters a second | plain Keras | PyTorch | charlm | charlm, beside PyTorch "
        "| charlm, of the machine's peak | peak memory: Keras, PyTorch, charlm |"
    )
    yield "|---|---|---|---|---|---|---|"
    for shape in shapes:
        names = ("keras_step", "charlm_step", "wide_product", *["torch_step"] * chosen.has_torch)
        keras, charlm, product, *torch = run(chosen, shape, *(f"steps.{name}" for name in names)).values()
        theirs, beside, memory = "not installed", "", "-"
        if torch:
            theirs, beside, memory = against(torch[0], keras), against(charlm, torch[0]), f"{torch[0].megabytes:,.0f}"
        shares = [shape.operations / shape.characters * ratio for ratio in ratios(charlm.speeds, product.speeds)]
        share = f"{statistics.median(shares):.0%} of {product.speed / 1e9:.0f} GFLOP/s"
        memory = f"{keras.megabytes:,.0f}, {memory}, {charlm.megabytes:,.0f} MB"
        yield (
            f"| {shape.title} | {keras.speed:,.0f}/s | {theirs} | {against(charlm, keras)} | {beside} "
            f"| {share} | {memory} |"
        )


def update_table(chosen: argparse.Namespace, shapes: Iterable[Shape]) -> Iterator[str]:
    """One row for every size: what the optimizer of a preset takes of a step."""
    yield "| charlm's optimizer | a step | the optimizer's part of it | share |"
    yield "|---|---|---|---|"
    for shape in shapes:
        step, update = run(chosen, shape, "steps.charlm_step", "steps.charlm_update").values()
        share = statistics.median(ratios(step.speeds, update.speeds))
        times = " | ".join(f"{1000 * shape.characters / result.speed:.3g} ms" for result in (step, update))
        yield f"| {shape.title} | {times} | {share:.0%} |"


def writing_table(chosen: argparse.Namespace, shapes: Iterable[Shape]) -> Iterator[str]:
    """One row for every size of network that writes."""
    yield "| writing, characters a second | textbook's loop | charlm | four temperatures, beside one | first ones |"
    yield "|---|---|---|---|---|"
    names = ("textbook_loop", "charlm_one", "charlm_four", "charlm_first")
    for shape in shapes:
        textbook, one, four, first = run(chosen, shape, *(f"writers.{name}" for name in names)).values()
        yield (
            f"| {shape.units} units | {textbook.speed:,.0f}/s | {one.speed:,.0f}/s, {against(one, textbook)} "
            f"| {against(four, one)} | {1000 * statistics.median(first.seconds):.3g} ms |"
        )


TABLES = {training_table: TRAINING, update_table: UPDATES, writing_table: WRITING}


def run(chosen: argparse.Namespace, shape: Shape, *names: str) -> dict[str, Result]:
    """Race the contestants of these names with one shape. The results have the names without the file."""
    contestants = {}
    for name in names:
        interpreter = chosen.torch if "torch" in name else sys.executable
        contestants[name.partition(".")[2]] = Contestant(name, asdict(shape), interpreter)
    return race(contestants, chosen.rounds, chosen.seconds)


def against(one: Result, other: Result) -> str:
    """How many times as fast one is as the other."""
    return spread(ratios(one.speeds, other.speeds))


def say(line: str) -> str:
    """Print a line of a table as soon as it is measured, and return it with its end."""
    print(line, flush=True)
    return line + "\n"


if __name__ == "__main__":
    main()
