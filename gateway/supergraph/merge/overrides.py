"""`@override`: which fields have moved away from which source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.supergraph.merge.field_uses import Coordinate, FieldUses
from gateway.supergraph.merge.sources import FieldOverSources, Sources
from gateway.supergraph.model import Kind


@dataclass(frozen=True, slots=True)
class Moved:
    """The sources that a field has moved away from. `still_used`: those that name it in their field sets.

    `labels`: where it moves for some requests alone, by label, the label of both sources of the move.
    """

    away_from: frozenset[str] = frozenset()
    still_used: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overrides:
    """The moves of all fields; a field that nobody overrides is not in it. `uses`: by source."""

    uses: Mapping[str, FieldUses] = field(default_factory=dict)
    moved: Mapping[Coordinate, Moved] = field(default_factory=dict)

    def of(self, type_name: str, field_name: str) -> Moved:
        """Where a field has moved away from."""
        return self.moved.get((type_name, field_name), _NOWHERE)


_NOWHERE = Moved()


def find_overrides(sources: Sources) -> Overrides:
    """Every `@override` that holds: those that break a rule leave the field where it is."""
    uses = {name: FieldUses(schema) for name, schema in sources.schemas.items()}
    moved = {}
    for over in sources.fields(Kind.OBJECT):
        away = frozenset(said.override.source for said in over.said.values() if said.override)
        away &= {name for name in over.said if may_move(over, name)}
        labels = _labels(over)
        if away or labels:
            used = frozenset(name for name in away if uses[name].needed((over.type_name, over.name)))
            moved[(over.type_name, over.name)] = Moved(away, used, labels)
    return Overrides(uses, moved)


def _labels(over: FieldOverSources) -> Mapping[str, str]:
    """The labels of moves: one that moves the field away from no source that has it says nothing."""
    labels = {}
    for name, said in over.said.items():
        if said.override and said.override.label and said.override.source in over.said:
            labels[name] = labels[said.override.source] = said.override.label
    return labels


def may_move(over: FieldOverSources, source: str) -> bool:
    """True when the field can be overridden away from a source (Apollo Federation, `@override`)."""
    said = over.said[source]
    return not (said.external or said.override or said.requires or said.provides)
