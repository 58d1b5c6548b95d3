"""Canonical JSON and digests: the same values give the same bytes everywhere.

Canonical: keys sorted, no spaces, UTF-8, no floats (a float would differ between programs).
"""

import hashlib
import json

ZEROS = "0" * 64


def canonical(document: object) -> bytes:
    """The one byte string of a JSON document."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256(document: object) -> str:
    """SHA-256 of the canonical document, 64 hex digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def anchor(digest: str) -> str:
    """The first 32 hex digits in eight groups of four, as printed on paper."""
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))
