"""What one definition uses, read from its text: names, attributes, texts, members of kinds."""

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

Chain = tuple[str, ...]  # a written name and the attributes behind it
_MEMBER = re.compile(r"[A-Z][A-Z0-9_]*")
_LEAVING = ast.Return | ast.Raise | ast.Continue


class Only(NamedTuple):
    """A condition: a value is this member of a kind, or (`holds` False) any other one of it."""

    kind: str
    member: str
    holds: bool = True

    def otherwise(self) -> "Only":
        """The opposite condition."""
        return self._replace(holds=not self.holds)

    def may_hold(self, members: Collection[str]) -> bool:
        """Whether it can be true where only these members of the kind are ever made."""
        return self.member in members if self.holds else bool({*members} - {self.member})


Conditions = tuple[Only, ...]  # all hold where a piece of code is come to


class Use(NamedTuple):
    """A name that is written, and the conditions under which it is come to."""

    chain: Chain
    conditions: Conditions = ()
    compared: bool = False  # stands beside `is` or `==`, or is the key of a table: makes nothing


@dataclass(slots=True)
class CodeReading:
    """What a piece of code writes: names, what it reads with a dot, texts with their conditions."""

    uses: dict[Use, None] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    texts: set[tuple[str, Conditions]] = field(default_factory=set)


def read(node: ast.stmt, parts: Sequence[ast.AST]) -> CodeReading:
    """What parts of a definition use; names that a function binds itself hide others."""
    reader = _Reader(_bound(node) if isinstance(node, ast.FunctionDef) else set())
    for part in parts:
        reader.visit(part)
    return reader.reading


class _Reader(ast.NodeVisitor):
    def __init__(self, local: set[str]) -> None:
        self.reading, self.local = CodeReading(), local
        self.conditions: Conditions = ()
        self.compared = False

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._note((node.id,))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        chain = _chain(node)
        if chain:
            self.reading.attributes.update(chain[1:])
            self._note(chain)
        else:
            self.reading.attributes.add(node.attr)
            self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.reading.texts.add((node.value, self.conditions))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """A text with values in it is noted with a star for each."""
        parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
        self.reading.texts.add(("".join(str(part) for part in parts), self.conditions))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation is no use."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, node.args):
            self.visit(part)
        self._block(node.body)

    def visit_If(self, node: ast.If) -> None:
        self._branches(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        condition = _condition(node.test)
        self.visit(node.test)
        with self._under(condition):
            self.visit(node.body)
        with self._under(condition.otherwise() if condition else None):
            self.visit(node.orelse)

    def visit_Compare(self, node: ast.Compare) -> None:
        before, self.compared = self.compared, True
        self.generic_visit(node)
        self.compared = before

    def visit_Dict(self, node: ast.Dict) -> None:
        """A line of a table by kinds counts where its key is made."""
        for key, value in zip(node.keys, node.values, strict=True):
            before, self.compared = self.compared, True
            if key is not None:
                self.visit(key)
            self.compared = before
            with self._under(_member(key)):
                self.visit(value)

    def _block(self, statements: Sequence[ast.stmt]) -> None:
        """Statements in a row; what follows `if ...: return` is come to only otherwise."""
        before = self.conditions
        for statement in statements:
            self.visit(statement)
            if isinstance(statement, ast.If) and isinstance(statement.body[-1], _LEAVING):
                condition = _condition(statement.test)
                self.conditions += (condition.otherwise(),) if condition else ()
        self.conditions = before

    def _branches(self, node: ast.If) -> None:
        condition = _condition(node.test)
        self.visit(node.test)
        with self._under(condition):
            self._block(node.body)
        with self._under(condition.otherwise() if condition else None):
            self._block(node.orelse)

    @contextmanager
    def _under(self, condition: Only | None) -> Iterator[None]:
        before = self.conditions
        self.conditions += (condition,) if condition else ()
        yield
        self.conditions = before

    def _note(self, chain: Chain) -> None:
        if chain[0] not in self.local:
            self.reading.uses[Use(chain, self.conditions, self.compared)] = None


def _condition(test: ast.expr) -> Only | None:
    """The condition of `value is Kind.MEMBER` (or `is not`, `==`, `!=`), None for other tests."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    condition = _member(test.comparators[0])
    if condition and isinstance(test.ops[0], ast.IsNot | ast.NotEq):
        return condition.otherwise()
    return condition if isinstance(test.ops[0], ast.Is | ast.Eq) else None


def _member(value: ast.expr | None) -> Only | None:
    chain = _chain(value) if isinstance(value, ast.Attribute) else None
    if chain and len(chain) == 2 and _MEMBER.fullmatch(chain[1]):
        return Only(*chain)
    return None


def _chain(node: ast.Attribute) -> Chain | None:
    """("checks", "check_units") of checks.check_units; None where it begins with no name."""
    attributes, base = [node.attr], node.value
    while isinstance(base, ast.Attribute):
        attributes.append(base.attr)
        base = base.value
    return (base.id, *reversed(attributes)) if isinstance(base, ast.Name) else None


def _bound(node: ast.AST) -> set[str]:
    """The names a function binds itself: parameters, variables, functions inside."""
    names = set()
    for part in ast.walk(node):
        if isinstance(part, ast.arg):
            names.add(part.arg)
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        elif isinstance(part, ast.FunctionDef) and part is not node:
            names.add(part.name)
    return names
