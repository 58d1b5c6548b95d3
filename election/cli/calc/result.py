"""`calc result`: who is elected, who is tied, what is missing, what follows, and why."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from election.cli.common import Fault, echo_json, read_text, stop
from election.rules.results import BallotKind, Case, Consequence, Flag, Outcome, Reason, decide
from election.rules.results.cases import KEYS
from election.rules.terms import InputFault, InputFaults, Text

NEXT_WORDS: Mapping[Consequence | None, Text] = {
    None: Text("无", "nothing"),
    Consequence.RERUN_ELECTION: Text("重新选举", "the election is held again"),
    Consequence.TIE_REPEAT_VOTE: Text("再次投票", "repeat vote among the tied"),
    Consequence.FURTHER_ELECTION: Text("另行选举", "further election"),
    Consequence.VACANT: Text("名额空缺", "the seats stay vacant"),
    Consequence.UNRESOLVED_TIE: Text("得票相等，留待决定", "unresolved tie, to be decided"),
    Consequence.CONGRESS_DECIDES: Text("由大会决定", "the congress decides"),
}
RERUN_OF_PROJECTS = Text("重新票决", "the vote is held again")
_VOID = {BallotKind.PROJECTS: "票决无效 Vote void"}
_NEEDED = {
    BallotKind.PROJECTS: "入选所需最少票数 Votes needed",
    BallotKind.RECALL: "罢免通过所需最少票数 Votes needed",
}
_CHOSEN = {BallotKind.PROJECTS: "入选项目 Chosen"}
REASON_WORDS: Mapping[Reason, Text] = {
    Reason.TURNOUT: Text("参加投票的选民未过半数", "turnout"),
    Reason.QUORUM: Text("出席代表不足法定人数", "no quorum"),
    Reason.RETURNED_EXCEEDS_ISSUED: Text("收回的选票多于发出的", "more ballots than issued"),
}
FLAG_WORDS: Mapping[Flag, Text] = {
    Flag.BASIS_SENSITIVE: Text(
        "换一种过半数基数则结果不同", "another majority basis, another result"
    ),
    Flag.LAW_SILENT: Text("法律未作规定，须有书面决定", "the law is silent, a decision is needed"),
}


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys were written more than once."""

    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One case of the file: where it stands, what it is called, its figures."""

    line: int
    name: str
    case: Case


@click.command("result")
@click.argument("cases", type=click.Path(path_type=Path), metavar="CASES.jsonl")
@click.option("--json", "as_json", is_flag=True, help="One JSON answer per case, in order.")
def command(cases: Path, as_json: bool) -> None:
    """Decide the ballots of CASES.jsonl (one case per line) or of one case as .json.

    All cases are checked first: if one is unusable, every fault is listed and none is answered.
    """
    for entry in _entries(cases):
        outcome = decide(entry.case)
        if as_json:
            echo_json(outcome.to_json())
        else:
            click.echo(_account(entry, outcome))


def _entries(path: Path) -> list[_Entry]:
    faults: list[Fault] = []
    entries = []
    for line, text in _documents(path, read_text(path)):
        try:
            entries.append(_entry(line, json.loads(text, object_pairs_hook=_object)))
        except InputFaults as error:
            faults += [
                Fault(str(path), fault.text.zh, fault.text.en, line=line, column=fault.field)
                for fault in error.faults
            ]
        except json.JSONDecodeError as error:
            at, column = line + error.lineno - 1, error.colno
            zh, en = f"第{column}列处不是可读的 JSON", f"not readable JSON at column {column}"
            faults.append(Fault(str(path), zh, en, line=at))
        except (ValueError, RecursionError):
            zh, en = "有过长的数字或过深的嵌套", "a number is too long or the nesting too deep"
            faults.append(Fault(str(path), zh, en, line=line))
    if not entries and not faults:
        faults.append(Fault(str(path), "文件里没有案例", "the file holds no case"))
    if faults:
        stop(faults)
    return entries


def _documents(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Each JSON document of the file with the number of its first line.

    One document over several lines is one case; otherwise each line that is not blank is one.
    """
    lines = text.split("\n")  # not splitlines: U+2028 may stand inside a name
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if filled and (path.suffix.lower() == ".json" or _is_one(text)):
        yield filled[0][0], "\n".join(lines[filled[0][0] - 1 :])
    else:
        yield from filled


