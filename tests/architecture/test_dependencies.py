"""The list of packages: what is declared is imported and has its reason, and the files follow."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from election.settings import ROOT

REASONS = ROOT / "docs" / "decisions" / "0003-dependencies.md"
ORIGIN = packages_distributions()  # module -> the packages that bring it
# found by its file or by its name in a URL, never imported -> where that is said
LOADED_BY_NAME = {
    "zhplot": 'find_spec("zhplot")',
    "psycopg": "postgresql+psycopg://",
    "bootstrap-flask": 'files("flask_bootstrap")',
}


def _declared() -> dict[str, list[Requirement]]:
    """The packages of the program under "", of each group under its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {"": project["project"]["dependencies"], **project["dependency-groups"]}
    return {
        name: [Requirement(item) for item in items if isinstance(item, str)]
        for name, items in lists.items()
    }


def _names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def _imported(path: Path) -> set[str]:
    """The packages, by the names of the index, that a module imports or loads by name."""
    text = path.read_text(encoding="utf-8")
    modules = set(re.findall(r'import_module\("(\w+)', text))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module.partition(".")[0])
    packages = {canonicalize_name(name) for module in modules for name in ORIGIN.get(module, [])}
    return packages | {name for name, sign in LOADED_BY_NAME.items() if sign in text}


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """Module, as a path below election/ without its ending -> packages it imports."""
    house = ROOT / "election"
    return {
        path.relative_to(house).with_suffix("").as_posix(): _imported(path)
        for path in house.rglob("*.py")
    }


def test_the_program_declares_what_it_imports_and_nothing_else(
    imports: dict[str, set[str]],
) -> None:
    assert set(chain.from_iterable(imports.values())) == _names(_declared()[""])


def test_the_requirements_files_are_written_from_the_list() -> None:
    """`scripts/requirements` writes them."""
    check = [sys.executable, "scripts/requirements", "--check"]
    done = subprocess.run(check, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_package_is_pinned_inside_its_range() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    versions = {canonicalize_name(name): version for name, version in pins.items()}
    wrong = [
        str(wanted)
        for wanted in chain.from_iterable(_declared().values())
        if not wanted.specifier.contains(versions.get(canonicalize_name(wanted.name), "0"))
    ]
    assert wrong == []


def _reasons() -> dict[frozenset[str], str]:
    """The packages of each row of the decision -> the places its last column names, or ""."""
    rows = [line.strip("| ").split(" | ") for line in REASONS.read_text("utf-8").splitlines()]
    return {
        frozenset(canonicalize_name(name) for name in row[0].split(", ")): (row[2:] or [""])[0]
        for row in rows
        if len(row) > 1 and not row[0].startswith(("package", "---"))
    }


def test_every_package_has_its_reason_and_every_reason_its_package() -> None:
    assert set(chain.from_iterable(_reasons())) == set().union(
        *(_names(items) for items in _declared().values())
    )


def test_a_package_is_imported_where_its_reason_says(imports: dict[str, set[str]]) -> None:
    unused = [
        (sorted(packages), place)
        for packages, places in _reasons().items()
        for place in re.findall(r"`([^`]+)`", places)
        if not any(
            packages & names
            for module, names in imports.items()
            if module == place or module.startswith(f"{place}/")
        )
    ]
    assert unused == []
