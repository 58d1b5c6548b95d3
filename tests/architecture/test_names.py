"""Names say what they hold, and the formatter lays out every line."""

import ast
from collections.abc import Iterator
from pathlib import Path

from election.settings import ROOT

# words that hold anything; a loop of one line may need one, a house full of them is none
VAGUE = frozenset(
    [
        "one",
        "found",
        "told",
        "said",
        "kept",
        "given",
        "seen",
        "shown",
        "asked",
        "left",
        "known",
        "made",
        "gone",
        "others",
        "rest",
        "taken",
        "wanted",
        "there",
        "here",
        "mine",
        "bad",
        "thing",
        "things",
        "stuff",
    ]
)
MOST_VAGUE = 0.01  # of all names bound; the models of this trade stay under it


def _bound(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def test_names_say_what_they_hold() -> None:
    names = [name for path in sorted((ROOT / "election").rglob("*.py")) for name in _bound(path)]
    vague = [name for name in names if name.strip("_") in VAGUE]
    assert len(vague) < MOST_VAGUE * len(names), vague


def test_the_formatter_is_silenced_nowhere() -> None:
    marks = ("# fmt: " + word for word in ("skip", "off"))
    sources = [
        path
        for folder in ("election", "tests", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in ("", ".py")
    ]
    silenced = {
        path.relative_to(ROOT).as_posix()
        for mark in marks
        for path in sources
        if mark in path.read_text(encoding="utf-8")
    }
    assert silenced == set()
