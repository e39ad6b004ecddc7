"""What a browser keeps for its visitor: the runs it has seen, who it is, and the keys of the runs it started.

Two stores, since each is replaced as a whole: a run that is only watched must never cost a key.
"""

from typing import Any

import gradio as gr

from charlm.runs.visitors import Asker, Keys

REMEMBERED = 20  # runs
Store = dict[str, Any] | None  # as it comes from a browser, where anybody may have written anything into it


def seen_runs() -> gr.BrowserState:
    """The store of the runs that this browser has seen."""
    return gr.BrowserState({"runs": []}, storage_key="charlm", secret="charlm")  # noqa: S106  # it hides nothing


def own_keys() -> gr.BrowserState:
    """The store of the visitor's token and the owner's keys."""
    return gr.BrowserState({"keys": {}}, storage_key="charlm-keys", secret="charlm")  # noqa: S106


def remembered(seen: Store) -> list[str]:
    """The ids of the runs that this browser has seen, the latest first."""
    runs = (seen or {}).get("runs", [])
    return [run for run in runs if isinstance(run, str)] if isinstance(runs, list) else []


def remember(run_id: str, seen: Store) -> dict[str, Any]:
    """The store with one run more, the latest first."""
    return {"runs": list(dict.fromkeys([*filter(None, [run_id]), *remembered(seen)]))[:REMEMBERED]}


def key_of(run_id: str | None, own: Store) -> str:
    """The owner's key of a run, or nothing."""
    key = _keys(own).get(run_id or "")
    return key if isinstance(key, str) else ""


def owned(own: Store) -> list[str]:
    """The ids of the runs that were started here."""
    return [run for run in _keys(own) if isinstance(run, str)]


def with_key(run_id: str, key: str, own: Store) -> dict[str, Any]:
    """The store with one key more."""
    keys = {run_id: key} | {run: kept for run, kept in _keys(own).items() if run != run_id}
    return {**(own or {}), "keys": dict(list(keys.items())[:REMEMBERED])}


def without_keys(own: Store) -> dict[str, Any]:
    """The store when everything that was started here is deleted: who one is stays."""
    return {**(own or {}), "keys": {}}


def introduced(own: Store, keys: Keys) -> dict[str, Any]:
    """The store with a visitor's token: the one that is there, or another where there is none of this host."""
    known = (own or {}).get("visitor")
    return {"keys": _keys(own), "visitor": known if keys.is_visitor(known) else keys.new_visitor()}


def asker(own: Store, request: gr.Request, keys: Keys) -> Asker:
    """Who asks, as the queue counts."""
    return keys.asker((own or {}).get("visitor"), address(request))


def address(request: gr.Request) -> str:
    """The network address that a request comes from.

    Behind a proxy it is the visitor's only where the host names the proxy in FORWARDED_ALLOW_IPS, as uvicorn has it.
    """
    client = request.client
    return str(client.host) if client else ""


def _keys(own: Store) -> dict[str, Any]:
    keys = (own or {}).get("keys", {})
    return keys if isinstance(keys, dict) else {}
