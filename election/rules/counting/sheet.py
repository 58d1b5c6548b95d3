"""The figures of one count sheet: which items it has, how they are read, compared, added, sealed.

A sheet is a Mapping[str, int] of item -> papers or votes. Items: those of Papers ("issued" ...); of
each Vote for each candidate ("for:<id>" ...); "writein:<name>".
An item that is absent is unknown, never zero. Source: R8.14 (EL 43; SH 43 for the items).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from election.rules.canonical import sha256
from election.rules.counting.codes.figures import MISSING, NOT_A_FIGURE
from election.rules.figures import whole_number
from election.rules.names import normalise_name
from election.rules.terms import Finding, InputFault, RuleViolation, Text, finding

Sheet = Mapping[str, int]
MAX_FIGURE = 999_999
_MOST_DIGITS = 6
WRITEIN = "writein:"  # item of a sheet: the votes for a name written in
WRITE_IN = "write-in:"  # id of a person: somebody written in, known by name only


class Papers(StrEnum):
    """The figures in the head of a sheet, all of papers, in the order of the paper."""

    ISSUED = "issued"
    RETURNED = "returned"
    VOID = "void"
    BLANK = "blank"

    @property
    def words(self) -> Text:
        """As a sentence calls it: 发出选票 / ballots issued."""
        return _LABELS[self]

    @property
    def column(self) -> Text:
        """As the head of a column calls it: 发出选票 / issued."""
        return Text(self.words.zh, self.value)


class Vote(StrEnum):
    """What a valid paper says of a candidate, in the order of the paper."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"

    def of(self, candidate: str) -> str:
        """The item of a sheet that holds these answers: for:c12."""
        return f"{self}:{candidate}"


_LABELS: Mapping[str, Text] = {
    Papers.ISSUED: Text("发出选票", "ballots issued"),
    Papers.RETURNED: Text("收回选票", "ballots returned"),
    Papers.VOID: Text("废票", "void ballots"),
    Papers.BLANK: Text("空白票", "blank ballots"),
    Vote.FOR: Text("赞成", "for"),
    Vote.AGAINST: Text("反对", "against"),
    Vote.ABSTAIN: Text("弃权", "abstain"),
    "registered": Text("登记选民", "registered voters"),
    "account.printed": Text("印制选票", "ballots printed"),
    "account.spoiled_replaced": Text("换发作废", "ballots spoiled and replaced"),
    "account.unused": Text("未用选票", "unused ballots"),
    "account.checked_in": Text("本人领票", "voters checked in"),
    "account.proxy": Text("委托代领", "ballots drawn by proxies"),
}


@dataclass(frozen=True, slots=True)
class SheetShape:
    """What the paper form of one round in one place asks for.

    candidates: their ids in ballot order; seats: persons to be elected (>= 1) in this round;
    allows_writeins: false in a tie_repeat_vote, which is among the tied only (R9.3).
    Raises InputFault for no seat, a blank id, or an id given twice.
    """

    heads: ClassVar[tuple[Papers, ...]] = tuple(Papers)
    answers: ClassVar[tuple[Vote, ...]] = tuple(Vote)

    candidates: tuple[str, ...]
    seats: int
    allows_writeins: bool

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise InputFault("seats", "应选名额至少为1", "there must be at least one seat")
        if not all(self.candidates) or len(set(self.candidates)) < len(self.candidates):
            raise InputFault(
                "candidates", "候选人编号不得空白或者重复", "ids are neither blank nor repeated"
            )

    def items(self) -> tuple[str, ...]:
        """Every item the form must have, in the order of the paper; write-ins come on top."""
        lines = (answer.of(candidate) for candidate in self.candidates for answer in Vote)
        return (*(head.value for head in Papers), *lines)


def item_label(item: str, names: Mapping[str, str] | None = None) -> Text:
    """How people call an item: "废票" / "void ballots"; "王芳 赞成" / "王芳: for"."""
    if item in _LABELS:
        return _LABELS[item]
    kind, colon, who = item.partition(":")
    if not colon:
        return Text(item, item)
    if item.startswith(WRITEIN):
        return Text(f"另选人{who}得票", f"votes for the write-in {who}")
    name, answer = (names or {}).get(who, who), _LABELS.get(kind, Text(kind, kind))
    return Text(f"{name} {answer.zh}", f"{name}: {answer.en}")


