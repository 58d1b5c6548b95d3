"""Kinds of notes on a count sheet."""

from enum import StrEnum


class NoteKind(StrEnum):
    """What a note on a sheet is."""

    EXPLANATION = "explanation"  # of a warning; prints in the minutes
    DECISION = "decision"  # on an alert, by somebody entitled
    RESOLUTION = "resolution"  # which entry the paper bears out
    SENT_BACK = "sent_back"
    REOPENED = "reopened"
