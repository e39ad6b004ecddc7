"""Which language a visitor gets: that of the address, else the browser's, else English.

English is at `/`, each other language at its tag, such as `/es`. `/?lang=es` leads there, too.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from charlm.languages import languages
from charlm.languages.reader import ENGLISH, LONGEST_WISH, best


def wish(request: Any, language: str) -> str:
    """What `speaking` is to be told for a request: the page's language, in the country that the browser names."""
    told = request.headers.get("accept-language", "")[:LONGEST_WISH] if request else ""
    return ",".join([*(one for one in told.split(",") if best(one).language == language), language])


class LanguageDoor:
    """Leads a visitor who opens the page to the one in the right language, with all else that the address says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or let the app answer."""
        right = _right_address(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (RedirectResponse(right, headers={"Vary": "Accept-Language"}) if right else self._app)(
            scope, receive, send
        )


def _right_address(scope: Scope) -> str | None:
    """The address where the page is in the visitor's language; None if it is this one, or if this is not the page."""
    root = scope.get("root_path", "")
    page = scope["path"].removeprefix(root).strip("/")
    if page not in {"", *languages()}:
        return None
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    named = dict(query).get("lang") or page
    language = best(named or Headers(scope=scope).get("accept-language", "")).language
    right = "" if language == ENGLISH else language
    if right == page:
        return None
    kept = [(name, value) for name, value in query if name != "lang"]
    kept += [("lang", ENGLISH)] if right == "" else []
    return f"{root}/{right}" + (f"?{urlencode(kept)}" if kept else "")
