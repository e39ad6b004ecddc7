"""A browser without a window, for what can be measured or seen only in one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSERS = ("/usr/bin/chromium", "/usr/bin/google-chrome")


@contextmanager
def open_browser() -> Iterator[Any]:
    """Chromium as the machine has it, or else the one that Playwright has fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = next((path for path in BROWSERS if Path(path).exists()), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
