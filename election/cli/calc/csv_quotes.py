"""Whether the quotes of a CSV file stand where they belong, seen without reading its fields.

Python's csv module refuses quotes that cannot be understood, but makes an object of each field;
Arrow is many times faster and takes any quote for what it may be. So quotes are looked at first.
"""

import numpy as np

_QUOTE = ord('"')
_BETWEEN = np.zeros(256, dtype=bool)  # what may stand before an opening and after a closing quote
_BETWEEN[[ord(","), ord("\n"), ord("\r"), _QUOTE]] = True
_BLOCK = 1 << 17  # stays in the processor's cache


def well_quoted(content: bytes) -> bool:
    """Whether each quote opens a field at its begin, closes it at its end, or is a doubled one.

    Quotes open and close in turn; a doubled one closes and opens at once. False too for a quote
    inside a field that does not begin with one: it is no fault, but not for this simple reading.
    """
    inside = False
    for begin in range(0, len(content) if b'"' in content else 0, _BLOCK):
        # with the letter before and the one after; a line ends around the file
        before = content[begin - 1 : begin] or b"\n"
        after = content[begin + _BLOCK : begin + _BLOCK + 1] or b"\n"
        piece = before + content[begin : begin + _BLOCK] + after
        letters = np.frombuffer(piece, dtype=np.uint8)
        quotes = letters[1:-1] == _QUOTE
        opened = np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(bool) ^ inside
        misplaced = quotes & opened & ~_BETWEEN[letters[:-2]]
        misplaced |= quotes & ~opened & ~_BETWEEN[letters[2:]]
        if misplaced.any():
            return False
        inside = bool(opened[-1])
    return not inside
