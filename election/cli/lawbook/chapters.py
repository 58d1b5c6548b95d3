"""docs/LAW.md, the index of the rulebook, and docs/law/: a page for each of its chapters."""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cache

from election.cli.lawbook import reach
from election.cli.lawbook.callgraph import LAW, call_graph
from election.cli.lawbook.held import holding_tests
from election.cli.lawbook.reach import Reach
from election.cli.lawbook.rules import LawRule, law_rules, names
from election.cli.lawbook.sources import HEAD
from election.rules.codes import MODULES
from election.rules.terms import Code, Text

CHAPTERS: Mapping[int, Text] = {
    1: Text("代表名额", "total number of deputies"),
    2: Text("名额分配、选区划分", "allocation and districts"),
    3: Text("选举委员会", "election committee"),
    4: Text("选民登记", "voter registration"),
    5: Text("代表候选人的提出", "nomination"),
    6: Text("候选人资格审查、结构要求", "qualification review and structure"),
    7: Text("投票", "election day"),
    8: Text("计票", "count and validity"),
    9: Text("当选", "who is elected"),
    10: Text("罢免、辞职、资格终止、补选", "recall, resignation, end of mandate, by-election"),
    11: Text("人大主席、副主席，镇长、副镇长", "elections at the session"),
    12: Text("民生实事项目票决", "livelihood projects ballot"),
    13: Text("建议、联系、履职", "suggestions, contact, duty record"),
    14: Text("日程（从选举日倒推）", "calendar backwards from election day"),
    15: Text("制裁、档案", "sanctions and records"),
}
_SHOWN = 3  # tests and pages that a cell names before "and more"
_INDEX_HEAD = """# 法律对照 / From the law to the code

条文缩写 / articles: EL 选举法, ZJ 浙江省实施细则, DR 若干规定, OL 地方组织法, DL 代表法,
ZTC 浙江省乡镇人大工作条例, CPL 民事诉讼法, CC 民法典, PIPL 个人信息保护法,
SH/SD/BJ 上海/山东/北京实施细则.

每章一页；“页面”“命令”指现有的页面或命令实际调用到载有该规则的代码。
One page a chapter. A rule is reached by a page or a command when that leads, call by call, to code
that carries the rule. This is read from the source by names: what only a library calls is not
seen. Not counted as commands: """
_PROFILE = "election.rules.profile."  # declares the parameters; who reads them stands elsewhere
Ways = Mapping[str, Sequence[str]]  # page or command -> the steps to a definition that carries it


@cache
def law_pages() -> dict[str, str]:
    """File name below docs/ -> text: the index and the chapters that have rules."""
    chapters = {number: _rules_of(number) for number in CHAPTERS}
    pages = {f"law/R{n:02d}.md": _chapter(n, rules) for n, rules in chapters.items() if rules}
    return {"LAW.md": _index(chapters), **pages}


@cache
def ways_to(rule: str, *, commands: bool = False) -> Ways:
    """How pages (or commands) lead to a rule, those that lead to the least first."""
    entries = reach.commands() if commands else reach.pages()
    ways = {}
    for entry in sorted(entries, key=lambda entry: (len(entries[entry].steps), entry)):
        goal = next(_carrying(rule, entries[entry]), None)
        if goal:
            ways[entry] = entries[entry].path_to(goal)
    return ways


@cache
def not_yet_called() -> Sequence[str]:
    """Public functions of the law that nothing outside rules and planning leads to."""
    graph = call_graph()
    return sorted(
        name
        for name, definition in graph.definitions.items()
        if name.startswith(LAW)
        and isinstance(definition.node, ast.FunctionDef)
        and graph.module_of(name) == name.rpartition(".")[0]
        and not definition.node.name.startswith("_")
        and name not in _used_somewhere()
    )


def codes_not_used() -> Sequence[str]:
    """Codes that only such functions speak of."""
    return sorted(
        value.id
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, Code) and f"{module.__name__}.{name}" not in _used_somewhere()
    )


@cache
def _used_somewhere() -> Collection[str]:
    graph = call_graph()
    roots = [name for name in graph.definitions if not name.startswith((*LAW, __package__))]
    return Reach(graph, roots).steps