def _is_one(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _object(pairs: list[tuple[str, object]]) -> _Object:
    document = _Object(pairs)
    if len(document) < len(pairs):
        times = Counter(name for name, _ in pairs)
        document.repeated = tuple(name for name in document if times[name] > 1)
    return document


def _entry(line: int, document: object) -> _Entry:
    """A bare case, or {"name", "case", ...} around it. Raises InputFaults with all faults."""
    wrapped = isinstance(document, _Object) and "case" in document
    outer = document if isinstance(document, _Object) else _Object()
    inner = outer["case"] if wrapped else document
    faults = [*_repeated(outer), *_misplaced(outer if wrapped else {})]
    if not isinstance(inner, _Object):
        zh, en = "应为一个案例，即 {…} 对象", "must be one case, an object {...}"
        raise InputFaults([*faults, InputFault("case", zh, en)])
    try:
        case = Case.from_document(inner)
    except InputFaults as error:
        raise InputFaults([*faults, *error.faults]) from error
    if faults:
        raise InputFaults(faults)
    name = outer.get("name") if wrapped else None
    return _Entry(line, name if isinstance(name, str) else "", case)


def _repeated(document: _Object) -> Iterator[InputFault]:
    """Every key written twice, by its path from the case: which value is meant nobody can know."""
    todo: list[tuple[str, object]] = [("", document)]
    while todo:
        path, value = todo.pop(0)
        if isinstance(value, list):
            todo += [(f"{path}[{place}]", item) for place, item in enumerate(value)]
        if not isinstance(value, _Object):
            continue
        inner = {name: f"{path}.{name}".removeprefix(".").removeprefix("case.") for name in value}
        for name in value.repeated:
            yield InputFault(inner[name], "重复出现", "written more than once")
        todo += [(inner[name], item) for name, item in value.items()]


def _misplaced(outer: Mapping[str, object]) -> Iterator[InputFault]:
    """Keys of a case that stand beside it would be ignored: they are refused instead."""
    for name in outer:
        if name in KEYS:
            yield InputFault(name, "应写在“case”里面", 'belongs inside "case"')


def _account(entry: _Entry, outcome: Outcome) -> str:
    """The outcome for reading: Chinese first, then English, then every step with its article."""
    steps = [
        f"  {number}. [{step.rule}; {step.article}] {step.text.zh}\n     {step.text.en}"
        for number, step in enumerate(outcome.steps, 1)
    ]
    kind = entry.case.kind
    lines = [*_facts(outcome, kind), *_following(outcome, kind), "  依据 Why:", *steps]
    return "\n".join([f"第{entry.line}行 Line {entry.line}  {entry.name}".rstrip(), *lines])


def _facts(outcome: Outcome, kind: BallotKind) -> Iterator[str]:
    if not outcome.valid:
        reasons = [REASON_WORDS[reason] for reason in outcome.reasons]
        zh, en = "、".join(word.zh for word in reasons), ", ".join(word.en for word in reasons)
        yield f"  {_VOID.get(kind, '选举无效 Election void')}: {zh} / {en}"
        return
    yield f"  {_NEEDED.get(kind, '当选所需最少票数 Votes needed')}: {outcome.need}"
    if kind is BallotKind.RECALL:
        yield f"  罢免 Recall: {'通过 passed' if outcome.elected else '未通过 failed'}"
        return
    yield f"  {_CHOSEN.get(kind, '当选 Elected')}: {_names(outcome.elected)}"
    if outcome.tied:
        yield f"  得票相等 Tied: {_names(outcome.tied)}（余 left: {outcome.tied_seats}）"
    if outcome.missing:
        yield f"  尚缺 Missing: {outcome.missing}"


def _following(outcome: Outcome, kind: BallotKind) -> Iterator[str]:
    words = NEXT_WORDS[outcome.next]
    if kind is BallotKind.PROJECTS and outcome.next is Consequence.RERUN_ELECTION:
        words = RERUN_OF_PROJECTS
    seats = f"（名额 places: {outcome.next_seats}）" if outcome.next else ""
    yield f"  下一步 Next: {words.zh} / {words.en}{seats}"
    if following := outcome.next_candidates:
        tied = "；得票相等，无法截取 cut by a tie" if following.cut_tied else ""
        yield f"  候选人顺序 Order: {_names(following.order)}"
        yield f"  候选人数 Candidates: {following.min}-{following.max}{tied}"
    for flag in outcome.flags:
        yield f"  注意 {flag}: {FLAG_WORDS[flag].zh} / {FLAG_WORDS[flag].en}"


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names) or "无 none"
