"""What the documents point at is there: files, pictures, commands."""

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
_COMMAND = re.compile(r"python -m election ((?:[a-z]+ ?)+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    inside = [one for one in targets if not one.startswith(("http:", "https:", "mailto:"))]
    assert [one for one in inside if not (page.parent / one).exists()] == []


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
