"""Which tests hold a rule."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from election.cli.lawbook.rules import RULE, law_rules
from election.cli.lawbook.sources import python_files, top_level
from election.settings import ROOT

_CODE = re.compile(r"\b[AERW]\.\d{3}\b")


@cache
def holding_tests() -> Mapping[str, Sequence[str]]:
    """Rule id -> its tests: first those that name it, then those of its codes, then by use.

    A test uses a rule when it uses what carries it, imported by the test's file from there;
    helpers of the file count.
    """
    carriers: dict[str, set[str]] = defaultdict(set)  # place -> rules
    codes: dict[str, set[str]] = defaultdict(set)  # code -> rules
    for rule, law_rule in law_rules().items():
        for place in law_rule.carriers:
            carriers[place].add(rule)
        for code in law_rule.codes:
            codes[code].add(rule)
    held = [row for path in python_files("tests") for row in _held(path, carriers, codes)]
    tests: dict[str, dict[str, None]] = defaultdict(dict)
    for _how, rule, test in sorted(held, key=lambda row: row[0]):
        tests[rule].setdefault(test)
    return {rule: list(names) for rule, names in tests.items()}


def _held(
    path: Path, carriers: Mapping[str, set[str]], codes: Mapping[str, set[str]]
) -> Iterator[tuple[int, str, str]]:
    """(0 named, 1 by a code, 2 by use; rule; test) for the tests of one file."""
    rules_of_word = _imported(ast.parse(path.read_text(encoding="utf-8")), carriers)
    parts = {part.name: (_used(part.node), part.text) for part in top_level(path)}
    for name in parts:
        if not name.startswith("test_"):
            continue
        test = f"{path.relative_to(ROOT).as_posix()}::{name}"
        text = "\n".join(parts[part][1] for part in _with_helpers(name, parts)).replace("\\", "")
        yield from ((0, rule, test) for rule in sorted(set(RULE.findall(parts[name][1]))))
        for code in sorted(set(_CODE.findall(text)) & codes.keys()):
            yield from ((1, rule, test) for rule in codes[code])
        for word in sorted(set(re.findall(r"[\w.]+", text)) & rules_of_word.keys()):
            yield from ((2, rule, test) for rule in rules_of_word[word])


def _imported(tree: ast.Module, carriers: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Word of a test file -> the rules carried by what it is imported from (a package counts)."""
    rules_of_word: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("election"):
            continue
        for alias in node.names:
            word, source = alias.asname or alias.name, f"{node.module}."
            for place, rules in carriers.items():
                module, _dot, name = place.rpartition(".")
                if name == alias.name and f"{module}.".startswith(source):
                    rules_of_word.setdefault(word, set()).update(rules)
                elif f"{module}.".startswith(f"{source}{alias.name}."):
                    rules_of_word.setdefault(f"{word}.{name}", set()).update(rules)
    return rules_of_word


def _with_helpers(name: str, parts: Mapping[str, tuple[set[str], str]]) -> Sequence[str]:
    """A test and the helpers of its file that it uses."""
    names = [name]
    for part in names:
        names += sorted(parts[part][0] & parts.keys() - set(names))
    return names


def _used(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
