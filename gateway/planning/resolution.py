"""What resolving decides: for the wants at one object, what is taken where, and by which ways others are asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.planning.standing import Standing, Way
from gateway.planning.wants import Want
from gateway.supergraph.model import FieldSet


@dataclass(frozen=True, slots=True)
class Taken:
    """A want that the source at hand answers; `inner` is for the objects that it leads to.

    `inputs`: what its `@requires` names, where the source has it at hand too: a `@provides` on the way says so.
    """

    want: Want
    inner: "Resolution | None"
    inputs: "Resolution | None" = None


@dataclass(frozen=True, slots=True)
class Hop:
    """Asking another source (or the same one again, with inputs) for the same object.

    `types`: the concrete types it is for. `inputs`: how the key and what `@requires` names is had, at the same
    object. `fallbacks`: further keys, for objects that have null in the first. `inner`: what is taken there.
    """

    way: Way
    types: frozenset[str]
    key: FieldSet
    requires: FieldSet
    inputs: "Resolution"
    inner: "Resolution"
    fallbacks: tuple[tuple[FieldSet, "Resolution"], ...] = ()

    @property
    def identity(self) -> tuple[str, str | None, int]:
        """Hops of one object that are the same here can be one fetch."""
        return self.way.source, self.way.entity, self.inputs.depth


@dataclass(frozen=True, slots=True)
class Resolution:
    """How the wants at one object are resolved; `residue` is what cannot be had from there.

    `depth`: dependent fetches, one after the other. `asked`: the hops of this very object, inputs' included.
    `below`: fetches at the objects that it leads to. `size`: selections.
    """

    at: Standing
    taken: tuple[Taken, ...]
    hops: tuple[Hop, ...]
    residue: tuple[Want, ...]
    depth: int
    asked: frozenset[tuple[str, str | None, int]]
    below: int
    size: int

    @property
    def cost(self) -> tuple[int, int, int]:
        """What is compared, least first: depth, fetches, selections."""
        return self.depth, len(self.asked) + self.below, self.size


def resolution(
    at: Standing, taken: Iterable[Taken], hops: Iterable[Hop] = (), residue: Iterable[Want] = ()
) -> Resolution:
    """Sum up what was decided for one object."""
    taken, hops = tuple(taken), tuple(hops)
    inner = [one for item in taken for one in (item.inner, item.inputs) if one is not None]
    asked = frozenset[tuple[str, str | None, int]]().union(
        *({hop.identity} | hop.inputs.asked | hop.inner.asked for hop in hops)
    )
    return Resolution(
        at=at,
        taken=taken,
        hops=hops,
        residue=tuple(residue),
        depth=max(
            [one.depth for one in inner] + [1 + hop.inputs.depth + hop.inner.depth for hop in hops], default=0
        ),
        asked=asked,
        below=sum(len(one.asked) + one.below for one in inner)
        + sum(hop.inner.below + hop.inputs.below for hop in hops),
        size=len(taken)
        + sum(one.size for one in inner)
        + sum(hop.inner.size + hop.inputs.size for hop in hops),
    )
