"""Good passwords and accounts, how long guessing waits, when a township may still be named."""

from datetime import timedelta

from election.rules.terms import Finding, declare_code, finding

MIN_LENGTH = 12
UNNAMED = "000000000"  # the code of a township that its administrator has not named yet
_COMMON = frozenset({"password", "qwerty", "123456", "abc123", "111111", "admin", "woaini"})

TOO_SHORT = declare_code(
    "E.901",
    rule="D13",
    zh="密码只有{length}位",
    en="the password has only {length} characters",
    remedy_zh="至少{least}位",
    remedy_en="use at least {least}",
)
TOO_COMMON = declare_code(
    "E.902",
    rule="D13",
    zh="密码太常见或重复太多，容易被猜中",
    en="the password is easy to guess",
    remedy_zh="换一组不常见的词或一句话，不要用姓名、用户名或地名",
    remedy_en="use a few uncommon words or a sentence, no names or places",
)
TAKEN = declare_code(
    "R.903",
    rule="D13",
    zh="用户名“{username}”已被使用",
    en='the user name "{username}" is taken',
    remedy_zh="请换一个用户名",
    remedy_en="choose another",
)
SAME_PERSON = declare_code(
    "R.904",
    rule="D13",
    zh="已有名为“{name}”的人员（编号{number}）；一人只能有一个账户",
    en='there is already an official named "{name}" (number {number}); one person, one account',
    remedy_zh="如确为同名的另一人，请勾选“同名不同人”",
    remedy_en="if it is a namesake, tick the box and try again",
)
WRONG_PASSWORD = declare_code(
    "R.905",
    rule="D13",
    zh="原密码不正确",
    en="the current password is not right",
    remedy_zh="请重新输入；忘记密码请管理员重置",
    remedy_en="try again, or let the administrator reset it",
)
NO_ROLE = declare_code(
    "R.906",
    rule="D13",
    zh="没有选择职责",
    en="no role was chosen",
    remedy_zh="至少选择一项职责",
    remedy_en="choose at least one",
)
LAST_ADMINISTRATOR = declare_code(
    "R.907",
    rule="D13",
    zh="这是最后一名管理员，不能停用或取消其职责",
    en="this is the last administrator",
    remedy_zh="请先另设一名管理员",
    remedy_en="make somebody else administrator first",
)
ALREADY_PUBLISHED = declare_code(
    "R.908",
    rule="D11",
    zh="已有公布的选举结果，乡镇名称、代码和所属县不能再改",
    en="results are published under this name: township, code and county are not changed any more",
    remedy_zh="行政区划名称变更的，换届后用新的数据文件夹办理",
    remedy_en="after a change of name begin the next election in a new data folder",
)
OTHER_TOWNSHIP = declare_code(
    "R.909",
    rule="D10",
    zh="代码{number}已用于另一个乡镇",
    en="code {number} is that of another township here",
    remedy_zh="请核对统计用区划代码",
    remedy_en="check the statistical code",
)

# wrong passwords before the first wait: those of an address, those of an account at desks that it
# never used, those at a desk that it did use; and how long a quiet counter is remembered
FREE_AT_ADDRESS, FREE_OF_ACCOUNT, FREE_AT_DESK = 5, 15, 5
REMEMBERED = timedelta(minutes=15)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
_TOLD_SINGLY = 5
_DOUBLINGS = 7  # 5 s doubled seven times is past ten minutes


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long the next try waits after so many wrong ones: five seconds, doubled each time."""
    beyond = failures - free
    if beyond < 0:
        return timedelta(0)
    doubled: timedelta = _FIRST_WAIT * 2 ** min(beyond, _DOUBLINGS)
    return min(doubled, _LONGEST_WAIT)


def is_told(times: int) -> bool:
    """Whether the chain tells this repetition: the first five times, then at each doubling."""
    return times <= _TOLD_SINGLY or times & (times - 1) == 0


def check_password(password: str, *, avoid: tuple[str, ...] = ()) -> list[Finding]:
    """Faults of a new password; `avoid` holds the user name, the person's name, the township."""
    findings: list[Finding] = []
    if len(password) < MIN_LENGTH:
        findings.append(finding(TOO_SHORT, "password", length=len(password), least=MIN_LENGTH))
    lowered = password.lower()
    named = any(word and word.lower() in lowered for word in avoid)
    if named or len(set(lowered)) < 5 or any(lowered.startswith(word) for word in _COMMON):
        findings.append(finding(TOO_COMMON, "password"))
    return findings