def parse_figure(text: str) -> int:
    """Read one field of a count sheet: 1 to 6 digits and nothing else.

    "3.0", "1e9", "-1", "+1" are refused, not guessed at.
    Raises RuleViolation E.302, or E.301 for an empty field, which is unknown and not zero.
    """
    label = Text("数字", "the figure")
    if not text.strip():
        raise RuleViolation(MISSING, item=label)
    figure = whole_number(text, _MOST_DIGITS)
    if figure is None:
        raise RuleViolation(NOT_A_FIGURE, item=label, value=text[:20])
    return figure


def read_figures(
    texts: Mapping[str, str], names: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[Finding]]:
    """Read all fields of an entry form (item -> text typed): the figures, and what is no figure.

    A blank field is left out of the figures; check_sheet then names it as missing.
    """
    figures: dict[str, int] = {}
    faults: list[Finding] = []
    for item, text in texts.items():
        if not text.strip():
            continue
        try:
            figures[item] = parse_figure(text)
        except RuleViolation as refused:
            faults.append(not_a_figure(item, str(refused.facts["value"]), names))
    return figures, faults


def not_a_figure(item: str, value: str, names: Mapping[str, str] | None = None) -> Finding:
    """E.302 for this item."""
    return finding(NOT_A_FIGURE, item, item=item_label(item, names), value=value)


def writeins(sheet: Sheet) -> dict[str, int]:
    """The write-ins of a sheet: name as written -> votes."""
    return {i.removeprefix(WRITEIN): votes for i, votes in sheet.items() if i.startswith(WRITEIN)}


def votes_item(who: str) -> str:
    """The item with the votes of somebody: for:c12; writein:NAME for "write-in:NAME"."""
    if who.startswith(WRITE_IN):
        return WRITEIN + who.removeprefix(WRITE_IN)
    return Vote.FOR.of(who)


def votes_by_person(sheet: Sheet, candidates: Iterable[str]) -> dict[str, int]:
    """Votes for each candidate (id) in this order, then for each "write-in:NAME"."""
    printed = {candidate: sheet[Vote.FOR.of(candidate)] for candidate in candidates}
    return printed | {WRITE_IN + name: votes for name, votes in writeins(sheet).items()}


def look_alikes(
    names: Iterable[str], key: Callable[[str], str] = normalise_name
) -> list[tuple[str, ...]]:
    """Groups of names that differ only in spaces, dots or width; each sorted, in sorted order.

    They are shown to people and never merged here: a merger is an act of two persons (R8.11).
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for name in names:
        groups[key(name)].add(name)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def quoted(names: Iterable[str]) -> Text:
    """Names as a sentence shows them: “王 芳”“王芳” / “王 芳”, “王芳”."""
    marked = [f"“{name}”" for name in names]
    return Text("".join(marked), ", ".join(marked))


def compare(first: Sheet, second: Sheet) -> tuple[str, ...]:
    """The items on which two entries differ, in the order of their appearance.

    An item only one of them has differs too, even at 0: unknown is not zero.
    """
    return tuple(item for item in {**first, **second} if first.get(item) != second.get(item))


def total(sheets: Sequence[Sheet]) -> dict[str, int]:
    """Add sheets of one shape item by item; write-ins are merged by exact name only.

    No sheets give no figures: nothing is known. Raises InputFault "sheets[i].<item>" when a sheet
    lacks an item of the others, because an unknown figure must not be added as zero.
    """
    merged: dict[str, int] = {}
    for sheet in sheets:
        for item, value in sheet.items():
            merged[item] = merged.get(item, 0) + value
    for number, sheet in enumerate(sheets):
        for item in merged:
            if item not in sheet and not item.startswith(WRITEIN):
                raise InputFault(
                    f"sheets[{number}].{item}",
                    f"第{number + 1}张计票单缺“{item_label(item).zh}”，不能相加",
                    f"sheet {number + 1} has no {item_label(item).en}: it cannot be added",
                )
    return merged


def sheet_digest(round_code: str, place_code: str, sheet: Sheet) -> str:
    """SHA-256 (64 hex) of the canonical JSON of place, round and figures.

    Canonical: sorted keys, no spaces, UTF-8. It binds a signature to the figures seen.
    """
    return sha256({"place": place_code, "round": round_code, "sheet": dict(sheet)})
