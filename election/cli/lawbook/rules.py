"""Rule by rule: the articles, the code that carries it, what that code says, the tests."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from election.cli.lawbook.sources import TopLevel, module_name, python_files, top_level
from election.rules.codes import CODES
from election.rules.profile.parameters import PARAMETERS
from election.rules.results import articles

RULE = re.compile(r"\bR\d+\.\d+\b")
_RULES_ONLY = re.compile(r"R\d+\.\d+(, R\d+\.\d+)*")
ARTICLE = re.compile(
    r"(EL|ZJ|DR|OL|OL2015|DL25|ZTC|ZPV|CPL|CC|PIPL|SH|SD|BJ) \d[^;]*|law silent|house rule.*"
)
_LAW_FOLDERS = ("election/rules", "election/planning")
_TABLE_OF_PARAMETERS = "election.rules.profile.parameters.PARAMETERS"
_Documented = ast.FunctionDef | ast.ClassDef


@dataclass(slots=True)
class LawRule:
    """What the code and the tests say of one rule id.

    carriers: what names it at the top of a module; members: the same, of a class only the methods
    that name it; parameters: by which it is set; says: a line for reading, at worst what stands
    beside it: of the function that carries it.
    """

    articles: set[str] = field(default_factory=set)
    carriers: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    parameters: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    docstrings: list[str] = field(default_factory=list)
    says: str = ""
    beside: str = ""


@cache
def law_rules() -> Mapping[str, LawRule]:
    """Every rule id that the code of the law names, in the order of the rulebook; without tests."""
    rules: dict[str, LawRule] = defaultdict(LawRule)
    for path in python_files(*_LAW_FOLDERS):
        for part in top_level(path):
            _note(rules, f"{module_name(path)}.{part.name}", part)
    for parameter in PARAMETERS:
        if RULE.fullmatch(parameter.rule):
            rules[parameter.rule].parameters.add(parameter.name)
    for code in CODES:
        for rule in RULE.findall(code.rule):
            rules[rule].codes.add(code.id)
            rules[rule].articles |= _articles(code.article)
    for law_rule in rules.values():
        law_rule.articles = law_rule.articles or _sources("".join(law_rule.docstrings))
        law_rule.says = law_rule.says or _cause(law_rule) or law_rule.beside
    return {rule: rules[rule] for rule in sorted(rules, key=_order)}


def names(text: str, rule: str) -> bool:
    """Whether a text names a rule: R1.10 does not name R1.1."""
    return rule in RULE.findall(text)


def _order(rule: str) -> tuple[int, ...]:
    return tuple(int(number) for number in rule[1:].split("."))


def _note(rules: Mapping[str, LawRule], place: str, part: TopLevel) -> None:
    """Add what one function, class or constant says to the rules that it names."""
    for rule in sorted(set(RULE.findall(part.text))):
        law_rule = rules[rule]
        law_rule.carriers.append(place)
        if place != _TABLE_OF_PARAMETERS:  # read by name: see `parameters`
            law_rule.members += _members(rule, place, part.node)
        law_rule.docstrings += [text for text in _texts(part.node) if names(text, rule)]
        law_rule.says = law_rule.says or _summary(part.node, rule)
        law_rule.beside = law_rule.beside or _summary(part.node)
    for rule, cited in _cited(part.node):
        rules[rule].articles |= cited


def _members(rule: str, place: str, node: ast.stmt) -> list[str]:
    """The definition, or the methods of the class that name the rule where some do."""
    body = node.body if isinstance(node, ast.ClassDef) else []
    methods = [part for part in body if isinstance(part, ast.FunctionDef)]
    naming = [part.name for part in methods if names(" ".join(_texts(part)), rule)]
    return [f"{place}.{name}" for name in naming] or [place]


def _summary(node: ast.stmt, rule: str = "") -> str:
    """The first sentence of a docstring that names the rule; of any docstring without a rule."""
    for part in ast.walk(node):
        text = ast.get_docstring(part) if isinstance(part, _Documented) else None
        if text and (not rule or names(text, rule)):
            return " ".join(text.split("\n\n")[0].split())
    return ""


def _cause(law_rule: LawRule) -> str:
    """What the first code of the rule says, where no docstring tells more."""
    causes = {code.id: code.cause.en for code in CODES if code.id in law_rule.codes}
    first = min(causes, default="", key=lambda code: code[2:])
    return f"{first}: {causes[first]}" if first else ""


def _cited(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """A rule with its articles: the values after a rule, or the keyword `article` beside it."""
    for part in ast.walk(node):
        row = part.args if isinstance(part, ast.Call) else getattr(part, "elts", ())
        for place, value in enumerate(row):
            text = value.value if isinstance(value, ast.Constant) else None
            if not isinstance(text, str) or not _RULES_ONLY.fullmatch(text):
                continue
            beside = [k.value for k in getattr(part, "keywords", ()) if k.arg == "article"]
            sources = [t for v in [*row[place + 1 : place + 2], *beside] for t in _texts(v)]
            yield from ((rule, _articles(";".join(sources))) for rule in RULE.findall(text))


def _texts(node: ast.AST) -> list[str]:
    """Every text in a piece of code; a name stands for the text it has in results/articles.py."""
    texts = []
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            texts.append(part.value)
        elif isinstance(part, ast.Name) and part.id in _named_articles():
            texts.append(_named_articles()[part.id])
    return texts


@cache
def _named_articles() -> Mapping[str, str]:
    return {name: text for name, text in vars(articles).items() if isinstance(text, str)}


def _articles(text: str) -> set[str]:
    parts = (part.strip() for part in text.split(";"))
    return {part for part in parts if ARTICLE.fullmatch(part)}


def _sources(text: str) -> set[str]:
    """What the docstrings of the functions that carry a rule give as their source."""
    sources = re.findall(r"(?:Source: |\()([^()]*(?:\([^()]*\)[^()]*)*?)[.):]", text)
    return {article for source in sources for article in _articles(source.replace("\n", " "))}
