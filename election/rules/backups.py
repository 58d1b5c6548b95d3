"""Backups: which are kept, when one is old, why one is refused."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from election.rules.terms import Text, declare_code

LEAST_PASSPHRASE = 12
# ten seconds less than the minute that is promised: a look every five, and a process has to start
EVERY_COUNTING, EVERY_OTHERWISE = timedelta(seconds=50), timedelta(hours=1)
OLD_COUNTING, OLD_OTHERWISE = timedelta(minutes=3), timedelta(hours=26)
_NEWEST, _HOURS, _DAYS = 10, 24, 30

DAMAGED = declare_code(
    "R.921",
    rule="D8",
    zh="备份已损坏、不完整，或者不是本程序的备份：{place}",
    en="the backup is damaged, incomplete or not one of this program: {place}",
    remedy_zh="请用另一份备份；这一份没有写入任何内容",
    remedy_en="take another backup; nothing was written from this one",
)
WRONG_PASSPHRASE = declare_code(
    "R.922",
    rule="D10",
    zh="口令打不开这份备份",
    en="the passphrase does not open this backup",
    remedy_zh="请核对口令（区分大小写和空格）；备份是用制作时的口令加密的",
    remedy_en="check it, capitals and spaces count; a backup opens with the passphrase of its time",
)
NOT_WHOLE = declare_code(
    "R.923",
    rule="D8",
    zh="备份中的数据库没有通过核对：{place}",
    en="the database in the backup did not pass its check: {place}",
    remedy_zh="请用更早的备份，并查明原因",
    remedy_en="take an earlier backup, and find out why",
)
CODE_MISSING = declare_code(
    "R.924",
    rule="D8",
    zh="纸上的校验码不在这份备份中：{record}；备份止于第{last}条记录（{at}）",
    en="the code on paper is not in this backup: {record}; it ends with record {last} ({at})",
    remedy_zh="请用更新的备份；确实没有的，加 --older 写明原因，恢复后补录",
    remedy_en="take a newer backup; if there is none, say why with --older, and enter again what "
    "is missing",
)
NEWER_PROGRAM = declare_code(
    "R.925",
    rule="D8",
    zh="备份由更新版本的选办制作（数据库版本{revision}）",
    en="a newer Xuanban made this backup (database revision {revision})",
    remedy_zh="请先换成新版程序",
    remedy_en="install the newer program first",
)
SHORT_PASSPHRASE = declare_code(
    "R.926",
    rule="D10",
    zh="备份口令至少{least}个字符，不能只重复几个字符",
    en="a backup passphrase has at least {least} characters and is not a few repeated ones",
    remedy_zh="用一句别人猜不到的话，写在纸上锁好：丢了口令，备份就打不开",
    remedy_en="use a sentence nobody guesses, on paper in a safe: without it no backup opens",
)
COUNTING_OPEN = declare_code(
    "R.927",
    rule="D7",
    zh="正在计票（{election}），此时不升级数据库",
    en="a count is open ({election}): the database is not upgraded now",
    remedy_zh="请用原来的程序完成计票和认定，再升级",
    remedy_en="finish counting and certifying with the program you have, then upgrade",
)
NO_FOLDER = declare_code(
    "R.928",
    rule="D8",
    zh="备份文件夹“{folder}”不能使用：{reason}",
    en='the backup folder "{folder}" cannot be used: {reason}',
    remedy_zh="请插好移动盘，写存在的文件夹的完整路径；两处要不同",
    remedy_en="plug the disk in and write the full path of a folder that exists; the two differ",
)
NO_FULL_PATH = Text(
    "不是完整路径，例如 /media/usb、E:\\backup", r"no full path, such as /media/usb, E:\backup"
)
NOT_THERE = Text("不存在", "not there")
NAMED_TWICE = Text("两处相同", "named twice")
NO_PASSPHRASE = declare_code(
    "R.929",
    rule="D10",
    zh="还没有设置备份口令",
    en="no backup passphrase is set yet",
    remedy_zh="请先设置口令",
    remedy_en="set the passphrase first",
)
OTHER_PASSPHRASE = declare_code(
    "R.930",
    rule="D10",
    zh="口令与设置的备份口令不同",
    en="this is not the backup passphrase that was set",
    remedy_zh="要换口令：在“备份”页设置新口令；旧备份仍用旧口令打开",
    remedy_en='to change it, set a new one on the page "Backups"; older backups keep the old one',
)


def is_old(age: timedelta | None, *, counting: bool) -> bool:
    """Whether the last good backup is older than it may be; None: there is none."""
    return age is None or age > (OLD_COUNTING if counting else OLD_OTHERWISE)


def is_due(age: timedelta | None, *, counting: bool) -> bool:
    """Whether it is time for the next one; age: since the last attempt began."""
    return age is None or age >= (EVERY_COUNTING if counting else EVERY_OTHERWISE)


def superfluous(made: Collection[datetime]) -> set[datetime]:
    """Which backups may go: not the newest ten, nor the last of each of 24 hours and 30 days.

    made: moments by the township's clock, whose hours and days are meant.
    """
    newest_first = sorted(made, reverse=True)
    by_hour = _last_of_each(newest_first, "%Y-%m-%d %H")
    by_day = _last_of_each(newest_first, "%Y-%m-%d")
    return set(made) - {*newest_first[:_NEWEST], *by_hour[:_HOURS], *by_day[:_DAYS]}


def _last_of_each(newest_first: Iterable[datetime], unit: str) -> list[datetime]:
    """The newest moment of each hour or day; newest first."""
    last: dict[str, datetime] = {}
    for moment in newest_first:
        last.setdefault(moment.strftime(unit), moment)
    return list(last.values())
