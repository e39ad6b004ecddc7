"""The texts one can learn from without bringing any: two come along, one is fetched when it is named."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charlm.errors import DownloadFailed
from charlm.languages import N_, Told

BUILT_IN = {
    "lamplighter": N_("The Lamplighter's Apprentice, a story in English"),
    "molino": N_("El molino de la abuela, un cuento en español"),
    "shakespeare": N_("40,000 lines of Shakespeare's plays (fetched at first use)"),
}
# The language of the texts that the models here learnt, by the fingerprint of the text. Of other texts it is not known.
LANGUAGES = {
    "2057615516e81cb8ef5b16d77befd11bc20ff2828fb6c66cc3ddefa4383f9e52": "en",  # lamplighter
    "299afea16f67f10c0b8607d98419c2b701a38972b054e6da72ac2d8be5e98076": "es",  # molino
    "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed": "en",  # shakespeare
    "e7a48b10160265d4dd5e728e82097a726605af34db239f18a542cb1a72385c43": "es",  # the shipped model's Don Quijote
}
TIMEOUT = 20.0  # seconds without a byte from the other side: whoever waits for the page has gone by then


@dataclass(frozen=True)
class Remote:
    """A text in UTF-8 that lives on the network."""

    name: str
    address: str
    sha256: str  # of its bytes: others are not believed, whoever sent them


SHAKESPEARE = Remote(
    "shakespeare",
    "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
    "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
)


def read_built_in(name: str) -> bytes:
    """The bytes of a built-in text, in UTF-8. Raises DownloadFailed."""
    if name == SHAKESPEARE.name:
        return fetch(SHAKESPEARE)
    return (Path(__file__).parent / "corpora" / f"{name}.txt").read_bytes()


def fetch(text: Remote, folder: Path | None = None, timeout: float = TIMEOUT) -> bytes:
    """The bytes of a text on the network, which are kept in a folder: by default the user's own one for caches.

    They are written beside their place and renamed, so that two processes may fetch at once. Raises DownloadFailed.
    """
    import pooch  # both take a third of a second, which is due only here
    import requests

    pooch.get_logger().setLevel("WARNING")  # it would tell every step
    folder = folder or pooch.os_cache("charlm")
    try:
        kept = pooch.retrieve(
            text.address,
            known_hash=f"sha256:{text.sha256}",
            fname=f"{text.name}.txt",
            path=folder,
            downloader=pooch.HTTPDownloader(timeout=timeout),
        )
        return Path(kept).read_bytes()
    except requests.Timeout as error:
        raise _failed(text, N_("nothing came for {seconds:g} seconds"), seconds=timeout) from error
    except requests.HTTPError as error:
        answer = f"{error.response.status_code} {error.response.reason}" if error.response is not None else "?"
        raise _failed(text, N_("the answer was {answer}"), answer=answer) from error
    except requests.RequestException as error:
        raise _failed(text, N_("there is no connection, or it broke off")) from error
    except ValueError as error:  # pooch's word for another sha256
        raise _failed(text, N_("what came is not that text, to the byte")) from error
    except OSError as error:
        raise _failed(
            text, N_("{folder} could not be written, {error}"), folder=folder, error=error.strerror
        ) from error


def _failed(text: Remote, why: str, **values: Any) -> DownloadFailed:
    return DownloadFailed(
        N_("The built-in text {name!r} could not be fetched: {why}."),
        N_("Expected to get it from {address}."),
        N_("Check the network, or use a built-in text that needs none: {at_hand}."),
        name=text.name,
        why=Told(why, **values),
        address=text.address,
        at_hand=tuple(name for name in BUILT_IN if name != text.name),
    )
