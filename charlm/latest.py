"""The few things that were asked for last, each made once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps the things that were asked for last, up to a number; the others are made anew when they are asked for."""

    def __init__(self, most: int) -> None:
        self._most, self._things = most, OrderedDict[Any, T]()
        self._lock, self._making = Lock(), Lock()  # one is made at a time; what is there already waits for nobody

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The thing of that key, made now if it is not there. Raises what `make` raises, and then keeps nothing."""
        if (found := self._find(key)) is not None:
            return found
        with self._making:
            if (found := self._find(key)) is not None:
                return found
            made = make()
            with self._lock:
                self._things[key] = made
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            return made

    def _find(self, key: Any) -> T | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)
