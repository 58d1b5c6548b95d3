"""The sample's publications: both congresses, after the election is closed."""

from election.actions.act import Act
from election.cli.sample.moments import now
from election.database import db, transaction
from election.exchange.publication import publishing
from election.models import Election
from election.rules.access import Actor


def publish(election_id: int, *, by: Actor) -> None:
    """Draw the packages, then publish both in one act."""
    session = db.session()
    at = now()
    drafts = [
        publishing.draft(session, congress, reason="", at=at)
        for congress in session.get_one(Election, election_id).congresses
    ]
    with transaction() as writing:
        publishing.publish(Act(writing, by, now()), drafts)
