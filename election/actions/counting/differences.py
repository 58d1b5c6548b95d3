"""What differs between two entries: read again, settled by a third person, or both made anew."""

from collections.abc import Mapping, Sequence

from election.actions.act import Act
from election.actions.counting.sheets import facts, note, record, require_counting, settle, unsettle
from election.models import CountSheet, NoteKind, SheetNote
from election.queries.counting import differing, findings, in_force, pending
from election.rules.access import Permission
from election.rules.counting import SheetMove, next_state
from election.rules.counting.codes.papers import ALREADY_SENT_BACK, RESOLVED_WITHOUT_REASON
from election.rules.counting.entry import blocking
from election.rules.terms import RuleViolation


def send_back(act: Act, sheet: CountSheet, *, slots: Sequence[int]) -> list[SheetNote]:
    """Ask the tellers of these entries (1, 2 or both) to read the differing fields again.

    They are told the fields, never the other figure. Raises R.372-R.374, R.391.
    """
    require_counting(sheet)
    entries, waiting = in_force(sheet), pending(sheet)
    items = differing(sheet)
    notes = []
    for slot in slots or (0,):  # nobody chosen is refused by the machine like a stranger
        teller = entries[slot].person if slot in entries else None
        next_state(
            sheet.state,
            SheetMove.SEND_BACK,
            facts(
                act.session,
                sheet,
                act.by,
                sent_back_to=teller,
                differing=items,
                still_differing=items,
            ),
        )
        if teller in waiting:
            raise RuleViolation(ALREADY_SENT_BACK)
        details: dict[str, object] = {"to": teller, "slot": slot, "fields": list(items)}
        details["attempt"] = entries[slot].attempt
        notes.append(note(sheet, NoteKind.SENT_BACK, details, by=act.by, at=act.at))
    sent = [{"to": row.details["to"], "fields": row.details["fields"]} for row in notes]
    _record(act, sheet, "count.send_back", {"sent": sent})
    return notes


def resolve(act: Act, sheet: CountSheet, *, sides: Mapping[str, int], reason: str) -> None:
    """Settle every differing field by the entry (1 or 2) that the paper bears out.

    No number is typed: each figure is one that a teller read. Raises R.365, R.369-R.371, R.392.
    """
    require_counting(sheet)
    entries, items = in_force(sheet), differing(sheet)
    figures = _chosen(sheet, sides)
    sheet.state = next_state(
        sheet.state,
        SheetMove.RESOLVE,
        facts(
            act.session,
            sheet,
            act.by,
            differing=items,
            answered=tuple(item for item, slot in sides.items() if slot in entries),
            errors=blocking(findings(sheet, figures), confirmed=False),
        ),
    )
    if not reason.strip():
        raise RuleViolation(RESOLVED_WITHOUT_REASON)
    settle(sheet, figures)
    details = {"sides": dict(sides)}
    note(sheet, NoteKind.RESOLUTION, details, text=reason.strip(), by=act.by, at=act.at)
    data = {"sides": dict(sides), "reason": reason.strip(), "figures": figures}
    _record(act, sheet, "count.resolve", data)


def return_to_tellers(act: Act, sheet: CountSheet, *, reason: str) -> None:
    """Drop the entries, which stay on file, and have both made anew. Raises R.373, R.375-R.377."""
    require_counting(sheet)
    dropped = [entry.id for entry in in_force(sheet).values()]
    sheet.state = next_state(
        sheet.state, SheetMove.RETURN_TO_TELLERS, facts(act.session, sheet, act.by, reason=reason)
    )
    details = {"dropped": dropped, "figures": sheet.figures}
    note(sheet, NoteKind.SENT_BACK, details, text=reason.strip(), by=act.by, at=act.at)
    unsettle(sheet)
    data = {"reason": reason.strip(), "generation": sheet.generation}
    _record(act, sheet, "count.return", data)


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


def _record(act: Act, sheet: CountSheet, what: str, data: Mapping[str, object]) -> None:
    act.session.flush()
    record(act, sheet, what=what, data=data, under=Permission.SIGN_COUNT)
