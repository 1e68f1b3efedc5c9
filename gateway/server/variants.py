"""Fields that move by degrees: which labels are active for a request, and the supergraph as it is then."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Final

from gateway.constraints import Needs
from gateway.planning import Atlas
from gateway.supergraph.model import FieldSet, Kind, Supergraph
from gateway.supergraph.progressive import NO_LABEL, moving_fields, percentage, while_active

UNDRAWN: Final = 100.0
"""A draw for which no percentage is active but those that are stated."""

_KEPT: Final = 32
"""Variants that are kept: of more percentages than that at a time, those used last."""


class Variants:
    """The supergraph for each set of labels that can be active.

    A request draws once, from 0 up to 100; a percentage is active when the draw is below it. So of any number of
    percentages one is active when all higher ones are, and k of them make k + 1 variants. Other labels are active
    when they are `stated`, for all requests; so is a percentage that is stated.
    """

    def __init__(self, supergraph: Supergraph, stated: frozenset[str] = NO_LABEL) -> None:
        self._labels_at = {
            (type_name, name): frozenset(move.label for move in field.moves)
            for type_name, name, field in moving_fields(supergraph)
        }
        labels = NO_LABEL.union(*self._labels_at.values())
        self._everywhere = _met_everywhere(supergraph, self._labels_at) if labels else NO_LABEL
        self._stated = stated & labels
        self._shares = [(share, one) for one in labels - stated if (share := percentage(one)) is not None]
        self._variant = lru_cache(_KEPT)(lambda active: Atlas(while_active(supergraph, active)))

    def active(self, draw: float) -> frozenset[str]:
        """The labels that are active for a request that drew a number."""
        return self._stated.union(label for share, label in self._shares if draw < share)

    def atlas(self, active: frozenset[str]) -> Atlas:
        """The supergraph while labels are active, and what planning knows of it; made when it is first asked for."""
        return self._variant(active)

    def met(self, needs: Needs, guard_fields: Collection[str]) -> frozenset[str]:
        """The labels on which the plan of an operation can depend: plans are the same whichever others are active.

        A plan asks for the operation's own fields, and for those that keys, requirements and guards name.
        """
        if not self._labels_at:
            return NO_LABEL
        fields = (self._labels_at.keys() & needs.fields) | (self._labels_at.keys() & needs.roots)
        fields |= {field for field in self._labels_at if field[1] in guard_fields}
        return self._everywhere.union(*(self._labels_at[field] for field in fields))


def _met_everywhere(
    supergraph: Supergraph, labels_at: Mapping[tuple[str, str], frozenset[str]]
) -> frozenset[str]:
    """The labels of fields that any operation may need: inputs by their names, and fields of interface objects."""
    inputs = frozenset(_names_in_field_sets(supergraph))
    return NO_LABEL.union(
        *(
            labels
            for (type_name, name), labels in labels_at.items()
            if name in inputs or supergraph.types[type_name].kind is not Kind.OBJECT
        )
    )


def _names_in_field_sets(supergraph: Supergraph) -> Iterator[str]:
    """The names of all fields that plans may ask for beside the operation's own."""
    for known in supergraph.types.values():
        for keys in known.keys.values():
            for key in keys:
                yield from _names(key)
        for field in known.fields.values():
            for said in field.sources.values():
                yield from _names(said.requires)


def _names(fields: FieldSet) -> Iterator[str]:
    for part in fields:
        yield part.name
        yield from _names(part.children)
