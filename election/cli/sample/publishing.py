"""The sample's publications: both congresses, after the election is closed."""

from election.cli.sample.moments import now
from election.database import db, transaction
from election.exchange import publication
from election.models import Election
from election.rules.access import Actor


def publish(election_id: int, *, by: Actor) -> None:
    """Draw the packages, then publish both in one act."""
    session = db.session()
    at = now()
    drafts = [
        publication.draft(session, congress, reason="", at=at)
        for congress in session.get_one(Election, election_id).congresses
    ]
    with transaction() as writing:
        publication.publish(writing, drafts, by=by, at=now())
