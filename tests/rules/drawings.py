"""The pages of docs/states, as the tests of the machines read them."""

import re
from collections.abc import Iterable, Mapping

from election.rules.terms import Code
from election.settings import ROOT


def page(name: str) -> str:
    """The text of a page of docs/states."""
    return (ROOT / "docs" / "states" / f"{name}.md").read_text(encoding="utf-8")


def arrows(text: str) -> list[tuple[str, str, str]]:
    """The arrows drawn in a text: from, to, move."""
    return re.findall(r"^ *(\w+) --> (\w+) : (\w+)$", text, re.MULTILINE)


def refusals(text: str) -> list[str]:
    """The lines of its table of refusals."""
    return [line for line in text.splitlines() if line.startswith("| R.")]


def table(
    refused: Mapping[str, Iterable[Code]], order: Iterable[Code], extra: Mapping[str, str] = {}
) -> list[str]:
    """Those lines as they must be. refused: move -> its refusals; extra: code -> another move."""
    moves = {code.id: [extra[code.id]] if code.id in extra else [] for code in order}
    for move, codes in refused.items():
        for code in dict.fromkeys(codes):
            moves[code.id].append(move)
    assert all(moves.values())
    return [
        f"| {code.id} | {', '.join(moves[code.id])} | {code.cause.zh} | {code.cause.en} |"
        for code in order
    ]
