"""What follows a round, and what makes it remarkable, in words."""

from flask_babel import lazy_gettext as _l

NEXT_WORDS: dict[str | None, str] = {
    None: _l("settled"),
    "vacant": _l("seats stay vacant"),
    "rerun_election": _l("the election is void and held again"),
    "tie_repeat_vote": _l("a repeat vote among the tied"),
    "further_election": _l("a further election for the missing seats"),
    "unresolved_tie": _l("still level: the committee decides"),
}
OPEN_WORDS: dict[str, str] = {
    "rerun_election": _l("Open the rerun election"),
    "tie_repeat_vote": _l("Open the repeat vote"),
    "further_election": _l("Open the further election"),
}
FLAG_WORDS: dict[str, str] = {
    "BASIS_SENSITIVE": _l("Another reading of “those who took part” would change the result."),
    "LAW_SILENT": _l("The law is silent on a point that decides here; the committee must decide."),
}
