"""Who asks, and whose a run is: a visitor's token and an owner's key, both signed by this host.

There are no accounts. A visitor is known by a token that the page was given and keeps; an address (a school has one)
by where a request comes from. Whoever starts a run is given its owner's key; the run's id alone, which stands in the
page's address, lets others look. Nothing of it is stored here but the secret that signs.
"""

import hashlib
import ipaddress
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import Signer

from charlm.errors import NotYours
from charlm.records import STRICT
from charlm.storage.run_folder import writing


@dataclass(frozen=True)
class Asker:
    """Who asks for a run, as the queue counts and takes turns: names that tell nobody who it is; "" is not known."""

    __pydantic_config__ = STRICT
    visitor: str = ""
    address: str = ""


NOBODY = Asker()


class Keys:
    """Makes and checks tokens and keys. Several processes on one folder agree, since the secret lies there."""

    def __init__(self, data: Path) -> None:
        self._secret = _secret(data / ".secret")

    def new_visitor(self) -> str:
        """A token for somebody who has none yet."""
        return self._signer("visitor").sign(secrets.token_hex(8)).decode()

    def is_visitor(self, token: object) -> bool:
        """Was the token given by this host?"""
        return isinstance(token, str) and self._signer("visitor").validate(token.encode("utf-8", "replace"))

    def asker(self, token: object, address: str) -> Asker:
        """Who asks with that token from that network address. All who have no token of ours are one visitor of it."""
        place = self._hidden(_network(address))
        return Asker(self._hidden(str(token)) if self.is_visitor(token) else f"no token, {place}", place)

    def owner_key(self, run_id: str) -> str:
        """The key of whoever started that run."""
        return self._signer("owner").get_signature(run_id).decode()

    def check_owner(self, run_id: str, key: object) -> None:
        """Raises NotYours for any but the owner's key."""
        if not self.is_owner(run_id, key):
            raise NotYours(
                "This run belongs to whoever started it.",
                "Expected the browser that started it, or its owner's key.",
                "Watch it and write with it as you like; to stop, continue or delete one, start your own.",
            )

    def is_owner(self, run_id: str, key: object) -> bool:
        """Is it the owner's key of that run?"""
        if not isinstance(key, str) or not key.isascii():
            return False
        return self._signer("owner").verify_signature(run_id, key)

    def _signer(self, purpose: str) -> Signer:
        return Signer(self._secret, salt=f"charlm.{purpose}", digest_method=hashlib.sha256)

    def _hidden(self, name: str) -> str:
        """A name for the queue's files from which nobody finds the address or the token."""
        return self._signer("asker").get_signature(name).decode()[:22]


def _network(address: str) -> str:
    """The address; of IPv6 the network of one customer (/64), in which everybody has more addresses than there are."""
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
            return str(ipaddress.ip_network((parsed, 64), strict=False))
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return address


def _secret(file: Path) -> bytes:
    """The secret of this folder, made at its first time, for nobody else to read. Raises CannotWrite."""
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as made:
                made.write(secrets.token_bytes(32))
                made.flush()
                os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(beside, file)  # whoever comes first makes it, and never half of it
        finally:
            beside.unlink()
        return file.read_bytes()
