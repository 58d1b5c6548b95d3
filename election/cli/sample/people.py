"""Names for the sample's people: made up, with the hard cases real rolls have."""

from election.cli.sample.dice import Dice

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
)
_DOUBLE = ("欧阳", "司徒", "尉迟", "诸葛")
_MALE = "伟强军建国明志海平华波刚勇斌辉杰鹏浩宇涛"
_FEMALE = "芳丽敏静秀娟燕玲红霞萍兰英慧琴雪梅云洁颖"
# what real rolls hold and software breaks: rare characters, 〇, a name with a dot
HARD_NAMES = (
    ("陈𬭎", "male"),
    ("林䶮", "male"),
    ("王〇", "female"),
    ("马·哈力克", "male"),
    ("买买提·艾力", "male"),
    ("朱㛃", "female"),
)


def people(count: int, seed: str = "hepu") -> list[tuple[str, str]]:
    """(name, sex) of `count` different people; the hard names are spread among them."""
    dice = Dice(f"{seed}/people")
    sexes: dict[str, str] = {}
    while len(sexes) < count - len(HARD_NAMES):
        female = dice.below(100) < 40
        surname = dice.pick(_DOUBLE) if dice.below(40) == 0 else dice.pick(_SURNAMES)
        given_name = dice.pick(_FEMALE if female else _MALE)
        if dice.below(4):
            given_name += dice.pick(_FEMALE if female else _MALE)
        sexes.setdefault(surname + given_name, "female" if female else "male")
    mixed = list(sexes.items())
    for place, hard in enumerate(HARD_NAMES, start=1):
        mixed.insert(place * count // (len(HARD_NAMES) + 1), hard)
    return mixed
