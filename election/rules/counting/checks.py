"""The checks of a count sheet: every fault of it at once, each with fields and numbers.

A check says nothing about figures it does not know, nor about sums of figures already found to
contradict each other. Errors cannot be true and must be corrected; an alert may be true and needs
a written decision; a warning must be looked at and explained.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from election.rules.counting.balances import (
    PaperAccount,
    candidate_balance,
    choices,
    issue_balance,
    marked_papers,
    stock_balance,
    valid_papers,
)
from election.rules.counting.codes.figures import (
    BLANK_NOT_ABSTAINING,
    CANDIDATE_UNBALANCED,
    ISSUED_UNBALANCED,
    MANY_BLANK,
    MANY_NOT_RETURNED,
    MANY_VOID,
    MISSING,
    MORE_BLANK,
    MORE_CHOICES,
    MORE_ISSUED_THAN_REGISTERED,
    MORE_PROXIES,
    MORE_REPLACED,
    MORE_RETURNED,
    MORE_VOID,
    MORE_WRITEINS,
    NOTHING_RETURNED,
    STOCK_UNBALANCED,
    TURNOUT_OVER_ALL,
    UNKNOWN_ITEM,
    WRITEIN_IS_CANDIDATE,
    WRITEIN_NOT_ALLOWED,
    WRITEINS_ALIKE,
)
from election.rules.counting.sheet import (
    MAX_FIGURE,
    WRITEIN,
    Papers,
    Sheet,
    SheetShape,
    Vote,
    item_label,
    look_alikes,
    not_a_figure,
    quoted,
    writeins,
)
from election.rules.names import normalise_name
from election.rules.terms import Code, Finding, finding

VOID_SHARE = BLANK_SHARE = Fraction(3, 100)
MISSING_SHARE, MISSING_PAPERS = Fraction(2, 100), 15


@dataclass(frozen=True, slots=True)
class _Paper:
    """One sheet under the lamp: `raw` with what lies beside it, `usable` of it what can be."""

    shape: SheetShape
    sheet: Sheet
    raw: Mapping[str, int]
    usable: Mapping[str, int]
    names: Mapping[str, str]

    def has(self, *items: str) -> bool:
        return all(item in self.usable for item in items)

    def name(self, candidate: str) -> str:
        return self.names.get(candidate, candidate)


def check_sheet(
    shape: SheetShape,
    sheet: Sheet,
    *,
    registered: int | None,
    account: PaperAccount | None,
    names: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Every finding of one count sheet; [] when nothing is to be said.

    shape: what the form asks for; sheet: item -> figure. registered: voters of the place, None
    where it has no roll of its own (a mobile box); account: its papers; names: id -> name.
    Codes E.3xx, A.311, W.3xx; fields are items, "registered" or "account.<part>".
    Source: R8.3, R8.4, R8.10, R8.11, R8.14, R8.15 (EL 41, 43, 44; ZJ 46-48).
    """
    raw = {**sheet, **(account.figures() if account else {})}
    if registered is not None:
        raw["registered"] = registered
    usable = {item: figure for item, figure in raw.items() if _countable(figure)}
    paper = _Paper(shape, sheet, raw, usable, names or {})
    return [fault for check in CHECKS for fault in check(paper)]


def check_proxies(*, checked_in: int, proxy: int, each: int) -> list[Finding]:
    """Papers drawn by proxies in a whole district against the persons who were there to draw them.

    checked_in, proxy: of all places of the district; each: the parameter proxy_max.
    Source: EL 42; ZJ 43(5); R7.12.
    """
    most = each * checked_in
    if proxy <= most:
        return []
    facts = {"checked_in": checked_in, "proxy": proxy, "each": each, "most": most}
    return [finding(MORE_PROXIES, "account.proxy", "account.checked_in", **facts)]


def _countable(figure: object) -> bool:
    # bool is an int to Python, but True on a sheet is a fault of whoever wrote it
    return type(figure) is int and 0 <= figure <= MAX_FIGURE


