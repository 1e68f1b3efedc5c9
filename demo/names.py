"""Names for invented people: surnames, the commonest first, given names by the sex they suit."""

from random import Random
from typing import Final

_SURNAMES: Final = "陈王张李徐周林胡吴朱杨黄刘赵沈叶郑孙何毛史俞邵应虞邬蒋方金谢戴余傅裘励竺"
_WEIGHTS: Final = range(len(_SURNAMES), 0, -1)
_MALE: Final = "伟强军杰磊涛明超勇斌鹏辉波刚浩宇航晨轩俊峰建国志文毅博翔帆睿"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀英玲燕萍红梅雪琳佳怡颖欣悦婷洁慧莹璐瑶薇倩"
_EITHER: Final = "海宁江平安晓嘉子雨天书清远思文"


def draw_surname(random: Random) -> str:
    """A surname of one character, the common ones more often."""
    return random.choices(_SURNAMES, _WEIGHTS)[0]


def draw_given_name(random: Random, sex: str) -> str:
    """A given name of one or two characters that suits `sex` (`MALE`, `FEMALE`)."""
    last = random.choice(_MALE if sex == "MALE" else _FEMALE)
    return last if random.random() < 0.3 else random.choice(_EITHER) + last
