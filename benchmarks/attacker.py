"""A hostile visitor beside the class: floods the queue, forges keys, sends halves of files, asks for secrets."""

import asyncio
import secrets
import time
from collections import Counter
from urllib.parse import urlsplit

import httpx

from benchmarks.visitor import Diary, Failed, Page, open_page

TEXT = "all work and no play makes jack a dull boy\n" * 50
ADDRESS = "203.0.113.9"  # whose the page takes it for: a proxy on the same machine is believed
HALF = 2**20  # bytes of a file that is never sent whole


async def attack(address: str, run: str, end: float, refused: Counter[str]) -> None:
    """Go on until `time.monotonic()` says `end`, and count what was refused. What gets through is for others to see."""
    async with open_page(address, Diary(), sender=ADDRESS) as page:
        while time.monotonic() < end:
            for attempt in (flood, destroy, ask_for_secrets):
                await attempt(page, run, refused)
            await send_half(address)
            await asyncio.sleep(0.1)


async def flood(page: Page, run: str, refused: Counter[str]) -> None:
    """Ask for as many runs as there is room for, each time as somebody else."""
    token = (await page.ask("visitor"))["visitor"]
    await _try(page, refused, "train", pasted=TEXT, epochs=1_000, visitor=token)


async def destroy(page: Page, run: str, refused: Counter[str]) -> None:
    """Stop, delete and go on with somebody else's run, with keys that are made up."""
    for endpoint in ("stop", "delete", "go_on"):
        await _try(page, refused, endpoint, run=run, key=secrets.token_urlsafe(32))


async def ask_for_secrets(page: Page, run: str, refused: Counter[str]) -> None:
    """Ask for the text of somebody else's run, for a file of the host, for too much."""
    await _try(page, refused, "copies", model=run, text=TEXT[:100])
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    await _try(page, refused, "check_up", where="file", files=[file])
    await _try(page, refused, "generate", length=10**9)


async def send_half(address: str) -> None:
    """Begin to upload a file and hang up."""
    where = urlsplit(address)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    head = (
        f"POST /gradio_api/upload HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Length: {2 * HALF}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="half.txt"\r\n\r\n'
    )
    writer.write(head.encode() + bytes(HALF))
    await writer.drain()
    writer.close()


async def _try(page: Page, refused: Counter[str], endpoint: str, **sent: object) -> None:
    try:
        await page.ask(endpoint, **sent)
    except (Failed, httpx.HTTPError) as error:
        refused[f"/{endpoint}: {str(error)[:60]}"] += 1
