"""Words of this stage as people read them."""

from flask_babel import lazy_gettext as _l

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


def act_word(what: str) -> str:
    """What an act of the chain is called in a history."""
    return str(ACTS.get(what, what))
