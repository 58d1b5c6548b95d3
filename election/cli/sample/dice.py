"""Numbers that look random and are the same on every machine for ever (SHA-256 of a counter).

The sample must not depend on a library's generator: its figures stand in tests and pictures.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """A stream of numbers belonging to one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        self._turn += 1
        digest = hashlib.sha256(f"{self._name}:{self._turn}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, least: int, most: int) -> int:
        """A whole number from least to most, both included."""
        return least + self.below(most - least + 1)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        return things[self.below(len(things))]
