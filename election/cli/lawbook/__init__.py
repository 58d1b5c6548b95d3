"""`docs`: generate the pages that lead from the law to the code, and the table of codes."""

from functools import cache
from pathlib import Path

import click

from election.cli.lawbook.chapters import law_pages
from election.cli.lawbook.codes_page import codes_page
from election.settings import ROOT


@click.command("docs")
@click.option("--check", is_flag=True, help="only say whether the files are up to date (exit 1)")
def command(*, check: bool) -> None:
    """Write the generated pages of docs/."""
    stale = [name for name, text in pages().items() if _differs(ROOT / "docs" / name, text)]
    for name in stale:
        click.echo(f"docs/{name}")
        if not check:
            path = ROOT / "docs" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(pages()[name], encoding="utf-8")
    raise SystemExit(bool(check and stale))


@cache
def pages() -> dict[str, str]:
    """File name below docs/ -> text of every generated page."""
    return {**law_pages(), "CODES.md": codes_page()}


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text
