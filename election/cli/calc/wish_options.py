"""The office's fixed choices as options of `calc districts`."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import click

from election.cli.calc.options import Decorator, number_option, refuse_option
from election.cli.common import Fault, stop
from election.planning.districting import Locked, Wishes
from election.rules.figures import whole_number
from election.rules.terms import InputFaults

_PLACES = {
    "seats": "--seats",
    "max_seats": "--max-seats",
    "min_districts": "--min-districts",
    "max_districts": "--max-districts",
    "wishes.together": "--together",
    "wishes.apart": "--apart",
    "wishes.alone": "--alone",
    "wishes.locked": "--locked",
    "wishes.split": "--split",
    "wishes.within": "--region",
}


def _codes(option: str, least: int, most: int | None = None) -> Callable[[str], tuple[str, ...]]:
    """Read unit codes between commas."""

    def read(text: str) -> tuple[str, ...]:
        codes = tuple(code.strip() for code in text.split(","))
        if not all(codes) or not least <= len(codes) <= (most or len(codes)):
            pattern = "A,B" if least > 1 else "A"
            refuse_option(
                option,
                f"“{text}”不可用，写作“{pattern}”的样子，用半角逗号分隔单元编码",
                f'"{text}" cannot be used; write unit codes between commas, like {pattern}',
            )
        return codes

    return read


def _locked(text: str) -> Locked:
    """Read a district that stays: A,B:2."""
    codes, _, seats = text.rpartition(":")
    units = tuple(code.strip() for code in codes.split(","))
    places = whole_number(seats, 3)
    if not all(units) or places is None:
        refuse_option(
            "--locked",
            f"“{text}”不可用，写作“A,B:2”的样子：单元编码、冒号、名额",
            f'"{text}" cannot be used; write unit codes, a colon and the seats, like A,B:2',
        )
    return Locked(units=units, seats=places)


def _units(
    flag: str, metavar: str, text: str, least: int = 1, most: int | None = None
) -> Decorator:
    """An option that may come again and takes unit codes; text: what --help says of it."""
    read = _codes(flag, least, most)
    return click.option(flag, multiple=True, type=read, metavar=metavar, help=text)


_OPTIONS = (
    _units("--together", "A,B", "Units that stay in one district.", 2),
    _units("--apart", "A,B", "Two units that never share a district.", 2, 2),
    _units("--alone", "A", "A unit that is a district by itself, undivided however big."),
    click.option(
        "--locked",
        multiple=True,
        type=_locked,
        metavar="A,B:SEATS",
        help="A district that stays as it is.",
    ),
    _units("--split", "A", "A unit to be divided though it need not be."),
    _units("--region", "A,B,C", "Units whose outer border no district crosses."),
    number_option("--min-districts", "Fewest districts of the plan."),
    number_option("--max-districts", "Most districts of the plan."),
)


def wish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the fixed choices to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wishes_of(options: Mapping[str, Any]) -> Wishes:
    """The choices from the values of these options."""
    return Wishes(
        together=options["together"],
        apart=tuple((a, b) for a, b in options["apart"]),
        alone=tuple(code for codes in options["alone"] for code in codes),
        locked=options["locked"],
        split=tuple(code for codes in options["split"] for code in codes),
        within=options["region"],
        least=options["min_districts"],
        most=options["max_districts"],
    )


def stop_at_wish(refused: InputFaults, file: str) -> NoReturn:
    """Say the faults of a computation under the option that caused them, or the file; exit 2."""
    stop([Fault(_PLACES.get(f.field, file), f.text.zh, f.text.en) for f in refused.faults])
