"""The signature under a count sheet, and the director's recorded act that opens it again."""

from collections.abc import Mapping
from datetime import datetime

from election.actions.act import Act
from election.actions.counting.sheets import (
    digest_of,
    facts,
    note,
    record,
    require_counting,
    unsettle,
)
from election.models import CountSheet, NoteKind, SheetNote
from election.queries.counting import is_certified, open_findings
from election.rules.access import Actor, Permission
from election.rules.counting import SheetMove, next_state
from election.rules.counting.entry import finding_key
from election.rules.results.codes import REOPENED_TOO_LATE
from election.rules.terms import Finding, RuleViolation, Severity

_KIND = {Severity.WARNING: NoteKind.EXPLANATION, Severity.ALERT: NoteKind.DECISION}


def sign(act: Act, sheet: CountSheet, *, digest: str, answers: Mapping[str, str]) -> None:
    """Sign the figures seen; the sheet must be `locked`.

    digest: of the page signed, refused when the figures are other ones by now (R.385); answers:
    finding_key -> the explanation of a warning, the written decision on an alert.
    Raises R.378-R.386.
    """
    require_counting(sheet)
    notes = _answer(sheet, answers, by=act.by, at=act.at)
    findings = open_findings(sheet)
    state = next_state(
        sheet.state,
        SheetMove.SIGN,
        facts(
            act.session,
            sheet,
            act.by,
            digest_seen=digest,
            digest_now=digest_of(sheet, sheet.figures or {}),
            errors=sum(finding.severity is Severity.ERROR for finding, _ in findings),
            alerts_undecided=_unanswered(findings, Severity.ALERT),
            warnings_unexplained=_unanswered(findings, Severity.WARNING),
        ),
    )
    if notes:  # their words have their own entry: the one of the signature commits to figures only
        words = {"notes": [_words(row) for row in notes]}
        record(act, sheet, what="count.note", data=words, under=Permission.SIGN_COUNT)
    sheet.state, sheet.signed_by, sheet.signed_at = state, act.by.number, act.at
    data = {"stage": "signed", "sheet": dict(sheet.figures or {})}
    record(act, sheet, what="count.sign", data=data, under=Permission.SIGN_COUNT)


def _words(row: SheetNote) -> dict[str, object]:
    return {"kind": row.kind.value, "code": row.code, "text": row.text, **row.details}


def reopen(act: Act, sheet: CountSheet, *, reason: str) -> None:
    """The director opens a new version; the signed one stays on file. Raises R.387-R.389, R.621."""
    require_counting(sheet)
    if is_certified(act.session, sheet.round_id):
        raise RuleViolation(REOPENED_TOO_LATE)
    sheet.state = next_state(
        sheet.state, SheetMove.REOPEN, facts(act.session, sheet, act.by, reason=reason)
    )
    details = {
        "figures": sheet.figures,
        "digest": sheet.digest,
        "signed_by": sheet.signed_by,
        "signed_at": sheet.signed_at.isoformat() if sheet.signed_at else None,
    }
    note(sheet, NoteKind.REOPENED, details, text=reason.strip(), by=act.by, at=act.at)
    sheet.signed_by = sheet.signed_at = None
    unsettle(sheet)
    act.session.flush()
    data = {"reason": reason.strip(), "generation": sheet.generation, "digest": details["digest"]}
    record(act, sheet, what="count.reopen", data=data, under=Permission.REOPEN_COUNT)


def _unanswered(findings: list[tuple[Finding, SheetNote | None]], severity: Severity) -> int:
    return sum(finding.severity is severity and answer is None for finding, answer in findings)


def _answer(
    sheet: CountSheet, answers: Mapping[str, str], *, by: Actor, at: datetime
) -> list[SheetNote]:
    """A note for every open finding that was answered with words."""
    notes = []
    for finding, answered in open_findings(sheet):
        text = answers.get(finding_key(finding), "").strip()
        if text and answered is None and finding.severity in _KIND:
            details = {"fields": list(finding.fields), "cause": finding.cause.to_json()}
            kind = _KIND[finding.severity]
            notes.append(note(sheet, kind, details, code=finding.code.id, text=text, by=by, at=at))
    return notes
