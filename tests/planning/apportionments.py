"""Outcomes of sharing seats in the words of the tests."""

from collections.abc import Sequence

from election.planning.apportionment import Apportionment

DIVISOR_METHODS = ("sainte-lague", "huntington-hill", "dhondt", "adams", "dean")
FIRST_SEAT_METHODS = ("huntington-hill", "adams", "dean")


def seats_of(outcome: Apportionment) -> dict[str, int]:
    return {unit.code: unit.seats for unit in outcome.units}


def tied(outcome: Apportionment) -> list[str]:
    return [unit.code for unit in outcome.units if unit.tied]


def named(populations: Sequence[int]) -> dict[str, int]:
    return {f"u{i}": p for i, p in enumerate(populations)}
