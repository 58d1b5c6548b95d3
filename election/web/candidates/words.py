"""Words of this stage as people read them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from election.actions.candidates.reduction import Way
from election.actions.candidates.signatures import SignerVerdict
from election.queries.candidates.lists import NextAct, Which
from election.rules.candidates.standing import ExitReason

STAGE_WORDS: dict[StrEnum, str] = {
    Which.FIRST: _l("First list"),
    Which.FORMAL: _l("Formal list"),
    NextAct.NOMINATE: _l("more nominations"),
    NextAct.EXAMINE: _l("examine the nominations"),
    NextAct.PUBLISH_FIRST: _l("ready for the first list"),
    NextAct.FIX_FORMAL: _l("fix the formal candidates"),
    NextAct.PUBLISH_FORMAL: _l("ready for the formal list"),
    NextAct.DONE: _l("formal list published"),
    Way.ALL: _l("No reduction needed: all stand"),
    Way.CONSULTATION: _l("Consultation of the voter groups"),
    Way.PRIMARY: _l("Primary by secret ballot"),
    SignerVerdict.COUNTS: _l("on the roll of this district"),
    SignerVerdict.NOT_ON_ROLL: _l("not on the roll"),
    SignerVerdict.OTHER_DISTRICT: _l("registered in another district"),
    ExitReason.WITHDRAWN: _l("withdrawn by the nominators or the nominee"),
    ExitReason.NO_VOTING_RIGHT: _l("no right to vote"),
    ExitReason.FOREIGN_FUNDING: _l("election funding from abroad"),
    ExitReason.REDUCTION: _l("reduced by consultation or primary"),
    ExitReason.NEGATIVE_REVIEW: _l("negative joint review"),
    ExitReason.OTHER: _l("another reason"),
}
# what the audit chain calls an act -> what the history of a person says
ACTS: dict[str, str] = {
    "nominations.receive": _l("nomination registered"),
    "nominations.amend": _l("papers corrected"),
    "nominations.judge_signature": _l("signature looked up on the roll"),
    "nominations.accept": _l("nomination accepted"),
    "nominations.send_back": _l("sent back to be completed"),
    "nominations.withdraw": _l("nomination withdrawn"),
    "candidates.change_person": _l("particulars corrected"),
    "candidates.review": _l("opinion of the joint review"),
    "candidates.leave": _l("taken off the list"),
    "candidates.deactivate": _l("marked inactive"),
    "candidates.reinstate": _l("mark “inactive” taken back"),
}


def stage_word(member: StrEnum) -> str:
    """The name of a member of one of this stage's own enums."""
    return str(STAGE_WORDS[member])


def stage_choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """The members for a select field or radio buttons."""
    return [SelectChoice(value=member.value, label=stage_word(member)) for member in kind]


def act_word(what: str) -> str:
    """What an act of the chain is called in a history."""
    return str(ACTS.get(what, what))
