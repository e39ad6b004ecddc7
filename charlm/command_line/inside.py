"""The command `inside`: the parts of a network, what its cells follow, one cell over a text, how far back it leans."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from charlm.command_line.arguments import MODEL, TEXTS, add_command, add_encoding, place
from charlm.command_line.sources import read_text, take_model
from charlm.command_line.streams import Console, print_json
from charlm.command_line.terminal import facts as as_facts
from charlm.command_line.terminal import say, visible
from charlm.insight import facts
from charlm.insight.cells import Cells, read_cells
from charlm.insight.embedding import embedding
from charlm.insight.parts import parts
from charlm.insight.reach import reach
from charlm.insight.shortlist import Shortlist, shortlist
from charlm.insight.specimen import Specimen, specimen
from charlm.insight.switched_off import switch_off
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text.checkup import label

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

SHOWN = 30  # cells in the table of the shortlist
SOURCES = {
    "held out": "the part of its text that it never learnt from",
    "given": "a text that it did not learn",
    "written": "a text that it wrote itself",
}

Facts = dict[str, Any]


def add_to(commands: Any) -> None:
    """Add the parser of this command."""
    inside = add_command(
        commands, "inside", _inside, "a look inside a network: its parts and what its cells follow",
        "Show the parts of a network and which cells follow a feature of the text: quotes, line ends, words ... With "
        "one of the other options, show only that.",
        'checkpoints/mine --cell 41 --over "The lamp is lit"',
    )  # fmt: skip
    inside.add_argument("checkpoint", type=place, help=MODEL)
    inside.add_argument("--text", type=place, help=f"the text on which the cells are examined: {TEXTS}")
    inside.add_argument("--cell", type=int, help="show this cell (counted from 0) over a sentence")
    inside.add_argument("--layer", type=int, default=1, help="the cell's layer, counted from 1 (%(default)s)")
    inside.add_argument("--over", default="The lamp is lit.", metavar="SENTENCE", help="the sentence (%(default)s)")
    inside.add_argument("--switch-off", action="store_true", help="write with that cell and without it")
    inside.add_argument("--reach", type=int, metavar="PLACE", help="how far back this character of the sentence leans")
    inside.add_argument("--neighbours", metavar="CHARACTER", help="characters whose rows in the embedding are similar")
    add_encoding(inside)


def _inside(chosen: argparse.Namespace) -> int:
    model = take_model(chosen.checkpoint)
    asked: list[Callable[[argparse.Namespace, LanguageModel, Console], Facts]] = []
    asked += [_cell] * (chosen.cell is not None and not chosen.switch_off)
    asked += [_switched_off] * (chosen.cell is not None and chosen.switch_off)
    asked += [_reach] * (chosen.reach is not None)
    asked += [_neighbours] * (chosen.neighbours is not None)
    console = Console(quiet=chosen.json)
    found: Facts = {}
    for question in asked or [_parts, _shortlist]:
        found |= question(chosen, model, console)
    if chosen.json:
        print_json(found)
    return 0


def _parts(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    found = parts(len(model.vocabulary), model.card.model)
    table = Table("part", "takes", "gives", "arrays", "parameters", box=None)
    for part in found:
        arrays = ", ".join(f"{name} {' x '.join(map(str, shape))}" for name, shape in part.arrays.items())
        table.add_row(part.name, f"{part.takes:,}", f"{part.gives:,}", arrays, f"{part.parameters:,}")
    answer = facts.of_parts(found)
    console.print(table)
    say(console, f"{answer['parameters']:,} parameters in all.\n")
    return answer


def _shortlist(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    text = _specimen(chosen, model)
    found = _read(model, text, console)
    say(console, f"Examined on {SOURCES[text.source]} ({visible(text.name)}), {found.characters:,} characters.")
    say(console, f"By chance a cell reaches |r| = {found.chance:.2f} here.")
    table = Table("layer", "cell", "follows", "r", box=None)
    for one in found.followers[:SHOWN]:
        table.add_row(f"{one.layer + 1}", f"{one.cell}", one.feature, f"{one.r:+.2f}")
    console.print(table) if found.followers else say(console, "No cell follows a feature with |r| of 0.5 or more.")
    if len(found.followers) > SHOWN:
        say(console, f"These are the first {SHOWN} of {len(found.followers)}: --json shows all of them.")
    return {"shortlist": facts.of_shortlist(found, text)}


def _read(model: "LanguageModel", text: Specimen, console: Console) -> Shortlist:
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("reading", total=len(text.text))
        for found in shortlist(model, text.text):
            progress.update(bar, completed=found.read)
    return found


def _specimen(chosen: argparse.Namespace, model: "LanguageModel") -> Specimen:
    own = RunFolder(find_model(chosen.checkpoint)).read_corpus()
    *_, text = specimen(model, read_text(chosen.text, chosen.encoding) if chosen.text else own)
    return text


def _cell(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    seen = read_cells(model, chosen.over)
    answer = facts.of_cell(seen, chosen.layer - 1, chosen.cell)
    gates = answer["gates"]
    table = Table("", "character", "activation", *gates, box=None)
    for k, (character, value) in enumerate(zip(seen.text, answer["activations"], strict=True)):
        row = (f"{gate[k]:.2f}" for gate in gates.values())
        table.add_row(f"{k}", Text(visible(label(character))), f"{value:+.2f}", *row)
    console.print(table)
    return {"cell": answer}


def _switched_off(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    text = _specimen(chosen, model)
    # Which feature it follows is found on the part of the text on which the cost is measured.
    *_, known = shortlist(model, text.text[:10_000])
    layer, units = chosen.layer - 1, model.card.model.rnn_units
    best = known.best[layer * units + chosen.cell].feature if 0 <= layer * units + chosen.cell < len(known.best) else ""
    *_, found = switch_off(model, layer, chosen.cell, text.text, feature=best)
    for title, written in (("with it", found.text), ("without it", found.without)):
        say(console, f"--- {title} ---\n{visible(written)}\n")
    rows = [
        (
            name,
            f"{cost.with_cell:.3f} nats per character, without it {cost.without:.3f} ({cost.characters:,} characters)",
        )
        for name, cost in (("all characters", found.cost), (f"after: {best}", found.feature_cost))
        if cost
    ]
    console.print(as_facts(rows))
    return {"switched_off": asdict(found) | {"layer": chosen.layer}}


def _reach(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    seen: Cells = read_cells(model, chosen.over)
    found = reach(model, seen, chosen.reach)
    table = Table("back", "character", "gradient", box=None)
    for back, norm in enumerate(found.norms.tolist(), 1):
        table.add_row(f"{back}", Text(visible(label(seen.text[found.place - back]))), f"{norm:.3g}")
    say(console, f"How much the logit of {visible(label(seen.text[found.place]))} depends on those before it:")
    console.print(table)
    return {"reach": facts.of_reach(seen, found)}


def _neighbours(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    answer = facts.of_neighbours(embedding(model), chosen.neighbours)
    table = Table("similar row", "cosine", "changed alike", "cosine", box=None)
    blank = {"character": " ", "similarity": None}
    for one, other in zip(answer["neighbours"], answer["changed_alike"] or [blank] * 9, strict=False):
        row = [cell for n in (one, other) if n["similarity"] is not None for cell in _named(n)]
        table.add_row(*row)
    console.print(table)
    return {"neighbours": answer}


def _named(neighbour: Facts) -> tuple[Text, str]:
    return Text(visible(label(neighbour["character"]))), f"{neighbour['similarity']:.2f}"
