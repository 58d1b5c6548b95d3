"""Adjudication of one ballot paper: valid or void, and what each of its lines counts for.

R8.4 and R8.8-R8.13 for voters' ballots, R11.12 for the deputies' ballots of a session. Where the
law is silent the profile decides, the ruling says so (law_silent), and what a person must look at
is named in `refer`: the paper then goes to the chief scrutineer and the scrutineers together.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from election.rules.counting.codes.papers import (
    CONTRADICTORY,
    IDENTIFYING_MARK,
    OTHER_LEVEL,
    PRINTED_NAME_WRITTEN,
    TOO_MANY_BY_VOID_LINES,
    WHICH_AGAINST,
)
from election.rules.counting.sheet import WRITEIN
from election.rules.profile import Profile
from election.rules.terms import Finding, InputFault, Step, finding, step


class Mark(StrEnum):
    """What the voter's mark on one line says, as the scrutineers read it."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"  # the line was left empty
    UNREADABLE = "unreadable"


class VoidReason(StrEnum):
    """Why a whole paper is void."""

    TOO_MANY_CHOICES = "too_many_choices"
    UNREADABLE = "unreadable"
    IDENTIFYING_MARK = "identifying_mark"
    OTHER_LEVEL = "other_level"


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A name written in by the voter; "" when it cannot be read.

    mark: None when there is none beside it. identified: one person and no namesake is meant.
    eligible: may be elected here: a voter, 18 and not deprived (R8.11); for congress_chair and
    vice_chair a deputy (R11.12).
    """

    name: str
    mark: Mark | None = None
    identified: bool = True
    eligible: bool = True


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """One paper: a mark for every printed candidate (id -> Mark; an empty line is ABSTAIN).

    identifying_mark: something that may show who voted. level_matches: the paper belongs to the
    congress being counted.
    """

    marks: Mapping[str, Mark]
    write_ins: tuple[WriteIn, ...] = ()
    identifying_mark: bool = False
    level_matches: bool = True


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one paper counts for.

    valid, void_reason: the whole paper. counted: false for a paper of the other level that is
    moved to its own count and adds nothing to ballots_returned here. blank: valid, nothing marked.
    votes_for: candidate ids and "writein:<name>"; against, abstain: candidate ids; on a valid paper
    every printed candidate is in exactly one of the three. void_lines: lines that count for nobody;
    a printed candidate's void line is among `abstain` too, so that the sheet balances (E.315).
    refer: what scrutineers must still look at; the ruling stands only once they have.
    law_silent: a default decided where the law says nothing; steps: which rule said what.
    """

    valid: bool
    void_reason: VoidReason | None = None
    counted: bool = True
    blank: bool = False
    votes_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    void_lines: tuple[str, ...] = ()
    refer: tuple[Finding, ...] = ()
    law_silent: bool = False
    steps: tuple[Step, ...] = ()


_SILENT = "law silent"


@dataclass(slots=True)
class _Desk:
    """One paper on the scrutineers' desk: its reading per person, and what has been said of it."""

    printed: dict[str, Mark] = field(default_factory=dict)  # candidate id -> reading
    written: dict[str, Mark] = field(default_factory=dict)  # other names written in -> reading
    unclear: set[str] = field(default_factory=set)  # names that do not mean one known person
    ineligible: set[str] = field(default_factory=set)  # names of persons who may not be elected
    refer: list[Finding] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    law_silent: bool = False

    def chosen(self) -> int:
        """Persons chosen, among them those whose line is void all the same."""
        return [*self.printed.values(), *self.written.values()].count(Mark.FOR)

    def live(self) -> list[str]:
        """Names written in that mean one eligible person and are voted for."""
        disputed = self.unclear | self.ineligible
        return [n for n, mark in self.written.items() if mark is Mark.FOR and n not in disputed]

    def note(self, rule: str, zh: str, en: str, *, article: str = _SILENT, **figures: int) -> None:
        """Keep one step; without an article the law is silent and a default decides."""
        self.law_silent |= article == _SILENT
        self.steps.append(step(rule, article, zh, en, **figures))

    def sign(self, ruling: Ruling) -> Ruling:
        """The ruling with everything that was said; each alert stands where the law is silent."""
        silent = self.law_silent or bool(self.refer)
        return replace(ruling, refer=tuple(self.refer), steps=tuple(self.steps), law_silent=silent)


