"""The switch to another language. It opens the same address in that language, with all that was typed.

What was typed waits in the tab's sessionStorage, and is forgotten when it is handed back. Where a browser allows no
such storage, the switch still works; then the fields begin anew.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import gradio as gr

from charlm.languages import languages
from charlm.languages.reader import ENGLISH
from charlm.ui import texts
from charlm.ui.choices import NAMES

FIELDS = (gr.Textbox, gr.Dropdown, gr.Radio, gr.Slider, gr.Number, gr.Checkbox, gr.File)

# A link, so that it can be opened in another browser tab; a plain click also takes along what was typed.
CLICK = """element.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault(); window.charlmTo = link.getAttribute('href'); trigger('click'); });"""

# A field that nobody touched keeps the value that suits the other language, unless a button or a link has filled it.
LEAVE = """(...values) => {
  const fields = FIELDS, typed = {};
  fields.forEach(({id, first, own}, n) => {
    const touched = window.charlmTouched?.has(id), other = JSON.stringify(values[n]) !== JSON.stringify(first);
    if (touched || (other && !own)) typed[id] = values[n]; });
  const tabs = [...document.querySelectorAll('[role=tab][aria-selected=true]')].map((tab) => tab.id);
  try { sessionStorage.setItem('charlm-typed', JSON.stringify({typed, tabs})); } catch { /* blocked in some frames */ }
  const to = new URL(window.charlmTo, document.baseURI);
  for (const [name, value] of new URL(location).searchParams) if (name !== 'lang') to.searchParams.append(name, value);
  location.assign(to); }"""

# Other listeners of the page fill the same fields while it opens, so the values are handed back when it has come to
# rest: nothing in it has changed for a while.
ARRIVE = """async () => {
  document.documentElement.lang = LANGUAGE;
  const fields = FIELDS, touched = window.charlmTouched = new Set(), nothing = {__type__: 'update'};
  const touch = (event) => fields.forEach(({id}) => { if (event.target.closest?.('#' + id)) touched.add(id); });
  for (const kind of ['input', 'change', 'pointerdown', 'drop'])
    document.addEventListener(kind, (event) => { if (event.isTrusted) touch(event); }, true);
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem('charlm-typed')); sessionStorage.removeItem('charlm-typed'); }
  catch { /* blocked in some frames */ }
  if (!kept) return fields.map(() => nothing);
  await new Promise((rest) => {
    let timer = setTimeout(rest, 800);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 800); });
    const done = () => { watch.disconnect(); rest(); };
    watch.observe(document.body, {childList: true, subtree: true, characterData: true});
    setTimeout(done, 8000); });
  for (const id of kept.tabs) document.getElementById(id)?.click();
  window.charlmTyped = kept.typed;
  Object.keys(kept.typed).forEach((id) => touched.add(id));
  return fields.map(({id}) => id in kept.typed ? kept.typed[id] : nothing); }"""


# A text and a preset that were handed back bring their own numbers. What was typed over those follows after them.
AGAIN = """async () => {
  const typed = window.charlmTyped ?? {}, nothing = {__type__: 'update'};
  if (Object.keys(typed).length) await new Promise((go) => setTimeout(go, 1500));
  window.charlmTyped = null;
  return FIELDS.map(({id, own}) => own && id in typed ? typed[id] : nothing); }"""


def lay_out(language: str) -> gr.HTML:
    """Put a link for each other language on the page that is being built."""
    links = (
        f'<a href="./{"?lang=en" if tag == ENGLISH else tag}" lang="{tag}" hreflang="{tag}">{_capital(name)}</a>'
        for tag, name in languages().items()
        if tag != language
    )
    nav = f'<nav aria-label="{texts.SWITCH_NAME}">{" ".join(links)}</nav>'
    return gr.HTML(nav, elem_id="languages", elem_classes="languages", js_on_load=CLICK)


def wire(page: gr.Blocks, switch: gr.HTML, controls: Any, language: str) -> None:
    """Let the switch take the fields of all controls along, and hand back what came from the other language."""
    every = list(_fields(controls))
    told = [{"id": one.elem_id, "first": one.value, "own": _follows(one)} for one in every]
    known = json.dumps(told, default=str)
    leave, arrive = (script.replace("FIELDS", known) for script in (LEAVE, ARRIVE))
    switch.click(None, every, None, js=leave, api_visibility="private")
    page.load(None, None, every, js=arrive.replace("LANGUAGE", json.dumps(language)), api_visibility="private").then(
        None, None, every, js=AGAIN.replace("FIELDS", known), api_visibility="private"
    )


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
