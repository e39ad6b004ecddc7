"""The switch to another language. It opens the same address in that language, with all that was typed.

What was typed waits in the tab's sessionStorage, and is forgotten when it is handed back. Where a browser allows no
such storage, the switch still works; then the fields begin anew.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import gradio as gr

from charlm.languages import languages
from charlm.languages.reader import ENGLISH
from charlm.ui import texts
from charlm.ui.choices import NAMES

BRINGING = ("where", "built-in", "files", "pasted", "encoding", "preset")  # a choice in one of these brings numbers
HERE: dict[str, Any] = {"api_visibility": "private"}  # for listeners that only run in the browser
FIELDS = (gr.Textbox, gr.Dropdown, gr.Radio, gr.Slider, gr.Number, gr.Checkbox, gr.File)

# A link, so that it can be opened in another browser tab; a plain click also takes along what was typed.
CLICK = """element.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault(); window.charlmTo = link.getAttribute('href'); trigger('click'); });"""

# What is done first, when the page opens: the fields that a visitor touches from now on are noted.
OPEN = """() => {
  document.documentElement.lang = LANGUAGE;
  const fields = FIELDS, touched = new Set();
  window.charlmSwitch = {fields, touched, typed: {}, awaited: AWAITED};
  const touch = (event) => fields.forEach(({id, brings}) => {
    if (!event.target.closest?.('#' + id)) return;
    touched.add(id);
    if (brings) window.charlmSwitch.typed = {}; });  // another text or preset is welcome to its own numbers
  for (const kind of ['input', 'change', 'pointerdown', 'drop'])
    document.addEventListener(kind, (event) => { if (event.isTrusted) touch(event); }, true); }"""

# A field that nobody touched keeps the value that suits the other language, unless a button or a link has filled it.
LEAVE = """(...values) => {
  const {fields, touched} = window.charlmSwitch ?? {fields: [], touched: new Set()}, typed = {};
  fields.forEach(({id, first, own}, n) => {
    const other = JSON.stringify(values[n]) !== JSON.stringify(first);
    if (touched.has(id) || (other && !own)) typed[id] = values[n]; });
  const tabs = [...document.querySelectorAll('[role=tab][aria-selected=true]')].map((tab) => tab.id);
  try { sessionStorage.setItem('charlm-typed', JSON.stringify({typed, tabs})); } catch { /* blocked in some frames */ }
  const to = new URL(window.charlmTo, document.baseURI);
  for (const [name, value] of new URL(location).searchParams) if (name !== 'lang') to.searchParams.append(name, value);
  location.assign(to); }"""

# The events that fill fields while the page opens each call this. After the last of them the values are handed back.
ARRIVE = """() => {
  const known = window.charlmSwitch, nothing = {__type__: 'update'};
  if (--known.awaited) return known.fields.map(() => nothing);
  try { known.kept = JSON.parse(sessionStorage.getItem('charlm-typed')); sessionStorage.removeItem('charlm-typed'); }
  catch { /* blocked in some frames */ }
  const typed = known.typed = known.kept?.typed ?? {};
  Object.keys(typed).forEach((id) => known.touched.add(id));
  return known.fields.map(({id}) => id in typed ? typed[id] : nothing); }"""

# An opened tab looks at its fields, so it is opened when they have their values.
OPEN_TABS = """() => {
  const known = window.charlmSwitch;
  if (!known.awaited) for (const id of known.kept?.tabs ?? []) document.getElementById(id)?.click();
  known.kept = known.awaited ? known.kept : null; }"""

# A text and a preset that were handed back bring their own numbers. What was typed over those follows after them.
AGAIN = """() => {
  const {fields, typed} = window.charlmSwitch, nothing = {__type__: 'update'};
  return fields.filter(({own}) => own).map(({id}) => id in typed ? typed[id] : nothing); }"""


def lay_out(language: str) -> gr.HTML:
    """Put a link for each other language on the page that is being built."""
    links = (
        f'<a href="./{"?lang=en" if tag == ENGLISH else tag}" lang="{tag}" hreflang="{tag}">{_capital(name)}</a>'
        for tag, name in languages().items()
        if tag != language
    )
    nav = f'<nav aria-label="{texts.SWITCH_NAME}">{" ".join(links)}</nav>'
    return gr.HTML(nav, elem_id="languages", elem_classes="languages", js_on_load=CLICK)


def wire(
    page: gr.Blocks, switch: gr.HTML, controls: Any, language: str, opening: Sequence[Any], looks: Sequence[Any]
) -> None:
    """Let the switch take the fields of all controls along, and hand back what came from the other language.

    `opening` are the events that fill fields while the page opens, `looks` those that bring numbers later.
    """
    every = list(_fields(controls))
    told = [
        {"id": one.elem_id, "first": one.value, "own": _follows(one), "brings": one.elem_id in BRINGING}
        for one in every
    ]
    filled = {"FIELDS": json.dumps(told, default=str), "LANGUAGE": json.dumps(language), "AWAITED": str(len(opening))}
    page.load(None, None, None, js=_filled(OPEN, filled), **HERE)
    switch.click(None, every, None, js=LEAVE, **HERE)
    for event in opening:
        event.then(None, None, every, js=ARRIVE, **HERE).then(None, None, None, js=OPEN_TABS, **HERE)
    numbers = [one for one in every if _follows(one)]
    for event in looks:
        event.then(None, None, numbers, js=AGAIN, **HERE)


def _filled(script: str, values: Mapping[str, str]) -> str:
    """The script with these values for the words in capitals."""
    return re.sub("|".join(values), lambda word: values[word[0]], script)


def _fields(controls: Any) -> Iterator[Any]:
    """The fields in which a visitor chooses or types something."""
    if isinstance(controls, FIELDS):
        if controls.elem_id and controls.visible != "hidden" and controls.interactive is not False:
            yield controls
        return
    inner: Any = ()
    if is_dataclass(controls):
        inner = [getattr(controls, one.name) for one in fields(controls)]
    elif isinstance(controls, (dict, tuple)):
        inner = controls.values() if isinstance(controls, dict) else controls
    for one in inner:
        yield from _fields(one)


def _follows(field: Any) -> bool:
    """Does the page itself fill this field, with a number that suits the text?"""
    return field.elem_id.replace("-", "_") in NAMES


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
