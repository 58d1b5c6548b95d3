"""What the documents point at is there: files, pictures, places in the code, commands."""

import re
from pathlib import Path

import click
import pytest

from election.cli.main import main
from election.settings import ROOT

PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md")
    for page in ROOT.glob(pattern)
    if ".venv" not in page.parts
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PLACE = re.compile(r"`([a-z_]+/[\w/<>*-]+(?:\.\w+)?)`")
_COMMAND = re.compile(r"python -m election ((?:[a-z]+ ?)+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    inside = [link for link in targets if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_place_named_exists(page: Path) -> None:
    """A path in the project, in election/ or in docs/; `<stage>` stands for any name."""
    named = _PLACE.findall(page.read_text(encoding="utf-8"))
    assert [place for place in named if not _exists(re.sub("<[^>]+>", "*", place))] == []


def _exists(place: str) -> bool:
    bases = (ROOT, ROOT / "election", ROOT / "docs")
    return any(any(base.glob(form)) for base in bases for form in (place, f"{place}.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_named_exists(page: Path) -> None:
    named = _COMMAND.findall(page.read_text(encoding="utf-8"))
    assert [words for words in named if not _known(words.split())] == []


def _known(words: list[str]) -> bool:
    """Whether the words lead to a command; what follows a command are its arguments."""
    command: click.Command | None = main
    with click.Context(main) as context:
        for word in words:
            if not isinstance(command, click.Group):
                return True
            command = command.get_command(context, word)
            if command is None:
                return False
    return True
