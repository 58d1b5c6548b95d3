"""Reading what a teller typed from one count sheet, and what may be asked of a teller again.

Figures are read, never repaired: what cannot be read is named and nothing is stored.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from election.rules.counting import WRITEIN, SheetShape, item_label, read_figures
from election.rules.counting.codes.figures import NOT_A_FIGURE, UNKNOWN_ITEM
from election.rules.counting.codes.papers import (
    WRITEIN_TWICE,
    WRITEIN_WITHOUT_NAME,
    WRITEIN_WITHOUT_VOTES,
)
from election.rules.names import check_name, normalise_name
from election.rules.terms import Finding, Severity, Text, finding

# these say that there is no figure to store at all; every other error may be what the paper says
_UNREADABLE = frozenset({NOT_A_FIGURE.id, UNKNOWN_ITEM.id})


def read_lines(
    texts: Mapping[str, str],
    lines: Sequence[tuple[str, str]],
    names: Mapping[str, str],
) -> tuple[dict[str, int], list[Finding]]:
    """The figures of a typed form, and everything in it that cannot be read.

    texts: item -> text of its field; lines: (name, votes) of each write-in line. Blank fields are
    left out (unknown, not zero); wholly blank lines are skipped.
    """
    figures, faults = read_figures(texts, names)
    written: dict[str, str] = {}
    for raw, votes in lines:
        name = unicodedata.normalize("NFC", raw).strip()
        faults += _line_faults(name, votes, written)
        if name and votes.strip() and WRITEIN + name not in written:
            written[WRITEIN + name] = votes
    counted, unreadable = read_figures(written, names)
    return figures | counted, faults + unreadable


def _line_faults(name: str, votes: str, written: Mapping[str, str]) -> list[Finding]:
    if not name:
        blank = not votes.strip()
        return [] if blank else [finding(WRITEIN_WITHOUT_NAME, WRITEIN, votes=votes.strip()[:20])]
    item = WRITEIN + name
    faults = [
        Finding(fault.code, (item,), fault.facts)
        for fault in check_name(normalise_name(name))
        if fault.severity is Severity.ERROR
    ]
    if not votes.strip():
        faults.append(finding(WRITEIN_WITHOUT_VOTES, item, name=name))
    if item in written:
        faults.append(finding(WRITEIN_TWICE, item, name=name))
    return faults


def blocking(findings: Sequence[Finding], *, confirmed: bool) -> int:
    """How many errors keep an entry from being stored.

    confirmed: the teller looked again and the paper says so. Then only what is no figure at all
    keeps it out; the other errors stay with the sheet and stop the signature.
    """
    errors = [fault for fault in findings if fault.severity is Severity.ERROR]
    return sum(fault.code.id in _UNREADABLE or not confirmed for fault in errors)


def asked_label(item: str, names: Mapping[str, str], entered: Mapping[str, int]) -> Text:
    """How a differing item is called to a teller.

    A written-in name that only the other entry has is not told: it would be read off the screen.
    """
    if item.startswith(WRITEIN) and item not in entered:
        return Text("另选人（姓名或者票数）", "a write-in (name or votes)")
    return item_label(item, names)


def asked_again(shape: SheetShape, differing: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The printed fields to be typed again, in the order of the paper; whether write-ins are."""
    fixed = tuple(item for item in shape.items() if item in differing)
    return fixed, any(item.startswith(WRITEIN) for item in differing)


def unlike_asked(
    requested: Sequence[str], typed: Mapping[str, int | None], staying: Mapping[str, int]
) -> tuple[str, ...]:
    """What a correction answers, to be compared with what was asked.

    A field left blank on purpose is answered (None). Where a write-in was asked, all of the lines
    asked are typed anew under whatever name the paper has; a kept line may not be typed over.
    """
    fixed = [item for item in typed if not item.startswith(WRITEIN)]
    lines = [item for item in typed if item.startswith(WRITEIN)]
    asked_lines = [item for item in requested if item.startswith(WRITEIN)]
    if not asked_lines:
        return (*fixed, *lines)
    return (*fixed, *asked_lines, *(line for line in lines if line in staying))


def finding_key(fault: Finding) -> str:
    """One finding told from others of its code on a sheet: W.322:writein:王芳+for:c1."""
    return f"{fault.code.id}:{'+'.join(fault.fields)}"
