"""Stages are folders of the same name in every layer; what may lie beside them is listed here.

docs/ARCHITECTURE.md tells the same in its chapter "Stages".
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from election.settings import ROOT

HOUSE = ROOT / "election"
ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
LAYERS = ("rules", "models", "queries", "actions", "exchange", "web")
# stage -> the layers it needs; every stage has pages, and pages have templates
_ALWAYS = frozenset({"rules", "models", "queries", "actions", "web", "templates"})
STAGES = {
    "elections": _ALWAYS,
    "units": _ALWAYS | {"exchange"},
    "districts": _ALWAYS | {"exchange"},
    "candidates": _ALWAYS | {"exchange"},
    "polling": _ALWAYS,
    "counting": _ALWAYS | {"exchange"},
    "results": _ALWAYS,
    "publication": _ALWAYS | {"exchange"},
}
# layer -> what lies beside its stages: words and means that several of them use
FOUNDATIONS = {
    "rules": "access accounts acts backups canonical citations codes days figures files"
    " id_numbers jobs names profile rounding terms words",
    "models": "audit base job numbers official township types",
    "queries": "audit jobs",
    "actions": "accounts act audit backups counters errors jobs passwords sign_in trail",
    "exchange": "apart backups cells headers spreadsheets uploads workbook",
    "web": "access accounts addresses again assets audit backups blueprints conflicts desk errors"
    " files filters forms health hosts jobs locale operations shelf words",
    "templates": "accounts audit backups errors jobs layouts macros",
}
# layer -> what its tests have beside test_<foundation>: tests across stages, and their helpers
TESTS = {
    "rules": "drawings laws",
    "models": "conftest test_keys test_keys_migration test_later_columns test_migrations"
    " test_postgresql",
    "queries": "conftest",
    "actions": "districts_town small_town walking test_locks",
    "web": "desks test_at_once test_lookups test_security test_sign_in test_township",
    "exchange": "backups readers",
}
# gather all stages of their layer by trade; "" is the head of the package
GATHERING = {("rules", "codes"), ("rules", "words"), ("web", "blueprints"), ("models", "")}

# the two ends of a relationship name each other's class, for the type checker alone
TWO_ENDS = (("election.models.counting.round", "election.models.counting.sheet"),)


def _inhabitants(folder: Path) -> set[str]:
    """The modules and folders of a layer by name; a folder without a source is no folder."""
    sources = [path for kind in ("*.py", "*/*.py", "*/*.html") for path in folder.glob(kind)]
    names = {path.relative_to(folder).parts[0].removesuffix(".py") for path in sources}
    return names - {"__init__"}


def _folder(layer: str) -> Path:
    return ROOT / layer if layer == "templates" else HOUSE / layer


@pytest.mark.parametrize("layer", FOUNDATIONS)
def test_a_layer_holds_its_stages_and_its_foundations_and_nothing_else(layer: str) -> None:
    stages = {stage for stage, layers in STAGES.items() if layer in layers}
    assert _inhabitants(_folder(layer)) == stages | set(FOUNDATIONS[layer].split())
    assert [s for s in stages if not (_folder(layer) / s).is_dir()] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_the_tests_of_a_layer_lie_with_their_stage_or_foundation(layer: str) -> None:
    beside = {f"test_{name}" for name in FOUNDATIONS[layer].split()}
    allowed = STAGES.keys() | beside | set(TESTS.get(layer, "").split())
    assert _inhabitants(ROOT / "tests" / layer) - allowed == set()


def test_the_lists_of_tests_name_nothing_that_is_gone() -> None:
    listed = {(layer, name) for layer, names in TESTS.items() for name in names.split()}
    assert [
        (lay, name) for lay, name in listed if name not in _inhabitants(ROOT / "tests" / lay)
    ] == []


def _imported(path: Path) -> Iterator[str]:
    """Every name a module imports, dotted, under TYPE_CHECKING and inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _neighbours(layer: str) -> dict[str, set[str]]:
    """Stage or foundation of a layer -> those of the same layer it imports; "" is the head."""
    inhabitants = _inhabitants(HOUSE / layer)
    imports = defaultdict(set)
    for path in (HOUSE / layer).rglob("*.py"):
        importer = path.relative_to(HOUSE / layer).parts[0].removesuffix(".py")
        for name in _imported(path):
            if name.startswith(f"election.{layer}."):
                part = name.split(".")[2]
                imports[importer.replace("__init__", "")].add(part if part in inhabitants else "")
    return {importer: targets - {importer} for importer, targets in imports.items()}


@pytest.mark.parametrize("layer", LAYERS)
def test_stages_and_foundations_import_each_other_without_a_circle(layer: str) -> None:
    imports = _neighbours(layer)
    assert imports
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        pytest.fail(" > ".join(reversed(circle.args[1])))


def test_modules_import_each_other_without_a_circle() -> None:
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in HOUSE.rglob("*.py")
    }
    imports = {
        module: {_module_of(name, paths) for name in _imported(path)} - {module, None}
        for module, path in paths.items()
    }
    for one_end, other_end in TWO_ENDS:
        imports[one_end].remove(other_end)
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        pytest.fail(" > ".join(reversed(circle.args[1])))


def _module_of(name: str, paths: Mapping[str, Path]) -> str | None:
    """The module of the house that a dotted name means or is taken from."""
    return next((part for part in (name, name.rpartition(".")[0]) if part in paths), None)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_foundation_imports_no_stage(layer: str) -> None:
    gathering = {
        importer
        for importer, targets in _neighbours(layer).items()
        if importer not in STAGES and targets & STAGES.keys()
    }
    assert gathering == {name for where, name in GATHERING if where == layer}


def _rows(heading: str) -> dict[str, list[str]]:
    """The table of ARCHITECTURE.md with this first heading: first cell -> all others."""
    table = ARCHITECTURE.partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_the_architecture_names_every_stage_with_its_layers() -> None:
    described = {
        stage: {layer for layer, cell in zip(LAYERS, cells, strict=True) if cell != "—"}
        for stage, cells in _rows("stage").items()
    }
    assert described == {stage: layers - {"templates"} for stage, layers in STAGES.items()}


def test_the_architecture_names_every_foundation() -> None:
    described = {layer: re.findall(r"`(\w+)`", cell) for layer, (cell,) in _rows("layer").items()}
    assert described == {layer: names.split() for layer, names in FOUNDATIONS.items()}
