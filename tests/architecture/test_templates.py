"""Templates keep their order: narrow lines, nothing imported in vain, tables from the macro."""

from collections import Counter
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from election.rules.citations import cite
from election.settings import ROOT

FOLDER = ROOT / "templates"
PAGES = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.html"))}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in PAGES.items()}
TREES = {name: Environment(autoescape=True).parse(text) for name, text in TEXTS.items()}
VIEWS = sorted((ROOT / "election" / "web").rglob("*.py"))

# tables that `macros/tables.html` does not draw, and what it would have to know
BY_HAND = {
    "candidates/formal.html": "columns that appear with the way of the reduction",
    "counting/account.html": "a grid to type into, a column for each part of the account",
    "counting/compare.html": "a column for each entry, a choice in each cell",
    "counting/entry.html": "a grid to type into; a head only read out",
    "counting/parts.html": "lines for write-ins that grow while one types",
    "districts/compare.html": "two rows of heads that span columns",
    "districts/fairness.html": "two columns for each population figure",
    "districts/map.html": "a body that the map rewrites",
    "districts/seat_parts.html": "a column for each method, twice",
    "elections/calendar.html": "a column for each congress",
    "publication/district.html": "a column for each person",
    "publication/parts.html": "a table of the package: its columns are data; a region to scroll",
}


def _names_read(tree: nodes.Template) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def _imported(tree: nodes.Template) -> list[str]:
    """What the names a template imports are called in it."""
    listed = [name for found in tree.find_all(nodes.FromImport) for name in found.names]
    whole = [found.target for found in tree.find_all(nodes.Import)]
    return whole + [name if isinstance(name, str) else name[1] for name in listed]


def _borrowed(tree: nodes.Template) -> set[str]:
    """Macros of other templates that a template imports by name."""
    listed = [name for found in tree.find_all(nodes.FromImport) for name in found.names]
    return {name if isinstance(name, str) else name[0] for name in listed}


def test_no_line_of_a_template_has_more_than_120_columns() -> None:
    wide = [
        f"{name}:{number}"
        for name, text in TEXTS.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > 120
    ]
    assert wide == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_imports_only_what_it_uses(name: str) -> None:
    used = _names_read(TREES[name])
    assert [imported for imported in _imported(TREES[name]) if imported not in used] == []


def test_every_template_is_used() -> None:
    referenced = {name for tree in TREES.values() for name in meta.find_referenced_templates(tree)}
    views = "".join(path.read_text(encoding="utf-8") for path in VIEWS)
    idle = [
        name
        for name, path in PAGES.items()
        if name not in referenced and f'"{name}"' not in views and not _is_chosen(path, views)
    ]
    assert idle == []


def _is_chosen(path: Path, views: str) -> bool:
    """Whether a view puts the template's name together, as `f"publication/{name}.html"`."""
    return f'f"{path.parent.name}/{{' in views and f'"{path.stem}"' in views


def test_every_macro_is_used() -> None:
    borrowed = {macro for tree in TREES.values() for macro in _borrowed(tree)}
    reached = {get.attr for tree in TREES.values() for get in tree.find_all(nodes.Getattr)}
    idle = [
        f"{name}: {macro.name}"
        for name, tree in TREES.items()
        for macro in tree.find_all(nodes.Macro)
        if macro.name not in _names_read(tree) | borrowed | reached
    ]
    assert idle == []


def test_only_tables_that_need_it_are_written_by_hand() -> None:
    count = Counter({name: text.count("<table") for name, text in TEXTS.items()})
    drawn = {name for name in count if count[name] and name != "macros/tables.html"}
    assert drawn == set(BY_HAND)
    assert sum(count[name] for name in drawn) <= 15


def test_the_hidden_fields_of_a_form_come_from_one_macro() -> None:
    writing = [name for name, text in TEXTS.items() if 'name="op"' in text]
    assert writing == ["macros/forms.html"]


def test_every_article_written_in_a_template_can_be_spelled_out() -> None:
    """`cite` refuses what it does not know: a page would answer 500 instead of naming a law."""
    written = [
        cited.node.value
        for tree in TREES.values()
        for cited in tree.find_all(nodes.Filter)
        if cited.name == "cite" and isinstance(cited.node, nodes.Const)
    ]
    assert "EL 31; ZJ 36" in written
    assert all("《" in cite(article).zh for article in written)
