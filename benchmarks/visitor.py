"""A small replacement for a browser: it stores the values of the page's controls and speaks Gradio's HTTP.

Like a browser, it keeps one connection open as a heartbeat, lets timers tick, starts the events that follow an answer,
and applies the differences that a stream sends. Unlike a browser, it loads no scripts and styles, and it does not react
when the page itself changes a control.
"""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from gradio_client.utils import apply_diff

API = "/gradio_api"
CONFIG = "window.gradio_config = "
CONNECTIONS = 6  # as many as a browser opens to one server
PATIENCE = 60.0  # seconds to wait for an answer

Dependency = dict[str, Any]  # Gradio's record of a listener: the events that start it, its inputs and its outputs


class Failed(Exception):
    """The server refused a request, or an event failed. Holds the message of the server."""


@dataclass
class Diary:
    """Notes what happens in the background of open pages."""

    looks: list[float] = field(default_factory=list)  # seconds until a tick was answered
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def noting(self, what: str) -> Iterator[None]:
        """If the block raises Failed or an HTTP error, end the block and note the error. `what` names the block."""
        try:
            yield
        except (Failed, httpx.HTTPError) as error:
            self.errors.append(f"{what}: {error!r}")


@asynccontextmanager
async def open_page(address: str, diary: Diary, run: str = "", sender: str = "") -> AsyncIterator["Page"]:
    """The page, open until the block is left; with a run in its address it watches that one.

    `sender` is the network address that it comes from, as a proxy tells it. Raises Failed and httpx.HTTPError.
    """
    async with httpx.AsyncClient(
        base_url=address,
        limits=httpx.Limits(max_connections=CONNECTIONS),
        timeout=PATIENCE,
        trust_env=False,  # no proxy stands between
        headers={"X-Forwarded-For": sender} if sender else None,
        event_hooks={"response": [_refuse]},
    ) as http:
        query = {"run": run} if run else {}
        html = (await http.get("/", params=query)).text
        config, _ = json.JSONDecoder().raw_decode(html, html.index(CONFIG) + len(CONFIG))
        page = Page(http, config, query, diary)
        alive = [asyncio.create_task(work) for work in page.alive()]
        try:
            await page.load()
            yield page
        finally:
            for task in alive:
                task.cancel()
            await asyncio.gather(*alive, return_exceptions=True)


