"""What tellers read from the paper: the first entry, the second one, and corrections."""

from collections.abc import Mapping, Sequence

from election.actions.act import Act
from election.actions.counting.sheets import facts, record, require_counting, settle
from election.models import CountSheet, Entry
from election.queries.counting import findings, in_force, pending
from election.rules.access import Actor, Permission
from election.rules.counting import SheetMove, SheetState, compare, next_state
from election.rules.counting.entry import blocking, unlike_asked


def enter(
    act: Act, sheet: CountSheet, figures: Mapping[str, int], *, confirmed: bool = False
) -> Entry:
    """Store what one teller read; the sheet must be `locked`.

    The figures take the free slot: 1 when none stands, 2 when one by another person stands.
    confirmed: the teller looked again and the paper says so; then errors stay with the sheet and
    stop its signature, not its entry. Raises R.361-R.365.
    """
    require_counting(sheet)
    first = in_force(sheet).get(1)
    differing = compare(first.figures, figures) if first else ()
    state = next_state(
        sheet.state,
        SheetMove.ENTER,
        facts(
            act.session,
            sheet,
            act.by,
            errors=blocking(findings(sheet, figures), confirmed=confirmed),
            still_differing=differing,
        ),
    )
    entry = _store(act, sheet, figures, slot=2 if first else 1, attempt=1)
    _arrive(sheet, state, figures)
    _record(act, sheet, entry)
    return entry


def correct(
    act: Act, sheet: CountSheet, typed: Mapping[str, int | None], *, confirmed: bool = False
) -> Entry:
    """Read again the fields that were sent back; the others are copied; the sheet is `locked`.

    typed: item -> figure, None for a field that is empty on the paper. It must answer exactly the
    fields asked (R.368); the earlier version of the entry stays on file.
    """
    require_counting(sheet)
    own, other = _entries_of(sheet, act.by)
    note = pending(sheet).get(act.by.number)
    requested: Sequence[str] = note.details["fields"] if note else ()
    staying = _without(own.figures if own else {}, requested)
    figures = staying | {item: figure for item, figure in typed.items() if figure is not None}
    state = next_state(
        sheet.state,
        SheetMove.CORRECT,
        facts(
            act.session,
            sheet,
            act.by,
            sent_back_to=act.by.number if note else next(iter(pending(sheet)), None),
            differing=tuple(requested),
            answered=unlike_asked(requested, typed, staying),
            still_differing=compare(other.figures, figures) if other else (),
            errors=blocking(findings(sheet, figures), confirmed=confirmed),
        ),
    )
    # the machine lets nobody pass without an entry of their own; the database has no slot 0
    slot, attempt = (own.slot, own.attempt + 1) if own else (0, 0)
    entry = _store(act, sheet, figures, slot=slot, attempt=attempt)
    _arrive(sheet, state, figures)
    _record(act, sheet, entry)
    return entry


def _entries_of(sheet: CountSheet, by: Actor) -> tuple[Entry | None, Entry | None]:
    """The entry of this person, and the first one of somebody else."""
    entries = in_force(sheet).values()
    own = next((entry for entry in entries if entry.person == by.number), None)
    return own, next((entry for entry in entries if entry is not own), None)


def _without(figures: Mapping[str, int], requested: Sequence[str]) -> dict[str, int]:
    return {item: figure for item, figure in figures.items() if item not in requested}


def _arrive(sheet: CountSheet, state: SheetState, figures: Mapping[str, int]) -> None:
    sheet.state = state
    if state is SheetState.AGREED:
        settle(sheet, figures)


def _store(
    act: Act, sheet: CountSheet, figures: Mapping[str, int], *, slot: int, attempt: int
) -> Entry:
    entry = Entry(
        township_id=sheet.township_id,
        generation=sheet.generation,
        slot=slot,
        attempt=attempt,
        person=act.by.number,
        figures=dict(figures),
        entered_at=act.at,
    )
    sheet.entries.append(entry)
    return entry


def _record(act: Act, sheet: CountSheet, entry: Entry) -> None:
    data = {"stage": f"entry{entry.slot}", "sheet": dict(entry.figures)}
    record(act, sheet, what="count.entry", data=data, under=Permission.ENTER_COUNT)
