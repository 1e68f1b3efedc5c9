"""What lies above an object: from the nearest object that sets a context, fields below take values."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.supergraph.reach.spots import Spot


@dataclass(frozen=True, slots=True)
class Above:
    """Per context, the spots at which the nearest object was met that sets it."""

    setters: tuple[tuple[str, tuple[Spot, ...]], ...] = ()

    def of(self, context: str) -> tuple[Spot, ...]:
        """The spots of the object from which values of a context are taken; none where nothing above sets it."""
        return next((spots for name, spots in self.setters if name == context), ())

    def below(self, contexts: Iterable[str], spots: tuple[Spot, ...]) -> "Above":
        """What lies above the objects below one that was met at `spots` and sets `contexts`."""
        set_here = dict.fromkeys(contexts, spots)
        if not set_here:
            return self
        return Above(tuple(sorted((dict(self.setters) | set_here).items(), key=lambda setter: setter[0])))


NOTHING = Above()
