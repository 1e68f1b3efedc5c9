"""The national codes for family relations (GB/T 4761), as far as the example city needs them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Relation(NamedTuple):
    """A code of GB/T 4761 and what it is called."""

    code: str
    name: str


RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "HEAD": Relation("02", "户主"),
        "HUSBAND": Relation("11", "夫"),
        "WIFE": Relation("12", "妻"),
        "SON": Relation("20", "子"),
        "DAUGHTER": Relation("30", "女"),
        "GRANDSON": Relation("41", "孙子"),
        "GRANDDAUGHTER": Relation("42", "孙女"),
        "FATHER": Relation("51", "父亲"),
        "MOTHER": Relation("52", "母亲"),
        "GRANDFATHER": Relation("61", "祖父"),
        "GRANDMOTHER": Relation("62", "祖母"),
        "ELDER_BROTHER": Relation("71", "兄"),
        "YOUNGER_BROTHER": Relation("73", "弟"),
        "ELDER_SISTER": Relation("75", "姐"),
        "YOUNGER_SISTER": Relation("77", "妹"),
    }
)
"""The code of each relation, by its name in the unified types."""
