"""Keys of an answer: a field's own, unless GraphQL could not merge it with what stands under that key already.

The rule is the GraphQL specification's section 5.3.2, Field Selection Merging: fields of different object types may
differ under one key as long as what they answer has the same shape, all the way down; others must be the same field.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer looks like under a key. `wrapping`: its lists and non-nulls, as text; `leaf`: its scalar or
    enum; None for an object, whose keys are `inside`: a key may be there several times, for several types."""

    wrapping: str
    leaf: str | None
    inside: tuple[tuple[str, "Shape"], ...] = ()

    def merges(self, other: "Shape") -> bool:
        """Whether both may stand under one key (`SameResponseShape`)."""
        if (self.wrapping, self.leaf) != (other.wrapping, other.leaf):
            return False
        theirs: dict[str, list[Shape]] = {}
        for key, shape in other.inside:
            theirs.setdefault(key, []).append(shape)
        return all(shape.merges(one) for key, shape in self.inside for one in theirs.get(key, ()))


@dataclass(frozen=True, slots=True)
class Claim:
    """A field that wants a key. `meaning`: equal for fields that are the same throughout.

    `apart`: the object types in whose fragments alone it stands, so that it cannot meet the fields of others; None
    where its fragment is an interface's, or it has none.
    """

    meaning: tuple[object, ...]
    shape: Shape
    apart: frozenset[str] | None

    def merges(self, other: "Claim") -> bool:
        """Whether both may stand under one key."""
        if self.meaning == other.meaning:
            return True
        if self.apart is None or other.apart is None or self.apart & other.apart:
            return False
        return self.shape.merges(other.shape)


@dataclass(slots=True)
class Aliases:
    """Gives the fields of one selection set their keys. `reserved`: keys that stand for something else."""

    reserved: frozenset[str]
    _claims: dict[str, list[Claim]] = field(default_factory=dict)

    def give(self, wanted: str, claim: Claim) -> str:
        """The key that is wanted, or that and a number."""
        key, number = wanted, 1
        while key in self.reserved or not all(claim.merges(one) for one in self._claims.get(key, ())):
            number += 1
            key = f"{wanted}_{number}"
        known = self._claims.setdefault(key, [])
        if claim not in known:
            known.append(claim)
        return key