class Page:
    """An open page. Methods name a control by its `elem_id`, an endpoint by its API name."""

    def __init__(self, http: httpx.AsyncClient, config: dict[str, Any], query: dict[str, str], diary: Diary) -> None:
        self._http, self._query, self._diary, self._session = http, query, diary, secrets.token_hex(6)
        self._dependencies = [d for d in config["dependencies"] if d["backend_fn"]]
        self._props = {c["id"]: _beginning(c) for c in config["components"]}
        self._parameters: dict[str, list[dict[str, Any]]] = {}  # by endpoint; filled at the first request
        self._timers = [c["id"] for c in config["components"] if c["type"] == "timer"]
        self._names = {c["props"]["elem_id"]: c["id"] for c in config["components"] if c["props"].get("elem_id")}
        self._endpoints = {d["api_name"]: d for d in self._dependencies if d["api_visibility"] == "public"}

    def value(self, name: str) -> Any:
        """The value of a control."""
        return self._props[self._names[name]]["value"]

    @property
    def ticking(self) -> bool:
        """Is any timer running?"""
        return any(self._props[timer]["active"] for timer in self._timers)

    async def set(self, name: str, value: Any) -> None:
        """Change the value of a control, and wait until the server has answered."""
        self._props[self._names[name]]["value"] = value
        await self.do(name, "change")

    async def do(self, name: str, event: str = "click") -> None:
        """Like `press`, but wait for the last answer."""
        async for _ in self.press(name, event):
            pass

    async def press(self, name: str, event: str = "click") -> AsyncIterator[None]:
        """Trigger an event of a control. Yields at every answer. Raises Failed and httpx.HTTPError."""
        async for _ in self._happens(self._names[name], event):
            yield

    async def load(self) -> None:
        """Trigger the events that a page triggers itself when it opens."""
        root = next(target for d in self._dependencies for target, event in d["targets"] if event == "load")
        async for _ in self._happens(root, "load"):
            pass

    async def ask(self, endpoint: str, **values: Any) -> dict[str, Any]:
        """The last answer of a public endpoint. A parameter that is not in `values` keeps its default."""
        return [answer async for answer in self.stream(endpoint, **values)][-1]

    async def stream(self, endpoint: str, **values: Any) -> AsyncIterator[dict[str, Any]]:
        """All answers of a public endpoint, one after the other. Raises Failed and httpx.HTTPError."""
        if not self._parameters:
            offered = (await self._http.get(f"{API}/info")).json()["named_endpoints"]
            self._parameters = {name.removeprefix("/"): found["parameters"] for name, found in offered.items()}
        named = self._parameters[endpoint]
        sent = [values.get(parameter["parameter_name"], parameter["parameter_default"]) for parameter in named]
        async for (answer,) in self._answers(self._endpoints[endpoint], sent):
            yield answer

    async def upload(self, name: str, text: str) -> dict[str, Any]:
        """Upload a text file. Returns the value for a control that takes files."""
        files = {"files": (name, text.encode(), "text/plain")}
        (path,) = (await self._http.post(f"{API}/upload", files=files)).json()
        return {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}

    def alive(self) -> list[Coroutine[Any, Any, None]]:
        """The tasks that run as long as the page is open: the heartbeat and the timers."""
        return [self._beat(), *(self._tick(timer) for timer in self._timers)]

    async def _beat(self) -> None:
        with self._diary.noting("the heartbeat"):
            async with self._http.stream("GET", f"{API}/heartbeat/{self._session}") as stream:
                async for _ in stream.aiter_lines():
                    pass

    async def _tick(self, timer: int) -> None:
        every, took = self._props[timer]["value"], 0.0
        while True:
            await asyncio.sleep(max(0.0, every - took))
            took = 0.0
            if not self._props[timer]["active"]:
                continue
            begun = time.monotonic()
            with self._diary.noting("a look"):
                async for _ in self._happens(timer, "tick"):
                    pass
                self._diary.looks.append(time.monotonic() - begun)
            took = time.monotonic() - begun

    async def _happens(self, component: int, event: str) -> AsyncIterator[None]:
        for dependency in self._dependencies:
            if [component, event] in dependency["targets"]:
                async for _ in self._run(dependency):
                    yield

    async def _run(self, dependency: Dependency) -> AsyncIterator[None]:
        async for data in self._answers(dependency, [self._props[i]["value"] for i in dependency["inputs"]]):
            for component, answer in zip(dependency["outputs"], data, strict=True):
                is_update = isinstance(answer, dict) and answer.get("__type__") == "update"
                self._props[component] |= answer if is_update else {"value": answer}
            yield
        for follower in self._dependencies:
            if follower["trigger_after"] == dependency["id"]:
                async for _ in self._run(follower):
                    yield

    async def _answers(self, dependency: Dependency, data: list[Any]) -> AsyncIterator[list[Any]]:
        body = {"data": data, "fn_index": dependency["id"], "session_hash": self._session}
        if dependency["queue"]:
            async for outputs in self._queued(body):
                yield outputs
        else:
            answer = await self._http.post(f"{API}/run/predict", json=body, params=self._query)
            yield answer.json()["data"]

    async def _queued(self, body: dict[str, Any]) -> AsyncIterator[list[Any]]:
        await self._http.post(f"{API}/queue/join", json=body, params=self._query)
        shown: list[Any] = []
        where = {"session_hash": self._session}
        async with self._http.stream("GET", f"{API}/queue/data", params=where) as stream:
            async for line in stream.aiter_lines():
                if not line:
                    continue
                message = json.loads(line.removeprefix("data:"))
                match message["msg"]:
                    case "process_generating":
                        new = message["output"]["data"]
                        shown = [apply_diff(*pair) for pair in zip(shown, new, strict=True)] if shown else new
                        yield shown
                    case "process_completed" if message["success"]:
                        yield message["output"]["data"]
                    case "process_completed" | "unexpected_error":
                        raise Failed(message.get("output", message))
                    case "close_stream":
                        return
        raise Failed("The stream ended before its event did.")


def _beginning(component: dict[str, Any]) -> dict[str, Any]:
    props = component["props"]
    return {"value": props.get("default_value", "" if component["type"] == "textbox" else None)} | props


async def _refuse(response: httpx.Response) -> None:
    if response.is_error:
        said = (await response.aread()).decode(errors="replace")
        raise Failed(f"{response.status_code} {response.url.path}: {said[:200]}")
