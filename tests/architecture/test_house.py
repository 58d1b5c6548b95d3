"""The plan of the house, held by tests: borders, sizes, access rules, invariants of the records."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask

from election.cli.routes import routes
from election.database import db
from election.models.base import Unaudited, Versioned
from election.queries.audit import audited_models
from election.rules.words import WORDS
from election.settings import ROOT
from election.web.access import Unguarded, require_rules

MODULES = sorted((ROOT / "election").rglob("*.py"))
SOURCES = [path for path in MODULES if "migrations/versions" not in path.as_posix()]
# the tenant itself; failures before anybody is known; the numbers, which all towns share
_FREE = {"township", "login_failure", "counter"}


@pytest.mark.slow
def test_imports_point_downwards_only() -> None:
    program = "from importlinter.cli import lint_imports_command as c; c()"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_no_file_has_more_than_400_lines() -> None:
    """But the verifier, which strangers read from top to bottom: it is published as one file."""
    sizes = {p.relative_to(ROOT).as_posix(): len(p.read_text().splitlines()) for p in SOURCES}
    assert sizes.pop("election/exchange/publication/verifier/verify.py") < 900
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_a_public_class_name_means_one_thing() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # WTForms asks for a Meta inside a form
            if isinstance(node, ast.ClassDef) and not node.name.startswith(("_", "Meta")):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_only_the_transaction_commits() -> None:
    found = [p.name for p in SOURCES if re.search(r"\.commit\(", p.read_text())]
    assert sorted(found) == ["database.py", "env.py"]


def test_a_route_without_a_rule_stops_the_start(app: Flask) -> None:
    app._got_first_request = False  # the planted route comes before any request
    app.add_url_rule("/planted", "planted", lambda: "")
    with pytest.raises(Unguarded, match="planted"):
        require_rules(app)


def test_every_route_names_its_access_rule(app: Flask) -> None:
    assert [row for row in routes(app) if row["access"] in ("", "None")] == []


def test_the_public_routes_are_these(app: Flask) -> None:
    public = {str(row["endpoint"]) for row in routes(app) if row["access"] == "public"}
    assert {e for e in public if not e.startswith("publication.")} == {
        "static",
        "static_by_name",
        "health.healthz",
        "accounts.login",
        "elections.home",
    }


@pytest.mark.parametrize("table", sorted(db.metadata.tables))
def test_every_row_belongs_to_a_township(table: str) -> None:
    """Its keys: tests/models/test_keys.py."""
    assert ("township_id" in db.metadata.tables[table].columns) is (table not in _FREE)


def test_who_and_when_are_set_together() -> None:
    pairs = [
        (model.__tablename__, name)
        for model in audited_models()
        for name in (column.name for column in model.__table__.columns)
        if name.endswith("_by")
        and f"{name[:-3]}_at" in model.__table__.columns
        and model.__table__.columns[name].nullable
    ]
    missing = [
        (table, name)
        for table, name in pairs
        if not any(
            name in str(getattr(c, "sqltext", "")) for c in db.metadata.tables[table].constraints
        )
    ]
    assert missing == []


# decided for each record: may two people edit it (then it is versioned), or is it only added?
ADDED_ONLY = {
    "assignment",
    "cosigner",
    "entry",
    "milestone",
    "neighbour",
    "place_district",
    "publication",
    "round_candidate",
    "sheet_note",
    "township",
}


def test_every_record_is_versioned_or_listed_as_added_only() -> None:
    bare = {m.__tablename__ for m in audited_models() if not issubclass(m, Versioned)}
    assert bare == ADDED_ONLY


def test_house_keeping_tables_are_the_only_ones_outside_the_chain() -> None:
    outside = {
        mapper.class_.__tablename__
        for mapper in db.Model.registry.mappers
        if issubclass(mapper.class_, Unaudited)
    }
    assert outside == {"audit_entry", "counter", "job", "login_failure", "operation", "ticket"}


def test_every_enum_word_of_the_records_has_a_name_on_the_page() -> None:
    kinds = set(WORDS)
    used: set[type[StrEnum]] = set()
    for model in audited_models():
        for column in model.__table__.columns:
            kind = getattr(column.type, "enum_class", None)
            if kind is not None:
                used.add(kind)
    later = {"NoteKind"}
    assert {k.__name__ for k in used - kinds} <= later
    unnamed = [member for kind, words in WORDS.items() for member in kind if member not in words]
    assert unnamed == []


def _html(path: Path) -> str:
    """A template without its Jinja tags."""
    return re.sub(r"{[%{#].*?[%}#]}", "", path.read_text(), flags=re.DOTALL)


def test_templates_have_no_inline_script_or_style() -> None:
    pages = sorted((ROOT / "templates").rglob("*.html"))
    bad = [
        p.relative_to(ROOT).as_posix()
        for p in pages
        if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", _html(p))
    ]
    assert bad == []


def test_start_up_does_not_import_the_heavy_libraries() -> None:
    program = (
        "import sys; import election.web; "
        "print([m for m in ('pandas','numpy','matplotlib','typst','pyarrow','xlsxwriter') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(ROOT), check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
