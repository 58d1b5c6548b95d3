"""What every act on a sheet needs: the sheet itself, held; the facts of the move; its record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, lazyload

from election.actions.act import Act
from election.models import CountSheet, NoteKind, Round, SheetNote
from election.queries.counting import in_force, is_certified, subject_of
from election.rules.access import Actor, Permission
from election.rules.counting import SheetFacts, sheet_digest
from election.rules.elections.phases import Phase, require_open

_HELD = (
    select(CountSheet)
    .where(CountSheet.id == bindparam("sheet_id"))
    .with_for_update(of=CountSheet)
    .execution_options(populate_existing=True)
)
# never joined to the entries: PostgreSQL would wait for the sheet and show entries of before
_HELD_BARE = _HELD.options(
    lazyload(CountSheet.entries),
    lazyload(CountSheet.account),
    lazyload(CountSheet.notes),
    lazyload(CountSheet.round, Round.candidates),
)


def locked(session: Session, sheet_id: int) -> CountSheet:
    """The sheet as it is now, held until this transaction ends: two acts on it wait in line."""
    return session.scalars(_HELD, {"sheet_id": sheet_id}).one()


def locked_for_entry(session: Session, sheet_id: int) -> CountSheet:
    """As `locked`; what lies on the sheet is read when it is asked for: an entry needs no notes."""
    return session.scalars(_HELD_BARE, {"sheet_id": sheet_id}).one()


def require_counting(sheet: CountSheet) -> None:
    """Raise R.151 outside the phase of counting."""
    require_open("counting", sheet.round.district.congress.election.phase)


def facts(session: Session, sheet: CountSheet, by: Actor, **more: Any) -> SheetFacts:  # noqa: ANN401 - fields of SheetFacts
    """What is true of this sheet and this person at the moment of a move."""
    phase = sheet.round.district.congress.election.phase
    return SheetFacts(
        actor=by.number,
        roles=by.roles,
        entered_by=tuple(entry.person for entry in in_force(sheet).values()),
        round_open=phase is Phase.COUNTING and not is_certified(session, sheet.round_id),
        **more,
    )


def settle(sheet: CountSheet, figures: Mapping[str, int]) -> None:
    """Both entries say, or a third person has found, that these are the figures of the paper."""
    sheet.figures = dict(figures)
    sheet.digest = digest_of(sheet, figures)


def unsettle(sheet: CountSheet) -> None:
    """The figures no longer stand; the next entries belong to a new generation."""
    sheet.figures = sheet.digest = None
    sheet.generation += 1


def digest_of(sheet: CountSheet, figures: Mapping[str, int]) -> str:
    """The digest that binds a signature to these figures of this sheet."""
    return sheet_digest(sheet.round.code, sheet.place.code, figures)


def note(
    sheet: CountSheet,
    kind: NoteKind,
    details: Mapping[str, object],
    *,
    code: str = "",
    text: str = "",
    by: Actor,
    at: datetime,
) -> SheetNote:
    """Write something down about this generation of a sheet."""
    written = SheetNote(
        township_id=sheet.township_id,
        generation=sheet.generation,
        kind=kind,
        code=code,
        text=text,
        details=dict(details),
        by=by.number,
        at=at,
    )
    sheet.notes.append(written)
    return written


def record(
    act: Act, sheet: CountSheet, *, what: str, data: Mapping[str, Any], under: Permission
) -> None:
    """The audit entry of an act on one sheet.

    election tells rounds of the same code in two elections of one township apart.
    """
    whole = {
        "election": sheet.round.district.congress.election_id,
        "round": sheet.round.code,
        "place": sheet.place.code,
        **data,
    }
    act.record(under=under, what=what, subject=subject_of(sheet), data=whole)