def adjudicate(
    ballot: BallotPaper,
    *,
    seats: int,
    profile: Profile,
    session: bool = False,
    names: Mapping[str, str] | None = None,
) -> Ruling:
    """Rule on one paper.

    seats: persons to be elected (>= 1); session: a deputies' ballot, where a write-in may need an
    against mark; names: candidate id -> name, to know a candidate who is written in.
    Raises InputFault for no seat. Source: EL 41, 44(2); ZJ 46, 48(3); DL25 17; rules R8.4-R8.13.
    """
    if seats < 1:
        raise InputFault("seats", "应选名额至少为1", "there must be at least one seat")
    if not ballot.level_matches:
        desk = _Desk()
        return desk.sign(_other_level(desk, profile))
    desk = _lay_out(ballot, names or {})
    reason = _identified(desk, ballot, profile) or _illegible(desk, profile)
    reason = reason or _too_many(desk, seats)
    if reason:
        return desk.sign(Ruling(valid=False, void_reason=reason))
    return desk.sign(_line_by_line(desk, _countable_writeins(desk, profile, session=session)))


def _lay_out(ballot: BallotPaper, names: Mapping[str, str]) -> _Desk:
    """Read the paper person by person: one person is one choice, however often named (R8.8)."""
    desk = _Desk()
    printed = {candidate: [mark] for candidate, mark in ballot.marks.items()}
    by_name = {names.get(candidate, candidate): candidate for candidate in printed}
    written: dict[str, list[Mark]] = defaultdict(list)
    for line in ballot.write_ins:
        mark = (line.mark or Mark.FOR) if line.name.strip() else Mark.UNREADABLE
        if line.name in by_name:
            desk.refer.append(finding(PRINTED_NAME_WRITTEN, name=line.name))
            printed[by_name[line.name]].append(mark)
        else:
            written[line.name].append(mark)
            desk.unclear |= set() if line.identified else {line.name}
            desk.ineligible |= set() if line.eligible else {line.name}
    desk.printed = {who: _reading(desk, names.get(who, who), m) for who, m in printed.items()}
    desk.written = {name: _reading(desk, name, marks) for name, marks in written.items()}
    return desk


def _reading(desk: _Desk, name: str, marks: list[Mark]) -> Mark:
    """What all marks for one person say together; an empty line says nothing."""
    marked = set(marks) - {Mark.ABSTAIN}
    readable = marked - {Mark.UNREADABLE}
    if len(readable) > 1:
        desk.refer.append(finding(CONTRADICTORY, name=name))
        return Mark.UNREADABLE
    if readable:
        return readable.pop()
    return Mark.UNREADABLE if marked else Mark.ABSTAIN


def _other_level(desk: _Desk, profile: Profile) -> Ruling:
    """EX-37: a paper of the other level in this box."""
    if profile.word("misplaced_ballot") == "VOID":
        desk.note(
            "R8.13",
            "票箱中有另一级的选票，按规定在本票箱作废票",
            "a paper of the other level: void in the box where it was found",
        )
        return Ruling(valid=False, void_reason=VoidReason.OTHER_LEVEL)
    desk.note(
        "R8.13",
        "票箱中有另一级的选票，移入该级计票，不计入本级收回选票",
        "a paper of the other level: moved to its own count, not returned here",
    )
    desk.refer.append(finding(OTHER_LEVEL))
    return Ruling(valid=False, counted=False)


def _identified(desk: _Desk, ballot: BallotPaper, profile: Profile) -> VoidReason | None:
    if not ballot.identifying_mark:
        return None
    if profile.word("identifying_mark") == "VOID":
        desk.note(
            "R8.9",
            "选票上有可能识别投票人的记号，整张作废",
            "a mark may show who voted: the whole paper is void",
        )
        return VoidReason.IDENTIFYING_MARK
    desk.note(
        "R8.9",
        "选票上有可能识别投票人的记号，交监票人认定",
        "a mark may show who voted: the scrutineers decide",
    )
    desk.refer.append(finding(IDENTIFYING_MARK))
    return None