def _carrying(rule: str, reached: Reach) -> Iterator[str]:
    """What of the reached carries a rule where it is come to, or reads a parameter of it."""
    law_rule, definitions = law_rules()[rule], call_graph().definitions
    for name in law_rule.members:
        naming = [conditions for text, conditions in definitions[name].texts if names(text, rule)]
        if name in reached.steps and (not naming or any(map(reached.may_hold, naming))):
            yield name
    for name in reached.steps if law_rule.parameters else ():
        if not name.startswith(_PROFILE) and any(
            _reads(text, parameter) and reached.may_hold(conditions)
            for text, conditions in definitions[name].texts
            for parameter in law_rule.parameters
        ):
            yield name


def _reads(text: str, parameter: str) -> bool:
    """Whether a text is the name of a parameter, or makes it: `quota.*.base`."""
    beginning, star, _end = text.partition("*")
    return text == parameter or bool(star and "." in beginning and fnmatch(parameter, text))


def _rules_of(chapter: int) -> Sequence[str]:
    return [rule for rule in law_rules() if rule.startswith(f"R{chapter}.")]


def _index(chapters: Mapping[int, Sequence[str]]) -> str:
    left_out = ", ".join(f"`{name}`" for name in reach.NOT_COUNTED)
    lines = [
        HEAD,
        f"{_INDEX_HEAD}{left_out}.\n",
        "| 章 chapter | | 规则 rules | 页面 page | 命令 command | 都没有 neither |",
        "| --- | --- | --: | --: | --: | --: |",
        *(_index_row(number, rules) for number, rules in chapters.items()),
        "\n## 尚未使用 / Not yet called\n",
        "这些函数只有测试调用。Only tests call these functions of the law:\n",
        *(f"- `{name.removeprefix('election.')}`" for name in not_yet_called()),
        "\n只有它们用到的代码。Codes that only they speak of: " + ", ".join(codes_not_used()) + ".",
    ]
    return "\n".join(lines) + "\n"


def _index_row(number: int, rules: Sequence[str]) -> str:
    page = [rule for rule in rules if ways_to(rule)]
    command = [rule for rule in rules if ways_to(rule, commands=True)]
    counts = (len(rules), len(page), len(command), len({*rules} - {*page, *command}))
    link = f"[R{number}](law/R{number:02d}.md)" if rules else f"R{number}"
    title = CHAPTERS[number]
    return f"| {link} | {title.zh} {title.en} | {' | '.join(map(str, counts))} |"


def _chapter(number: int, rules: Sequence[str]) -> str:
    title = CHAPTERS[number]
    lines = [
        HEAD,
        f"# R{number} {title.zh} / {title.en}\n",
        "[目录 index](../LAW.md) · [代码表 codes](../CODES.md)\n",
        "| 规则 rule | 依据 articles | 内容 what the code says | 程序 code | 由谁调用 reached by "
        "| 测试 tests |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(rule, law_rules()[rule]) for rule in rules),
    ]
    return "\n".join(lines) + "\n"


def _row(rule: str, law_rule: LawRule) -> str:
    cells = (
        rule,
        "; ".join(sorted(law_rule.articles)),
        law_rule.says.replace("|", "\\|"),
        "<br>".join(_code_of(law_rule)),
        "<br>".join(_entries(rule)) or "无 none",
        "<br>".join(_some(holding_tests().get(rule, ()))),
    )
    return f"| {' | '.join(cells)} |"


def _code_of(law_rule: LawRule) -> Iterator[str]:
    """What carries a rule; codes by their numbers, parameters by their names."""
    definitions = call_graph().definitions
    for place in law_rule.carriers:
        node = definitions[place].node
        if isinstance(node, ast.FunctionDef | ast.ClassDef) or not _declares_code(node):
            yield f"`{place.removeprefix('election.')}`"
    if law_rule.codes:
        yield ", ".join(sorted(law_rule.codes, key=lambda code: code[2:]))
    if law_rule.parameters:
        yield f"参数 parameter: {', '.join(sorted(law_rule.parameters))}"


def _declares_code(node: ast.stmt | None) -> bool:
    value = getattr(node, "value", None)
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "declare_code"


def _entries(rule: str) -> Iterator[str]:
    for name, commands in (("页面 page", False), ("命令 command", True)):
        entries = list(ways_to(rule, commands=commands))
        if entries:
            named = [reach.EVERY_PAGE] if reach.EVERY_PAGE in entries else _some(entries)
            yield f"{name}: {', '.join(named)}"


def _some(names: Sequence[str]) -> Sequence[str]:
    more = len(names) - _SHOWN
    return [*names[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
