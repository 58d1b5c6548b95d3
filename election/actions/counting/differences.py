"""What differs between two entries: read again, settled by a third person, or both made anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from election.actions.counting.sheets import (
    facts,
    note,
    record,
    require_counting,
    settle,
    unsettle,
)
from election.models import CountSheet, NoteKind, SheetNote
from election.queries.counting import differing, findings, in_force, pending
from election.rules.access import Actor, Permission
from election.rules.counting import Move, next_state
from election.rules.counting.codes.papers import (
    ALREADY_SENT_BACK,
    RESOLVED_WITHOUT_REASON,
)
from election.rules.counting.entry import (
    blocking,
)
from election.rules.terms import RuleViolation


def send_back(
    session: Session, sheet: CountSheet, *, slots: Sequence[int], by: Actor, at: datetime
) -> list[SheetNote]:
    """Ask the tellers of these entries (1, 2 or both) to read the differing fields again.

    They are told the fields, never the other figure. Raises R.372-R.374, R.391.
    """
    require_counting(sheet)
    entries, waiting = in_force(sheet), pending(sheet)
    items = differing(sheet)
    notes = []
    for slot in slots or (0,):  # nobody chosen is refused by the machine like a stranger
        to = entries[slot].person if slot in entries else None
        next_state(
            sheet.state,
            Move.SEND_BACK,
            facts(
                session,
                sheet,
                by,
                sent_back_to=to,
                differing=items,
                still_differing=items,
            ),
        )
        if to in waiting:
            raise RuleViolation(ALREADY_SENT_BACK)
        details: dict[str, object] = {"to": to, "slot": slot, "fields": list(items)}
        details["attempt"] = entries[slot].attempt
        notes.append(note(sheet, NoteKind.SENT_BACK, details, by=by, at=at))
    told = [{"to": one.details["to"], "fields": one.details["fields"]} for one in notes]
    _record(session, sheet, "count.send_back", {"sent": told}, by=by, at=at)
    return notes


def resolve(
    session: Session,
    sheet: CountSheet,
    *,
    sides: Mapping[str, int],
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Settle every differing field by the entry (1 or 2) that the paper bears out.

    No number is typed: each figure is one that a teller read. Raises R.365, R.369-R.371, R.392.
    """
    require_counting(sheet)
    entries, items = in_force(sheet), differing(sheet)
    figures = _chosen(sheet, sides)
    sheet.state = next_state(
        sheet.state,
        Move.RESOLVE,
        facts(
            session,
            sheet,
            by,
            differing=items,
            answered=tuple(item for item, slot in sides.items() if slot in entries),
            errors=blocking(findings(sheet, figures), confirmed=False),
        ),
    )
    if not reason.strip():
        raise RuleViolation(RESOLVED_WITHOUT_REASON)
    settle(sheet, figures)
    details = {"sides": dict(sides)}
    note(sheet, NoteKind.RESOLUTION, details, text=reason.strip(), by=by, at=at)
    data = {"sides": dict(sides), "reason": reason.strip(), "figures": figures}
    _record(session, sheet, "count.resolve", data, by=by, at=at)


def return_to_tellers(
    session: Session, sheet: CountSheet, *, reason: str, by: Actor, at: datetime
) -> None:
    """Drop the entries, which stay on file, and have both made anew. Raises R.373, R.375-R.377."""
    require_counting(sheet)
    dropped = [entry.id for entry in in_force(sheet).values()]
    sheet.state = next_state(
        sheet.state, Move.RETURN_TO_TELLERS, facts(session, sheet, by, reason=reason)
    )
    details = {"dropped": dropped, "figures": sheet.figures}
    note(sheet, NoteKind.SENT_BACK, details, text=reason.strip(), by=by, at=at)
    unsettle(sheet)
    data = {"reason": reason.strip(), "generation": sheet.generation}
    _record(session, sheet, "count.return", data, by=by, at=at)


def _chosen(sheet: CountSheet, sides: Mapping[str, int]) -> dict[str, int]:
    """The figures both agree on, and for the others the side chosen; a side may know none."""
    entries, items = in_force(sheet), differing(sheet)
    if len(entries) < 2:
        return {}
    figures: dict[str, int] = {}
    for item in {**entries[1].figures, **entries[2].figures}:
        side = sides.get(item, 1) if item in items else 1
        source = entries[side].figures if side in entries else {}
        if item in source:
            figures[item] = source[item]
    return figures


def _record(
    session: Session,
    sheet: CountSheet,
    what: str,
    data: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    session.flush()
    record(session, sheet, what=what, data=data, under=Permission.SIGN_COUNT, by=by, at=at)
