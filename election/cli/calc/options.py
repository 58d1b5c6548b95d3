"""Option values of the `calc` commands, read strictly: one clear line on stderr, exit 2.

click's own types accept more than they should (１２, 1_000, three ways to write a date) and answer
in English over three lines.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO, Any, NoReturn

import click

from election.cli.common import UNUSABLE, Fault
from election.rules import figures

_MOST_DIGITS = 10
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class UnusableOption(click.ClickException):
    """An option that cannot be used; printed as one line, without the usage of the command."""

    exit_code = UNUSABLE

    def show(self, file: IO[str] | None = None) -> None:
        """One line on stderr."""
        click.echo(" ".join(self.message.splitlines()), file=file, err=True)


def refuse_option(option: str, zh: str, en: str) -> NoReturn:
    """Say what is wrong with the value of an option, and end with exit 2."""
    raise UnusableOption(str(Fault(option, zh, en)))


def whole_number(option: str) -> Callable[[str], int]:
    """Read a whole number: no sign, comma, underscore or fraction."""

    def read(text: str) -> int:
        number = figures.whole_number(text, _MOST_DIGITS)
        if number is None:
            refuse_option(
                option,
                f"“{text}”不是整数，只填数字（最多{_MOST_DIGITS}位），不用逗号和小数点",
                f'"{text}" is not a whole number; write only digits '
                f"(at most {_MOST_DIGITS}), no comma or point",
            )
        return number

    return read


def day(option: str) -> Callable[[str], date]:
    """Read a day written YYYY-MM-DD."""

    def read(text: str) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            refuse_option(
                option,
                f"“{text}”不是日期，应写作“2021-12-16”的样子",
                f'"{text}" is not a date; write it like 2021-12-16',
            )
        try:
            return date.fromisoformat(text)
        except ValueError:
            refuse_option(option, f"没有“{text}”这一天", f'there is no day "{text}"')

    return read


def word(option: str, words: Iterable[str]) -> Callable[[str], str]:
    """Read one of several words."""
    allowed = tuple(str(value) for value in words)

    def read(text: str) -> str:
        if text not in allowed:
            listed = " | ".join(allowed)
            refuse_option(
                option,
                f"“{text}”不可用；可用的值：{listed}",
                f'"{text}" cannot be used; allowed: {listed}',
            )
        return text

    return read


def number_option(
    flag: str, text: str, *, default: int | None = None, required: bool = False
) -> Decorator:
    """An option that takes a whole number; text: what --help says of it."""
    # click takes a default of None for a value: an option that must be given has none at all
    shown: dict[str, Any] = (
        {} if default is None else {"default": str(default), "show_default": True}
    )
    return click.option(
        flag,
        type=whole_number(flag),
        metavar="NUMBER",
        required=required,
        help=text,
        **shown,
    )


def word_option(flag: str, words: Iterable[str], text: str, *, default: str) -> Decorator:
    """An option that takes one of several words; text: what --help says of it."""
    allowed = tuple(str(value) for value in words)
    return click.option(
        flag,
        type=word(flag, allowed),
        metavar="|".join(allowed),
        default=default,
        show_default=True,
        help=text,
    )
