"""The generated pages of docs/ are up to date, and every code is one thing."""

import ast
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from election.cli.lawbook import pages
from election.cli.lawbook.callgraph import call_graph
from election.cli.lawbook.chapters import codes_not_used, not_yet_called, ways_to
from election.cli.lawbook.held import holding_tests
from election.cli.lawbook.rules import ARTICLE, law_rules
from election.rules import codes
from election.settings import ROOT

GENERATED = ["LAW.md", "CODES.md", *(f"law/{path.name}" for path in (ROOT / "docs/law").iterdir())]


@pytest.mark.parametrize("name", GENERATED)
def test_the_generated_page_is_up_to_date(name: str) -> None:
    """`python -m election docs` writes it."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name]


def test_every_chapter_with_rules_has_its_page() -> None:
    assert sorted(pages()) == sorted(GENERATED)
    linked = re.findall(r"\]\((law/R\d\d\.md)\)", pages()["LAW.md"])
    assert sorted(linked) == sorted(name for name in GENERATED if name.startswith("law/"))


def test_the_index_counts_what_the_chapters_say() -> None:
    """rules | page | command | neither"""
    counts = {
        f"law/R{int(n):02d}.md": [int(cell) for cell in cells.split("|")]
        for n, cells in re.findall(
            r"^\| \[R(\d+)\]\S* \|[^|]*\|(.*)\|$", pages()["LAW.md"], re.MULTILINE
        )
    }
    for name, counted in counts.items():
        reached = [row[4] for row in _rows(name)]
        kinds = ("", "页面 page", "命令 command", "无 none")
        assert counted == [sum(kind in cell for cell in reached) for kind in kinds], name


def test_a_rule_cites_articles_and_lists_tests_that_name_or_use_it() -> None:
    """A sentence is no article, and a word like `plan` in a test of the chain is no use."""
    rows = [row for name in GENERATED if name.startswith("law/") for row in _rows(name)]
    cited = {row[0]: row[1].split("; ") for row in rows}
    articles = [article for articles in cited.values() for article in articles if article]
    assert [article for article in articles if not ARTICLE.fullmatch(article)] == []
    assert (cited["R2.2"], cited["R9.6"]) == (["EL 25", "ZJ 20"], ["EL 45(5)", "ZJ 49(3)"])
    fixed = " ".join(holding_tests()["R1.7"])
    assert "test_the_fixed_number_is_compared_with_the_formula" in fixed
    for rule, tests in holding_tests().items():
        assert not (rule.startswith("R2.") and any("test_audit.py" in test for test in tests))


@pytest.mark.parametrize("rule", law_rules())
def test_who_is_said_to_reach_a_rule_leads_to_it_step_by_step(rule: str) -> None:
    """Each way begins at a routed function or a command; each step writes the name of the next."""
    for commands, begin in ((False, r"@bp\.|def create_app"), (True, r"\.command\(")):
        for path in ways_to(rule, commands=commands).values():
            assert path[0].startswith("election.cli." if commands else "election.web.")
            assert re.search(begin, _source(path[0])), path
            for leader, name in pairwise(path):
                assert _writes(leader, name), (leader, name)
            assert any(word in _source(path[-1]) for word in _marks(rule)), path[-1]


def test_rules_of_votes_that_no_page_holds_are_reached_by_the_calculation_alone() -> None:
    """`decide` serves every ballot of the law: a page that counts a district asks for no other."""
    for rule in ("R10.3", "R11.14", "R12.7"):
        assert not ways_to(rule)
        assert list(ways_to(rule, commands=True)) == ["calc result"]
    assert {"results.record", "counting.sign"} & ways_to("R9.6").keys()
    assert not ways_to("R13.2") and not ways_to("R13.2", commands=True)  # a parameter nobody reads


def test_what_is_called_not_yet_called_is_written_nowhere_else() -> None:
    assert "election.rules.counting.ballots.adjudicate" in not_yet_called()
    assert "A.351" in codes_not_used()
    for name in not_yet_called():
        module, _dot, short = name.rpartition(".")
        writers = [file for file, words in _written().items() if short in words and file != module]
        # the page itself gathers the codes
        assert [file for file in writers if not file.startswith("election.cli.lawbook")] == [], name


def _rows(name: str) -> list[list[str]]:
    lines = pages()[name].splitlines()
    return [line[2:-2].split(" | ") for line in lines if line.startswith("| R")]


def _marks(rule: str) -> set[str]:
    """What a piece of code writes that carries a rule: its id, or how its parameter is named."""
    ends = {parameter.rpartition(".")[2] for parameter in law_rules()[rule].parameters}
    return {rule, *ends}


@cache
def _source(name: str) -> str:
    """The text of a definition with its decorators; of a template the whole."""
    graph = call_graph()
    node = graph.definitions[name].node
    if node is None:
        return (ROOT / "templates" / name).read_text(encoding="utf-8")
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    lines = _file(graph.module_of(name)).read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[first - 1 : node.end_lineno])


def _file(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _writes(leader: str, name: str) -> bool:
    """Whether a text holds a name or begins a template's path; a class has its methods."""
    if "/" in name:
        return name.split("/")[0] in _words(leader)
    short = name.rpartition(".")[2]
    return short.startswith("__") or name == f"{leader}.{short}" or short in _words(leader)


@cache
def _words(name: str) -> set[str]:
    """The words of a definition; what was imported under another name counts by its own."""
    words = set(re.findall(r"\w+", _source(name)))
    module = call_graph().module_of(name)
    return words | {old for old, new in _renamed(module) if new in words}


@cache
def _renamed(module: str) -> list[tuple[str, str]]:
    tree = ast.parse(_file(module).read_text(encoding="utf-8") if module else "")
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [(a.name, a.asname) for node in imports for a in node.names if a.asname]


@cache
def _written() -> dict[str, set[str]]:
    """Module -> names that it uses as values; an import alone is no use."""
    written = {}
    for path in (ROOT / "election").rglob("*.py"):
        parts = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {part.id for part in parts if isinstance(part, ast.Name)}
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        written[dotted] = names | {part.attr for part in parts if isinstance(part, ast.Attribute)}
    return written


def test_no_code_means_two_things() -> None:
    assert [name for name, n in Counter(code.id for code in codes.CODES).items() if n > 1] == []


def test_every_module_with_codes_is_listed() -> None:
    declaring = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "election" / "rules").rglob("*.py")
        if re.search(r"^[A-Z_]+ = declare_code\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert declaring == {module.__name__ for module in codes.MODULES}


# the hundreds of each stage or foundation (see election.rules.terms.Code)
HUNDREDS = {
    "access": "9",
    "accounts": "9",
    "backups": "9",
    "candidates": "4",
    "counting": "3",
    "districts": "2",
    "elections": "1",
    "files": "8",
    "id_numbers": "4",
    "jobs": "2",
    "names": "4",
    "polling": "5",
    "publication": "7",
    "results": "6",
    "units": "12",
}


def test_every_code_stands_in_the_hundred_of_its_stage() -> None:
    misplaced = [
        (module.__name__, code.id)
        for module in codes.MODULES
        for code in codes.codes_of(module)
        if code.id[2] not in HUNDREDS[module.__name__.split(".")[2]]
    ]
    assert misplaced == []


def test_every_sentence_fills_with_its_own_places() -> None:
    """Both languages of a code ask for the same facts."""
    import string  # noqa: PLC0415

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    wrong = [
        code.id
        for code in codes.CODES
        if places(code.cause.zh) - places(code.cause.en)
        or places(code.cause.en) - places(code.cause.zh)
    ]
    assert wrong == []
