"""Kinds of parameters: how a raw value (as in JSON) is read, how the allowed ones are written."""

import re
from fractions import Fraction
from typing import Protocol

Value = int | str | bool | Fraction | None
# plain digits only: an exponent could name a number larger than the machine's memory
_SHARE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?")


class NotAllowed(ValueError):
    """The raw value is not one of the allowed ones."""


class Kind(Protocol):
    """The values a parameter may take."""

    @property
    def allowed(self) -> str:
        """The allowed values as people read them."""

    def read(self, raw: object) -> Value:
        """The value meant; raises NotAllowed."""


class Words:
    """One of several words, in any case."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.allowed = " | ".join(words)

    def read(self, raw: object) -> Value:
        """The word as the rulebook writes it."""
        word = str(raw).strip().upper()
        if not isinstance(raw, str) or word not in self.words:
            raise NotAllowed
        return word


class Whole:
    """A whole number from `least` to `most`; `none` is the rulebook's word for no number at all."""

    def __init__(self, least: int, most: int | None = None, *, none: str = "") -> None:
        self.least, self.most, self.none = least, most, none
        span = f"≥ {least}" if most is None else f"{least}–{most}"
        self.allowed = f"{span} | {none} | null" if none else span

    def read(self, raw: object) -> Value:
        """The number; None for the word or null, where they are allowed."""
        if self.none and (raw is None or str(raw).strip().lower() == self.none):
            return None
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise NotAllowed
        if raw < self.least or (self.most is not None and raw > self.most):
            raise NotAllowed
        return raw


class WordOrWhole:
    """A period as the rulebook words it, or a whole number of days."""

    def __init__(self, words: Words, whole: Whole) -> None:
        self.words, self.whole = words, whole
        self.allowed = f"{words.allowed} | {whole.allowed}"

    def read(self, raw: object) -> Value:
        """The word, or the number."""
        return self.words.read(raw) if isinstance(raw, str) else self.whole.read(raw)


class Share:
    """A share of one, exact: 0.2, "1/3", 0 or 1; none: null is allowed too."""

    def __init__(self, *, none: bool = False) -> None:
        self.none = none
        self.allowed = "0–1 | null" if none else "0–1"

    def read(self, raw: object) -> Value:
        """The share; None for null, where it is allowed."""
        if raw is None and self.none:
            return None
        text = str(raw)
        if isinstance(raw, bool) or not _SHARE.fullmatch(text):
            raise NotAllowed
        try:
            share = Fraction(text)
        except ZeroDivisionError as error:
            raise NotAllowed from error
        if not 0 <= share <= 1:
            raise NotAllowed
        return share


class YesOrNo:
    """Yes or no."""

    allowed = "true | false"

    def read(self, raw: object) -> Value:
        """True or False."""
        if not isinstance(raw, bool):
            raise NotAllowed
        return raw
