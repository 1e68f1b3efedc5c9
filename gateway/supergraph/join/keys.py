"""Keys of a composed supergraph, and the reading of all its field sets within bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import Node

from gateway.supergraph.field_sets import Shapes, read_field_set
from gateway.supergraph.join.document import COMPOSE_AGAIN, INVALID, Report
from gateway.supergraph.join.own_types import OwnTypes
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.model import FieldSet

MAX_FIELD_SETS = 2_000_000
"""Characters of all field sets together that are not the same."""


class FieldSets:
    """Reads field sets, the same one once. One that does not fit the types is a finding, and empty.

    `own`: per source whose types differ from the supergraph's, its own.
    """

    def __init__(self, types: WrittenTypes, own: Mapping[str, OwnTypes], report: Report) -> None:
        self.types = types
        self.own = own
        self.report = report
        self._known: dict[tuple[Shapes, str, str], FieldSet] = {}
        self._length = 0

    def shapes(self, source: str) -> Shapes:
        """The types as `source` has them."""
        return self.own.get(source, self.types)

    def read(self, text: str, type_name: str, node: Node, shapes: Shapes) -> FieldSet:
        """The field set `text` on `type_name`, which stands at `node`; empty for an empty text.

        `shapes`: the supergraph's types (`types`) for what a source requires, the source's own for the rest.
        """
        known = self._known.get((shapes, type_name, text))
        if known is None:
            self._length += len(text)
            if self._length > MAX_FIELD_SETS:
                self.report.add(INVALID, f"the supergraph has more than {MAX_FIELD_SETS} characters in field sets",
                                "compose smaller supergraphs", node)  # fmt: skip
                self.report.stop()
            known = self._known[shapes, type_name, text] = self._parsed(text, type_name, node, shapes)
        return known

    def _parsed(self, text: str, type_name: str, node: Node, shapes: Shapes) -> FieldSet:
        if not text.strip():
            return ()
        try:
            return read_field_set(text, type_name, shapes)
        except ValueError as error:
            self.report.add(INVALID, f"{type_name}: {error}", COMPOSE_AGAIN, node)
            return ()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of all types: per type and source the resolvable ones, and which fields keys are made of.

    `_parts`: per source, every (type, field) that one of its keys names; `_extended`: of those, the ones of keys of
    types that the source merely extends, as Federation 1 wrote it.
    """

    resolvable: Mapping[str, Mapping[str, tuple[FieldSet, ...]]]
    _parts: Mapping[str, set[tuple[str, str]]]
    _extended: Mapping[str, set[tuple[str, str]]]

    def names(self, source: str, owner: WrittenType, field: str) -> bool:
        """True when a key of `source` names the field."""
        return (owner.name, field) in self._parts.get(source, ())

    def extends(self, source: str, owner: WrittenType, field: str) -> bool:
        """True when a key of a type that `source` merely extends names the field."""
        return (owner.name, field) in self._extended.get(source, ())


def read_keys(types: WrittenTypes, field_sets: FieldSets) -> Keys:
    """Read every `key:` of `join__type`."""
    resolvable: dict[str, dict[str, tuple[FieldSet, ...]]] = {}
    parts: dict[str, set[tuple[str, str]]] = {}
    extended: dict[str, set[tuple[str, str]]] = {}
    for found in types.by_name.values():
        for source, said in found.sources.items():
            read: dict[FieldSet, None] = {}  # an ordered set
            shapes = field_sets.shapes(source)
            for key in said.keys:
                fields = field_sets.read(key.text, found.name, key.node, shapes)
                named = set(_coordinates(fields, found.name, shapes))
                parts.setdefault(source, set()).update(named)
                if said.extension:
                    extended.setdefault(source, set()).update(named)
                if key.resolvable and fields:
                    read[fields] = None
            if read:
                resolvable.setdefault(found.name, {})[source] = tuple(read)
    return Keys(resolvable, parts, extended)


def _coordinates(fields: FieldSet, type_name: str, shapes: Shapes) -> Iterator[tuple[str, str]]:
    """Every (type, field) that a field set names, nested ones too, in the words of the field set."""
    for part in fields:
        owner = part.on or type_name
        yield owner, part.name
        returned = shapes.returns(owner, part.name)
        if returned:
            yield from _coordinates(part.children, returned, shapes)
