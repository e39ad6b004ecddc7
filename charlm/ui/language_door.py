"""Which language a visitor gets: that of the address, else the browser's, else English.

English is at `/`, each other language at its tag, such as `/es`. `/?lang=es` leads there, too.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from charlm.languages import languages, speaking
from charlm.languages.reader import ENGLISH, LONGEST_WISH, best


def wish(request: Any, page: str | None) -> str:
    """What `speaking` is to be told for a request: the language of its page, in the country that the browser names.

    A script has no page (None): it gets what it asks for.
    """
    told = request.headers.get("accept-language", "")[:LONGEST_WISH] if request else ""
    if page is None:
        return told
    language = page or ENGLISH
    return ",".join([*(one for one in told.split(",") if best(one).language == language), language])


class LanguageDoor:
    """Leads a visitor who opens the page to the one in the right language, with all else that the address says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or let the app answer in the visitor's language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD") and (right := _right_address(scope)):
            await RedirectResponse(right, headers={"Vary": "Accept-Language"})(scope, receive, send)
        else:
            with speaking(_named(scope) or Headers(scope=scope).get("accept-language", "")):
                await self._app(scope, receive, send)


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _named(scope: Scope) -> str:
    return dict(_query(scope)).get("lang", "")


def _right_address(scope: Scope) -> str | None:
    """The address where the page is in the visitor's language; None if it is this one, or if this is not the page."""
    root = scope.get("root_path", "")
    path = scope["path"].removeprefix(root)
    page = path.strip("/")
    if page not in {"", *languages()}:
        return None
    language = best(_named(scope) or page or Headers(scope=scope).get("accept-language", "")).language
    right = "" if language == ENGLISH else language
    if right == page and path in {"", "/", f"/{page}"}:  # Gradio leads `/es/` to `/es` as well, but drops the query
        return None
    kept = [(name, value) for name, value in _query(scope) if name != "lang"]
    kept += [("lang", ENGLISH)] if right == "" else []
    return f"{root}/{right}" + (f"?{urlencode(kept)}" if kept else "")