def _complete(paper: _Paper) -> Iterator[Finding]:
    for item in paper.shape.items():
        if item not in paper.raw:
            yield finding(MISSING, item, item=item_label(item, paper.names))


def _figures(paper: _Paper) -> Iterator[Finding]:
    for item, figure in paper.raw.items():
        if item not in paper.usable:
            yield not_a_figure(item, str(figure)[:20], paper.names)


def _items(paper: _Paper) -> Iterator[Finding]:
    printed = paper.shape.items()
    for item in paper.sheet:
        named = item.startswith(WRITEIN) and item.removeprefix(WRITEIN).strip()
        if not named and item not in printed:
            yield finding(UNKNOWN_ITEM, item, item=item)


def _returned(paper: _Paper) -> Iterator[Finding]:
    yield from _at_most(paper, Papers.RETURNED, Papers.ISSUED, MORE_RETURNED)


def _issued(paper: _Paper) -> Iterator[Finding]:
    yield from _at_most(paper, Papers.ISSUED, "registered", MORE_ISSUED_THAN_REGISTERED)


def _void(paper: _Paper) -> Iterator[Finding]:
    yield from _at_most(paper, Papers.VOID, Papers.RETURNED, MORE_VOID)


def _at_most(paper: _Paper, item: str, limit: str, code: Code) -> Iterator[Finding]:
    usable = paper.usable
    if paper.has(item, limit) and usable[item] > usable[limit]:
        yield finding(code, item, limit, **{item: usable[item], limit: usable[limit]})


def _blank(paper: _Paper) -> Iterator[Finding]:
    valid = valid_papers(paper.usable)
    if valid is not None and paper.has(Papers.BLANK) and paper.usable[Papers.BLANK] > valid:
        facts = {item: paper.usable[item] for item in (Papers.RETURNED, Papers.VOID, Papers.BLANK)}
        yield finding(MORE_BLANK, Papers.BLANK, Papers.RETURNED, Papers.VOID, valid=valid, **facts)


def _candidates(paper: _Paper) -> Iterator[Finding]:
    for candidate in paper.shape.candidates:
        sums = candidate_balance(paper.usable, candidate)
        if sums.complete and sums.holds() is False:
            votes_for, against, abstain = sums.parts
            yield finding(
                CANDIDATE_UNBALANCED,
                *(answer.of(candidate) for answer in Vote),
                Papers.RETURNED,
                Papers.VOID,
                candidate=paper.name(candidate),
                valid=sums.total,
                votes_for=votes_for,
                against=against,
                abstain=abstain,
                sum=sums.known_sum,
            )


def _choices(paper: _Paper) -> Iterator[Finding]:
    chosen, most = choices(paper.usable, paper.shape)
    marked = marked_papers(paper.usable)
    if most is None or chosen <= most:
        return
    lines = [Vote.FOR.of(candidate) for candidate in paper.shape.candidates]
    lines += [item for item in paper.usable if item.startswith(WRITEIN)]
    facts = {"chosen": chosen, "most": most, "marked": marked, "seats": paper.shape.seats}
    yield finding(MORE_CHOICES, *lines, Papers.RETURNED, Papers.VOID, Papers.BLANK, **facts)


def _abstentions(paper: _Paper) -> Iterator[Finding]:
    for candidate in paper.shape.candidates:
        item = Vote.ABSTAIN.of(candidate)
        if paper.has(Papers.BLANK, item) and paper.usable[Papers.BLANK] > paper.usable[item]:
            facts = {"blank": paper.usable[Papers.BLANK], "abstain": paper.usable[item]}
            name = paper.name(candidate)
            yield finding(BLANK_NOT_ABSTAINING, Papers.BLANK, item, candidate=name, **facts)


def _writeins(paper: _Paper) -> Iterator[Finding]:
    marked = marked_papers(paper.usable)
    for name, votes in writeins(paper.usable).items():
        if not paper.shape.allows_writeins:
            yield finding(WRITEIN_NOT_ALLOWED, WRITEIN + name, name=name, votes=votes)
        if marked is not None and votes > marked:
            fields = (WRITEIN + name, Papers.RETURNED, Papers.VOID, Papers.BLANK)
            yield finding(MORE_WRITEINS, *fields, name=name, votes=votes, marked=marked)


