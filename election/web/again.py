"""What an act raises inside its transaction when the form must be shown again.

Faults that depend on what is stored are found inside the act: so nothing can change between check
and write, and a repeated operation is answered as the first was before anything is checked anew.
"""


class FillAgain(Exception):
    """The form does not fit what is stored now; its fields say why, nothing was stored."""
