"""Which page a visitor gets."""

import asyncio

import pytest
from starlette.requests import Request

from charlm.languages import reader, speaking
from charlm.ui.language_door import LanguageDoor, wish


def visit(path, query="", browser="", root=""):
    """Where the door sends a visitor; None if it lets the visitor in."""
    sent = []
    scope = {
        "type": "http", "method": "GET", "path": root + path, "root_path": root, "query_string": query.encode(),
        "headers": [(b"accept-language", browser.encode())] if browser else [],
    }  # fmt: skip

    async def app(scope, receive, send):
        Request(scope)

    async def send(message):
        sent.append(message)

    asyncio.run(LanguageDoor(app)(scope, None, send))
    return next((dict(m["headers"])[b"location"].decode() for m in sent if m["type"] == "http.response.start"), None)


@pytest.mark.parametrize(
    ("path", "query", "browser", "there"),
    [
        ("/", "", "", None),
        ("/", "", "es-MX,es;q=0.9,en;q=0.8", "/es"),
        ("/", "", "xx,en;q=0.5,es;q=0.3", None),
        ("/es", "", "en", None),  # the address beats the browser
        ("/", "lang=en", "es", None),
        ("/", "lang=es&run=a-1&x=%26", "en", "/es?run=a-1&x=%26"),
        ("/es", "lang=en&tab=dice", "es", "/?tab=dice&lang=en"),
        ("/", "lang=klingon", "es", None),  # a language that charlm does not speak is English
        ("/config", "", "es", None),
        ("/es/", "", "", "/es"),
        ("/es/", "tab=dice&start=x", "en", "/es?tab=dice&start=x"),  # typed with a slash, a link still says it all
    ],
)
def test_the_address_comes_first_then_the_browser_then_english(path, query, browser, there):
    assert visit(path, query, browser) == there


def test_behind_a_proxy_the_root_stays():
    assert visit("/", "tab=dice", "es", root="/charlm") == "/charlm/es?tab=dice"


@pytest.mark.parametrize("browser", ["es," * 33_000, "x" * 100_000, ";;;,,,=", "es-" + "é" * 50, "*"])
def test_a_hostile_browser_gets_a_page(browser):
    assert visit("/", "", browser) in (None, "/es")


@pytest.mark.parametrize(
    ("query", "browser", "spoken"),
    [("", "es-MX", "es_MX"), ("lang=es", "en", "es"), ("lang=en", "es", "en"), ("", "", "en")],
)
def test_what_is_not_the_page_is_in_the_language_of_its_link_or_the_browser(query, browser, spoken):
    said = []

    async def app(scope, receive, send):
        said.append(str(reader()))

    scope = {
        "type": "http", "method": "GET", "path": "/model/none", "query_string": query.encode(),
        "headers": [(b"accept-language", browser.encode())],
    }  # fmt: skip
    asyncio.run(LanguageDoor(app)(scope, None, None))
    assert said == [spoken]


@pytest.mark.parametrize(
    ("page", "browser", "spoken"),
    [("es", "en,es-MX", "es_MX"), ("es", "en", "es"), ("", "es", "en"), (None, "es-CO", "es_CO"), (None, "", "en")],
)
def test_a_call_is_answered_in_the_language_of_its_page_and_a_script_in_its_own(page, browser, spoken):
    request = Request({"type": "http", "headers": [(b"accept-language", browser.encode())]})
    with speaking(wish(request, page)):
        assert str(reader()) == spoken
