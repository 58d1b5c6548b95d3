"""What the pages of the stage share: rows of adopted districts, and who may see personal data."""

from flask import abort

from election.database import db
from election.models import Candidacy, District, Election, Nomination
from election.queries.candidates.nominations import is_adopted
from election.queries.results.districts import may_stand_next
from election.rules.access import Permission
from election.rules.candidates.codes.nominations import (
    NOT_ON_ROLL,
    OTHER_DISTRICT_SIGNER,
    SIGNED_TOO_MANY,
    SIGNED_TWICE,
)
from election.rules.elections.phases import OPEN_IN
from election.rules.terms import Finding
from election.web.access import actor
from election.web.operations import get_or_404

NAMING_SIGNERS = (SIGNED_TWICE, OTHER_DISTRICT_SIGNER, SIGNED_TOO_MANY, NOT_ON_ROLL)


def district_or_404(district_id: int) -> District:
    """A district of the adopted plan; people are nominated nowhere else."""
    district = get_or_404(District, district_id)
    if not is_adopted(district):
        abort(404)
    return district


def nomination_or_404(nomination_id: int) -> Nomination:
    """A nomination of one's own township."""
    return get_or_404(Nomination, nomination_id)


def candidacy_or_404(candidacy_id: int) -> Candidacy:
    """A candidacy of one's own township."""
    return get_or_404(Candidacy, candidacy_id)


def sees_personal_data() -> bool:
    """Whether signers, masked identity numbers and opinions are this official's business."""
    who = actor()
    rights = (Permission.NOMINATE, Permission.REVIEW, Permission.FIX_LISTS)
    return any(who.may(right) for right in rights)


def without_signers(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings that name no signer."""
    return [finding for finding in findings if finding.code not in NAMING_SIGNERS]


def may_fall(candidacy: Candidacy) -> bool:
    """Whether somebody on the formal list may be marked now as no longer standing."""
    open_now = candidacy.district.congress.election.phase in OPEN_IN["fallen_candidates"]
    return open_now or may_stand_next(db.session(), candidacy)


def is_open(election: Election) -> bool:
    """Whether nominations and candidates may be changed now."""
    return election.phase in OPEN_IN["candidates"]
