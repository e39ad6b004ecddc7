"""A small cache: it keeps the few things that were requested last, so that each is made only once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps the `most` things that were requested last. Any other thing is made again when it is requested."""

    def __init__(self, most: int) -> None:
        self._most, self._things = most, OrderedDict[Any, T]()
        # Only one thing is made at a time. A thing that is already here is returned without waiting.
        self._lock, self._making = Lock(), Lock()

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The thing with that key. If it is not here, `make` makes it; if `make` raises an error, nothing is kept."""
        if (found := self.find(key)) is not None:
            return found
        with self._making:
            if (found := self.find(key)) is not None:
                return found
            made = make()
            with self._lock:
                self._things[key] = made
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            return made

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._things.clear()

    def find(self, key: Any) -> T | None:
        """The thing with that key, or None if it is not here."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)
