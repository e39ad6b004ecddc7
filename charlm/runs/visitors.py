"""Recognizes visitors by their tokens and owners of runs by their keys. This host signs both.

There are no accounts. The host gives each visitor's browser a token, and the browser keeps it. The network address
comes from the request; a whole school may share one. The visitor who starts a run gets its owner's key. Other people
who know the id of the run, which is part of the page's address, may watch it. The host stores no tokens and no keys,
only the secret that it signs them with.
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
from charlm.languages import N_
from charlm.records import STRICT
from charlm.storage.run_folder import writing


@dataclass(frozen=True)
class Asker:
    """Who asks for a run. The queue counts runs by these names, from which nobody learns who it is; "" is unknown."""

    __pydantic_config__ = STRICT
    visitor: str = ""
    address: str = ""


NOBODY = Asker()


class Keys:
    """Makes and checks tokens and keys. Processes that use the same data folder share the secret in it."""

    def __init__(self, data: Path) -> None:
        self._secret = _secret(data / ".secret")

    def new_visitor(self) -> str:
        """A token for a new visitor."""
        return self._signer("visitor").sign(secrets.token_hex(8)).decode()

    def is_visitor(self, token: object) -> bool:
        """Did this host make the token?"""
        return isinstance(token, str) and self._signer("visitor").validate(token.encode("utf-8", "replace"))

    def asker(self, token: object, address: str) -> Asker:
        """The asker with this token and address. At one address, all without a valid token count as one visitor."""
        place = self._hidden(_network(address))
        return Asker(self._hidden(str(token)) if self.is_visitor(token) else f"no token, {place}", place)

    def owner_key(self, run_id: str) -> str:
        """The key that the visitor who starts the run is given."""
        return self._signer("owner").get_signature(run_id).decode()

    def check_owner(self, run_id: str, key: object) -> None:
        """Raises NotYours if `key` is not the owner's key of the run."""
        if not self.is_owner(run_id, key):
            raise NotYours(
                N_("This run belongs to another visitor."),
                N_("Expected the browser that started the run, or its owner's key."),
                N_(
                    "You may watch this run and write with its model; to stop, continue or delete a run, "
                    "start your own."
                ),
            )

    def is_owner(self, run_id: str, key: object) -> bool:
        """Is `key` the owner's key of the run?"""
        if not isinstance(key, str) or not key.isascii():
            return False
        return self._signer("owner").verify_signature(run_id, key)

    def _signer(self, purpose: str) -> Signer:
        return Signer(self._secret, salt=f"charlm.{purpose}", digest_method=hashlib.sha256)

    def _hidden(self, name: str) -> str:
        """A name for the queue's files that does not reveal the address or the token."""
        return self._signer("asker").get_signature(name).decode()[:22]


def _network(address: str) -> str:
    """The address itself for IPv4; for IPv6 the /64 network of one customer, who can use any address in it."""
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
            return str(ipaddress.ip_network((parsed, 64), strict=False))
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return address


def _secret(file: Path) -> bytes:
    """The secret of the data folder. The first call makes it; only this user may read it. Raises CannotWrite."""
    with writing(file):
        if file.exists():
            return file.read_bytes()
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as made:
                made.write(secrets.token_bytes(32))
                made.flush()
                os.fsync(made.fileno())
            try:
                os.link(beside, file)  # one step: the first process makes the whole file, the others use it
            except FileExistsError:
                pass
            except OSError:  # a mount without hard links, as many network and cloud disks are
                os.replace(beside, file)
        finally:
            beside.unlink(missing_ok=True)
        return file.read_bytes()
