"""Who nominates and how, where nominations and candidacies stand, what the office does next."""

from enum import StrEnum


class Sex(StrEnum):
    """As printed on the public list."""

    MALE = "male"
    FEMALE = "female"


class NominationKind(StrEnum):
    """R5.1: by parties and people's organisations, or jointly by ten or more voters."""

    ORGANISATION = "organisation"
    JOINT = "joint"


class NominationStatus(StrEnum):
    """docs/states/nomination.md."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


class CandidacyStatus(StrEnum):
    """docs/states/nomination.md."""

    PRELIMINARY = "preliminary"  # duly nominated, on the first list
    FORMAL = "formal"
    NOT_RETAINED = "not_retained"  # reduced by consultation or primary
    WITHDRAWN = "withdrawn"
    INACTIVE = "inactive"  # died or lost the right after the formal list
    WRITE_IN = "write_in"  # written in by voters, a candidate only in a later round


class Which(StrEnum):
    """One of the two lists of a congress."""

    FIRST = "first"
    FORMAL = "formal"


class NextAct(StrEnum):
    """What the office does next in a district."""

    NOMINATE = "nominate"
    EXAMINE = "examine"
    PUBLISH_FIRST = "publish_first"
    FIX_FORMAL = "fix_formal"
    PUBLISH_FORMAL = "publish_formal"
    DONE = "done"


class Way(StrEnum):
    """How the formal candidates of a district came about (R5.9)."""

    ALL = "all"  # no reduction was needed
    CONSULTATION = "consultation"
    PRIMARY = "primary"


class SignerVerdict(StrEnum):
    """What the office found when it looked a signer up on the roll."""

    COUNTS = "counts"
    NOT_ON_ROLL = "not_on_roll"
    OTHER_DISTRICT = "other_district"
