"""The command `inside`: the parts of a network, what its cells follow, one cell over a text, how far back it leans."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.progress import Progress
from rich.text import Text

from charlm.command_line.arguments import MODEL, TEXTS, add_command, add_encoding, place
from charlm.command_line.sources import read_text, take_model
from charlm.command_line.streams import Console, print_json
from charlm.command_line.terminal import facts as as_facts
from charlm.command_line.terminal import plain_table, tell, visible
from charlm.insight import facts
from charlm.insight.cells import Cells, read_cells
from charlm.insight.embedding import embedding
from charlm.insight.parts import parts
from charlm.insight.reach import reach
from charlm.insight.shortlist import Shortlist, shortlist
from charlm.insight.specimen import Specimen, specimen
from charlm.insight.switched_off import switch_off
from charlm.languages import N_, Message, Told, number, say
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text.checkup import label

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

SHOWN = 30  # cells in the table of the shortlist
COST = N_("{loss:.3f} nats per character, without it {without:.3f} ({count:,} characters)")
SOURCES = {
    "held out": N_("the part of its text that it never learnt from"),
    "given": N_("a text that it did not learn"),
    "written": N_("a text that it wrote itself"),
}

Facts = dict[str, Any]


def add_to(commands: Any) -> None:
    """Add the parser of this command."""
    inside = add_command(
        commands,
        "inside",
        _inside,
        N_("a look inside a network: its parts and what its cells follow"),
        N_(
            "Show the parts of a network and which cells follow a feature of the text: quotes, line ends, words ... "
            "With one of the other options, show only that."
        ),
        'checkpoints/mine --cell 41 --over "The lamp is lit"',
    )
    inside.add_argument("checkpoint", type=place, help=say(MODEL))
    inside.add_argument(
        "--text", type=place, help=say(N_("the text on which the cells are examined: {texts}"), texts=TEXTS)
    )
    inside.add_argument("--cell", type=int, help=say(N_("show this cell (counted from 0) over a sentence")))
    inside.add_argument("--layer", type=int, default=1, help=say(N_("the cell's layer, counted from 1 (%(default)s)")))
    inside.add_argument(
        "--over", default="The lamp is lit.", metavar="SENTENCE", help=say(N_("the sentence (%(default)s)"))
    )
    inside.add_argument("--switch-off", action="store_true", help=say(N_("write with that cell and without it")))
    inside.add_argument(
        "--reach", type=int, metavar="PLACE", help=say(N_("how far back this character of the sentence leans"))
    )
    inside.add_argument(
        "--neighbours", metavar="CHARACTER", help=say(N_("characters whose rows in the embedding are similar"))
    )
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
    table = plain_table(N_("part"), N_("takes"), N_("gives"), N_("arrays"), N_("parameters"))
    for part in found:
        arrays = ", ".join(f"{name} {' x '.join(map(str, shape))}" for name, shape in part.arrays.items())
        table.add_row(
            part.name, *(number(n, ",") for n in (part.takes, part.gives)), arrays, number(part.parameters, ",")
        )
    answer = facts.of_parts(found)
    console.print(table)
    tell(console, say(N_("{count:,} parameters in all."), count=answer["parameters"]) + "\n")
    return answer


def _shortlist(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    text = _specimen(chosen, model)
    found = _read(model, text, console)
    told = N_("Examined on {source} ({name}), {count:,} characters.")
    tell(console, say(told, source=SOURCES[text.source], name=visible(text.name), count=found.characters))
    tell(console, say(N_("By chance a cell reaches |r| = {chance:.2f} here."), chance=found.chance))
    table = plain_table(N_("layer"), N_("cell"), N_("follows"), "r")
    for one in found.followers[:SHOWN]:
        table.add_row(f"{one.layer + 1}", f"{one.cell}", say(Message(one.feature)), number(one.r, "+.2f"))
    if found.followers:
        console.print(table)
    else:
        tell(console, say(N_("No cell follows a feature with |r| of {least:g} or more."), least=0.5))
    if len(found.followers) > SHOWN:
        told = N_("These are the first {shown} of {count}: --json shows all of them.")
        tell(console, say(told, shown=SHOWN, count=len(found.followers)))
    return {"shortlist": facts.of_shortlist(found, text)}


def _read(model: "LanguageModel", text: Specimen, console: Console) -> Shortlist:
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task(say(N_("reading")), total=len(text.text))
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
    table = plain_table("", N_("character"), N_("activation"), *map(Message, gates))
    for k, (character, value) in enumerate(zip(seen.text, answer["activations"], strict=True)):
        row = (number(gate[k], ".2f") for gate in gates.values())
        table.add_row(f"{k}", Text(visible(label(character))), number(value, "+.2f"), *row)
    console.print(table)
    return {"cell": answer}


def _switched_off(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    text = _specimen(chosen, model)
    # Which feature it follows is found on the part of the text on which the cost is measured.
    *_, known = shortlist(model, text.text[:10_000])
    layer, units = chosen.layer - 1, model.card.model.rnn_units
    best = known.best[layer * units + chosen.cell].feature if 0 <= layer * units + chosen.cell < len(known.best) else ""
    *_, found = switch_off(model, layer, chosen.cell, text.text, feature=best)
    for title, written in ((N_("with it"), found.text), (N_("without it"), found.without)):
        tell(console, f"--- {say(title)} ---\n{visible(written)}\n")
    after = Told(N_("after: {feature}"), feature=Message(best)) if best else ""
    rows = [
        (name, Told(COST, loss=cost.with_cell, without=cost.without, count=cost.characters))
        for name, cost in ((N_("all characters"), found.cost), (after, found.feature_cost))
        if cost
    ]
    console.print(as_facts(rows))
    return {"switched_off": asdict(found) | {"layer": chosen.layer}}


def _reach(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    seen: Cells = read_cells(model, chosen.over)
    found = reach(model, seen, chosen.reach)
    table = plain_table(N_("back"), N_("character"), N_("gradient"))
    for back, norm in enumerate(found.norms.tolist(), 1):
        table.add_row(f"{back}", Text(visible(label(seen.text[found.place - back]))), number(norm, ".3g"))
    told = N_("How much the logit of {character} depends on those before it:")
    tell(console, say(told, character=visible(label(seen.text[found.place]))))
    console.print(table)
    return {"reach": facts.of_reach(seen, found)}


def _neighbours(chosen: argparse.Namespace, model: "LanguageModel", console: Console) -> Facts:
    answer = facts.of_neighbours(embedding(model), chosen.neighbours)
    table = plain_table(N_("similar row"), N_("cosine"), N_("changed alike"), N_("cosine"))
    blank = {"character": " ", "similarity": None}
    for one, other in zip(answer["neighbours"], answer["changed_alike"] or [blank] * 9, strict=False):
        row = [cell for n in (one, other) if n["similarity"] is not None for cell in _named(n)]
        table.add_row(*row)
    console.print(table)
    return {"neighbours": answer}


def _named(neighbour: Facts) -> tuple[Text, str]:
    return Text(visible(label(neighbour["character"]))), number(neighbour["similarity"], ".2f")
