"""The legal calendar as an iCalendar file (RFC 5545), one all-day event per deadline."""

from datetime import datetime, timedelta

from election.rules.citations import cite
from election.rules.elections.calendar import Calendar

_LINE_OCTETS = 75


def calendar_file(calendar: Calendar, *, title: str, at: datetime) -> bytes:
    """UTF-8 bytes with CRLF line ends; uids are stable, so a second import replaces the first."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Xuanban//calendar//ZH"]
    for item in calendar.items:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.key}-{calendar.election_day:%Y%m%d}@xuanban",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{item.limit:%Y%m%d}",
            f"DTEND;VALUE=DATE:{item.limit + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(item.name.zh + '（' + title + '）')}",
            f"DESCRIPTION:{_escape(cite(item.article).zh + ' ' + item.name.en)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_fold(line) + "\r\n" for line in lines).encode()


def _escape(text: str) -> str:
    for raw, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(raw, escaped)
    return text


def _fold(line: str) -> str:
    """At most 75 octets a line, never inside a character."""
    folded, room = "", _LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            folded, room = folded + "\r\n ", _LINE_OCTETS - 1
        folded, room = folded + character, room - size
    return folded
