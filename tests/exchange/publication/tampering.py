"""Ways to change the files of a package: a text, a document, lines, the records of the chain."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from election.exchange.publication.verifier.verify import digest

Files = dict[str, bytes]


def replaced(name: str, old: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        text = files[name].decode()
        assert old in text, old
        files[name] = text.replace(old, new, 1).encode()

    return change


def edited(name: str, edit: Callable[[Any], None]) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        document = json.loads(files[name])
        edit(document)
        files[name] = json.dumps(document, ensure_ascii=False).encode()

    return change


def without_lines(name: str, start: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        lines = files[name].decode().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        files[name] = "".join(kept).encode()

    return change


def records(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records of the chain; links and hashes stay as they were."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()

    return change


def rehashed(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records and make the whole chain consistent again, with its new head."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        prev = "0" * 64
        for number, record in enumerate(chain, start=1):
            record.update(seq=number, prev=prev)
            if "data" in record:
                record["digest"] = digest(record["data"])
            record["hash"] = digest({k: v for k, v in record.items() if k not in ("data", "hash")})
            prev = record["hash"]
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()
        edited("results.json", lambda doc: doc.update(audit_head=prev))(files)

    return change


def each_change(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Change one part of a JSON value in place, say where, put it back; and so every part.

    A leaf becomes another of its kind, then it is missing; a list or object is emptied.
    """
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if isinstance(value, dict | list):
            yield from each_change(value, (*path, key))
        node[key] = _another(value)
        yield (*path, key)
        node[key] = value
        before = node.copy()
        del node[key]
        yield (*path, key)
        node.clear()
        node.update(before) if isinstance(node, dict) else node.extend(before)


def _another(value: object) -> object:
    """A value of the same kind that is not this one."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        case dict() | list():
            return type(value)() if value else [0]
        case _:
            return 0
