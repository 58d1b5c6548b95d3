"""The Chinese catalogue is complete, nothing is obsolete, and placeholders agree."""

import re
from collections import defaultdict
from pathlib import Path

from babel.messages.extract import extract_from_dir

from election.settings import ROOT
from election.translations import merged, parts, read
from tests.architecture.test_stages import STAGES

_METHODS = [("election/**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
_PLACE = re.compile(r"%\(\w+\)[sd]")


def _used() -> set[str]:
    found = extract_from_dir(str(ROOT), _METHODS, keywords=_KEYWORDS)
    return {_singular(message) for _file, _line, message, _comments, _context in found if message}


def _singular(message: str | tuple[str, ...]) -> str:
    """What a catalogue finds a sentence by, one with a plural as well."""
    return message if isinstance(message, str) else message[0]


def test_every_message_has_a_chinese_sentence() -> None:
    catalogue = merged()
    assert sorted(m for m in _used() if not (catalogue.get(m) and catalogue.get(m).string)) == []


def test_no_translation_is_obsolete() -> None:
    used = _used()
    assert sorted(str(m.id) for m in merged() if m.id and _singular(m.id) not in used) == []


def _same_places(sentence: str | tuple[str, ...], chinese: str | tuple[str, ...]) -> bool:
    """The plural says every place; a singular may leave its own number out."""
    plural = sentence if isinstance(sentence, str) else sentence[-1]
    said = chinese if isinstance(chinese, str) else chinese[0]
    return sorted(_PLACE.findall(plural)) == sorted(_PLACE.findall(said))


def test_both_languages_have_the_same_places() -> None:
    wrong = [m.id for m in merged() if m.id and not _same_places(m.id, m.string)]
    assert wrong == []


def _room(path: str) -> str:
    """The part that holds the sentences of a module or template."""
    words = Path(path).with_suffix("").parts
    stage = next((word for word in words[1:] if word in STAGES), None)
    if stage:
        return stage
    return next(
        (room for room in ("jobs", "accounts", "backups") if words[-1] == room or room in words),
        "base",
    )


def test_a_sentence_stands_in_the_part_of_its_stage_or_in_base_when_several_say_it() -> None:
    rooms = defaultdict(set)
    for path, _line, message, _comments, _context in extract_from_dir(
        str(ROOT), _METHODS, keywords=_KEYWORDS
    ):
        rooms[_singular(message)].add(_room(path))
    lies = {message.id: part.stem for part in parts() for message in read(part) if message.id}
    wrong = {
        _singular(sentence): (part, said_in)
        for sentence, part in lies.items()
        if (said_in := rooms[_singular(sentence)])
        and part != (next(iter(said_in)) if len(said_in) == 1 else "base")
    }
    assert wrong == {}


def test_no_part_is_fuzzy() -> None:
    assert [p.name for p in parts() if "fuzzy" in p.read_text(encoding="utf-8")] == []
