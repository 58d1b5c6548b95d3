"""Who uses what in election/, read from the source by the names it writes; nothing is run.

A name counts where it is a value: called, handed on or looked up. An annotation does not count.
A template counts as used by the function that names it, and reads the attributes it writes.
Not seen: names made up while the program runs, and what a library calls by itself.

What stands behind `if kind is Kind.RECALL` counts only where somebody makes that member of a kind:
else a page that counts a district would lead to every other vote of the law.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from election.cli.lawbook.sources import module_name, name_of, python_files
from election.cli.lawbook.uses import CodeReading, Conditions, read
from election.settings import ROOT

LAW = ("election.rules.", "election.planning.")
ANY = "*"  # every member of a kind
_RECORDS = "election.models."
_LEFT_OUT = "election.migrations"
_TEMPLATES = ROOT / "templates"
_SUFFIXES = (".html", ".txt", ".svg")
_READ = re.compile(r"\.([a-z_][a-z0-9_]*)")
_NAMED_TEMPLATE = re.compile(r"""["']([a-z0-9_/]+\.(?:html|txt|svg))["']""")


@dataclass(slots=True)
class Definition:
    """A function, method, class, constant or template of the program.

    methods: of a class, by name; uses: (definition, conditions) of what its text means; texts: what
    it writes, with conditions; makes: (kind, member) of the members of kinds written as values.
    """

    name: str
    node: ast.stmt | None
    reading: CodeReading
    methods: dict[str, str] = field(default_factory=dict)
    uses: list[tuple[str, Conditions]] = field(default_factory=list)
    texts: list[tuple[str, Conditions]] = field(default_factory=list)
    makes: set[tuple[str, str]] = field(default_factory=set)


class CallGraph:
    """All definitions of the program by their dotted names; `uses` leads from one to others."""

    def __init__(self) -> None:
        self.imports: dict[str, dict[str, str]] = {}  # module -> name there -> its source
        self.definitions: dict[str, Definition] = {}
        for path in python_files("election"):
            if not module_name(path).startswith(_LEFT_OUT):
                self._read(module_name(path), ast.parse(path.read_text(encoding="utf-8")))
        self.templates = [path.relative_to(_TEMPLATES).as_posix() for path in _template_files()]
        for name in self.templates:
            text = (_TEMPLATES / name).read_text(encoding="utf-8")
            reading = CodeReading(attributes=set(_READ.findall(text)))
            reading.texts.update((template, ()) for template in _NAMED_TEMPLATE.findall(text))
            self.definitions[name] = Definition(name, None, reading)
        self.kinds = set(self._kinds())
        for definition in self.definitions.values():
            self._resolve(definition)

    def find(self, dotted: str) -> str | None:
        """The definition or module behind a dotted name, through the heads of packages."""
        module, _dot, name = dotted.rpartition(".")
        source = self.imports.get(module, {}).get(name)
        if source and source != dotted:
            return self.find(source)
        return dotted if dotted in self.definitions or dotted in self.imports else None

    def follow(self, module: str, chain: Sequence[str]) -> str | None:
        """The definition that a name with attributes means in a module, as far as can be read."""
        place = self.find(f"{module}.{chain[0]}")
        for attribute in chain[1:]:
            if place is None or place not in self.imports:
                break
            place = self.find(f"{place}.{attribute}")
        return place if place in self.definitions else None

    def module_of(self, name: str) -> str:
        """The module a definition stands in; "" for a template."""
        while name and name not in self.imports:
            name = name.rpartition(".")[0]
        return name

    def _read(self, module: str, tree: ast.Module) -> None:
        self.imports[module] = dict(_imports(tree))
        for node in tree.body:
            name = name_of(node)
            if name is None:
                continue
            methods = _methods(node)
            whole = self._add(
                f"{module}.{name}", node, [p for p in _parts(node) if p not in methods]
            )
            for method in methods:
                member = self._add(f"{whole.name}.{method.name}", method, [method])
                whole.methods[method.name] = member.name

    def _add(self, name: str, node: ast.stmt, parts: Sequence[ast.AST]) -> Definition:
        self.definitions[name] = Definition(name, node, read(node, parts))
        return self.definitions[name]

    def _kinds(self) -> Iterator[str]:
        """Kinds of the law whose members come from the code alone: no record holds one."""
        stored = {
            self.find(source)
            for module, imports in self.imports.items()
            if module.startswith(_RECORDS)
            for source in imports.values()
        }
        for name, definition in self.definitions.items():
            bases = definition.node.bases if isinstance(definition.node, ast.ClassDef) else []
            is_enum = any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in bases)
            if is_enum and name.startswith(LAW) and name not in stored:
                yield name

    def _resolve(self, definition: Definition) -> None:
        module = self.module_of(definition.name)
        for use in definition.reading.uses:
            name = self.follow(module, use.chain)
            if name:
                definition.uses.append((name, self._meant(module, use.conditions)))
            if name in self.kinds and not use.compared:
                member = use.chain[-1] if use.chain[-1].isupper() else ANY
                definition.makes.add((str(name), member))
        for text, conditions in sorted(definition.reading.texts):
            definition.texts.append((text, self._meant(module, conditions)))
            if text.endswith(_SUFFIXES):
                definition.uses += [(name, ()) for name in self.templates if fnmatch(name, text)]

    def _meant(self, module: str, conditions: Conditions) -> Conditions:
        """The conditions on kinds that records do not hold, with the full names of the kinds."""
        kinds = [(condition, self.follow(module, [condition.kind])) for condition in conditions]
        return tuple(c._replace(kind=str(kind)) for c, kind in kinds if kind in self.kinds)


@cache
def call_graph() -> CallGraph:
    """The graph of the program as it lies in this checkout."""
    return CallGraph()


def _template_files() -> list[Path]:
    return sorted(path for path in _TEMPLATES.rglob("*") if path.suffix in _SUFFIXES)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("election"):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _methods(node: ast.stmt) -> list[ast.FunctionDef]:
    if not isinstance(node, ast.ClassDef):
        return []
    return [part for part in node.body if isinstance(part, ast.FunctionDef)]


def _parts(node: ast.stmt) -> list[ast.AST]:
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords, *node.body]
    return [node]