def _writein_names(paper: _Paper) -> Iterator[Finding]:
    written = writeins(paper.usable)
    printed = {
        normalise_name(paper.name(candidate)): candidate for candidate in paper.shape.candidates
    }
    for name, votes in written.items():
        candidate = printed.get(normalise_name(name))
        if candidate is not None:
            yield finding(
                WRITEIN_IS_CANDIDATE,
                WRITEIN + name,
                Vote.FOR.of(candidate),
                name=name,
                candidate=paper.name(candidate),
                votes=votes,
            )
    for group in look_alikes(tuple(written)):
        items = (WRITEIN + name for name in group)
        yield finding(WRITEINS_ALIKE, *items, names=quoted(group))


def _issue(paper: _Paper) -> Iterator[Finding]:
    sums = issue_balance(paper.usable)
    if sums.holds() is False:
        fields = (Papers.ISSUED, "account.checked_in", "account.proxy")
        yield finding(ISSUED_UNBALANCED, *fields, equation=sums.equation())


def _stock(paper: _Paper) -> Iterator[Finding]:
    sums = stock_balance(paper.usable)
    if sums.holds() is False:
        fields = ("account.printed", Papers.ISSUED, "account.spoiled_replaced", "account.unused")
        yield finding(STOCK_UNBALANCED, *fields, equation=sums.equation())


def _replaced(paper: _Paper) -> Iterator[Finding]:
    spoiled = "account.spoiled_replaced"
    if not paper.has(Papers.REPLACED, spoiled):
        return
    facts = {"replaced": paper.usable[Papers.REPLACED], "account": paper.usable[spoiled]}
    if facts["replaced"] > facts["account"]:
        yield finding(MORE_REPLACED, Papers.REPLACED, spoiled, **facts)


def _plausible_papers(paper: _Paper) -> Iterator[Finding]:
    if not paper.has(Papers.ISSUED, Papers.RETURNED):
        return
    issued, returned = paper.usable[Papers.ISSUED], paper.usable[Papers.RETURNED]
    facts = {"issued": issued, "returned": returned}
    missing = issued - returned
    if issued > 0 and returned == 0:
        yield finding(NOTHING_RETURNED, Papers.ISSUED, Papers.RETURNED, **facts)
    elif missing > 0 and (missing >= MISSING_SHARE * issued or missing >= MISSING_PAPERS):
        yield finding(MANY_NOT_RETURNED, Papers.ISSUED, Papers.RETURNED, missing=missing, **facts)


def _plausible_void(paper: _Paper) -> Iterator[Finding]:
    yield from _share(paper, Papers.VOID, VOID_SHARE, MANY_VOID)


def _plausible_blank(paper: _Paper) -> Iterator[Finding]:
    yield from _share(paper, Papers.BLANK, BLANK_SHARE, MANY_BLANK)


def _share(paper: _Paper, item: str, share: Fraction, code: Code) -> Iterator[Finding]:
    if not paper.has(item, Papers.RETURNED):
        return
    papers, returned = paper.usable[item], paper.usable[Papers.RETURNED]
    if papers > 0 and papers >= share * returned:
        yield finding(code, item, Papers.RETURNED, **{item: papers, "returned": returned})


def _turnout(paper: _Paper) -> Iterator[Finding]:
    yield from _at_most(paper, Papers.RETURNED, "registered", TURNOUT_OVER_ALL)


CHECKS: tuple[Callable[[_Paper], Iterator[Finding]], ...] = (
    _complete,
    _figures,
    _items,
    _returned,
    _issued,
    _void,
    _blank,
    _candidates,
    _choices,
    _abstentions,
    _writeins,
    _writein_names,
    _issue,
    _stock,
    _replaced,
    _plausible_papers,
    _plausible_void,
    _plausible_blank,
    _turnout,
)
"""Every check, in the order of its code."""