def _illegible(desk: _Desk, profile: Profile) -> VoidReason | None:
    lines = [*desk.printed.values(), *desk.written.values()].count(Mark.UNREADABLE)
    if not lines:
        return None
    if profile.word("illegible") == "WHOLE":
        desk.note(
            "R8.9",
            "有{lines}处无法辨认，整张作废",
            "lines that cannot be read: {lines}; the whole paper is void",
            lines=lines,
        )
        return VoidReason.UNREADABLE
    desk.note(
        "R8.9",
        "有{lines}处无法辨认，该处作废，其余部分有效",
        "lines that cannot be read and are void: {lines}; the rest of the paper counts",
        lines=lines,
    )
    return None


def _too_many(desk: _Desk, seats: int) -> VoidReason | None:
    """R8.4: whom one chooses counts, whether or not that person may be elected."""
    chosen = desk.chosen()
    if chosen <= seats:
        return None
    void = desk.written.keys() & (desk.unclear | desk.ineligible)
    doubtful = sum(1 for name in void if desk.written[name] is Mark.FOR)
    if chosen - doubtful <= seats:
        desk.refer.append(
            finding(TOO_MANY_BY_VOID_LINES, chosen=chosen, seats=seats, void=doubtful)
        )
    desk.note(
        "R8.4",
        "所选{chosen}人多于应选{seats}人，整张作废",
        "{chosen} persons are chosen for {seats} seats: the whole paper is void",
        article="EL 44(2); ZJ 48(3)",
        chosen=chosen,
        seats=seats,
    )
    return VoidReason.TOO_MANY_CHOICES


def _countable_writeins(desk: _Desk, profile: Profile, *, session: bool) -> list[str]:
    """R8.12, R11.12: who of the names written in counts, given the against marks."""
    live, against = desk.live(), list(desk.printed.values()).count(Mark.AGAINST)
    if len(live) <= against:
        return live
    needed = "session.writein_requires_against" if session else "writein_requires_against"
    if not profile.flag(needed):
        desk.note(
            "R8.12",
            "另选{written}人，反对{against}人：法律未要求先投反对票，另选有效",
            "{written} written in, {against} voted against: no against mark is asked for",
            written=len(live),
            against=against,
        )
        return live
    desk.note(
        "R11.12" if session else "R8.12",
        "另选{written}人，反对{against}人：另选一人须反对一人，各另选行不计",
        "{written} written in, {against} voted against: each write-in needs one against, so the "
        "written lines do not count",
        article="DL25 17" if session else _SILENT,
        written=len(live),
        against=against,
    )
    if against:
        desk.refer.append(finding(WHICH_AGAINST, written=len(live), against=against))
    return []


def _line_by_line(desk: _Desk, live: list[str]) -> Ruling:
    """A valid paper: every printed candidate gets one answer, every void line is named."""
    _note_void_names(desk)
    answers = {mark: [who for who, m in desk.printed.items() if m is mark] for mark in Mark}
    lost = [n for n, m in desk.written.items() if m is not Mark.ABSTAIN and n not in live]
    blank = {*desk.printed.values(), *desk.written.values()} <= {Mark.ABSTAIN}
    if blank:
        desk.note("R8.10", "空白票，视为全部弃权", "a blank paper abstains", article="EL 41")
    none = (Mark.ABSTAIN, Mark.UNREADABLE)
    return Ruling(
        valid=True,
        blank=blank,
        votes_for=(*answers[Mark.FOR], *(WRITEIN + name for name in live)),
        against=tuple(answers[Mark.AGAINST]),
        abstain=tuple(who for who, mark in desk.printed.items() if mark in none),
        void_lines=(*answers[Mark.UNREADABLE], *(WRITEIN + name for name in lost)),
    )


def _note_void_names(desk: _Desk) -> None:
    written = {name for name, mark in desk.written.items() if mark is Mark.FOR}
    if written & desk.ineligible:
        desk.note(
            "R8.11",
            "另选人没有被选举资格，该行作废",
            "a person written in may not be elected: that line is void",
            article="EL 41; ZJ 46",
        )
    if written & desk.unclear:
        desk.note(
            "R8.11",
            "另选人无法确定为何人，该行作废",
            "it is not clear who is written in: that line is void",
        )
