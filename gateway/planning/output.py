"""What leaves: the operation's selections with their decisions, and the denials that are known beforehand."""

from collections.abc import Iterator

from graphql import GraphQLEnumType

from gateway.constraints import ALLOW, Constraints, Deny, Permit
from gateway.operation.conditions import both
from gateway.operation.model import Argument, Operation, Selection
from gateway.planning.plan import OutputField, Place, Shape, StaticDenial, TypeRows
from gateway.supergraph.model import QUERY_ROOT, TYPENAME, Supergraph

_TYPENAME_SHAPE = Shape(0, "String")


class OutputBuilder:
    """Builds the output tree of one operation under one set of constraints; `denials` fill on the way."""

    def __init__(self, supergraph: Supergraph, constraints: Constraints) -> None:
        self.supergraph = supergraph
        self.constraints = constraints
        self.denials: list[StaticDenial] = []

    def build(self, operation: Operation) -> tuple[OutputField, ...]:
        """The output fields of the root; introspection fields are left to whoever answers them."""
        return tuple(self._root(selection) for selection in operation.selections)

    def _root(self, selection: Selection) -> OutputField:
        place = Place(f"{QUERY_ROOT}.{selection.field}", (selection.response,), False, selection.condition)
        if selection.field.startswith("__"):
            return self._leaf(selection, selection.types, ALLOW, place, _TYPENAME_SHAPE)
        lookup = self.supergraph.lookups[selection.field]
        decision = self.constraints.root(selection.field)
        targets = self.supergraph.possible(lookup.type_name)
        if isinstance(decision, Deny):
            self.denials.append(StaticDenial(place, decision.reason))
            return self._denied(selection, selection.types, place)
        rows: TypeRows = tuple((name, decision.rows) for name in sorted(targets))
        return self._object(selection, selection.types, ALLOW, place, 0, targets, rows)

    def _fields(
        self, selections: tuple[Selection, ...], parent: Place, in_list: bool
    ) -> Iterator[OutputField]:
        for selection in selections:
            condition = both(parent.condition, selection.condition)
            for types, decision in self._by_decision(selection):
                place = Place(f"{min(types)}.{selection.field}", (*parent.response_path, selection.response),
                              in_list, condition)  # fmt: skip
                if isinstance(decision, Deny):
                    self.denials.append(StaticDenial(place, decision.reason))
                    yield self._denied(selection, types, place)
                else:
                    yield self._permitted(selection, types, decision, place)

    def _by_decision(self, selection: Selection) -> Iterator[tuple[frozenset[str], Deny | Permit]]:
        """The selection's types, grouped by decision; a denial stands alone, so that each names its coordinate."""
        if selection.field == TYPENAME:
            yield selection.types, ALLOW
            return
        groups: dict[tuple[object, str], tuple[set[str], Deny | Permit]] = {}
        for name in sorted(selection.types):
            decision = self.constraints.field(name, selection.field)
            shape = self.supergraph.field(name, selection.field).type
            alone = name if isinstance(decision, Deny) else f"{shape.name}{shape.lists}"
            groups.setdefault((decision, alone), (set(), decision))[0].add(name)
        for types, decision in groups.values():
            yield frozenset(types), decision

    def _permitted(
        self, selection: Selection, types: frozenset[str], permit: Permit, place: Place
    ) -> OutputField:
        if selection.field == TYPENAME:
            return self._leaf(selection, types, permit, place, _TYPENAME_SHAPE)
        reference = self.supergraph.field(min(types), selection.field).type
        target = self.supergraph.types.get(reference.name)
        if target is None or not target.possible:
            known = self.supergraph.schema.type_map.get(reference.name)
            values = frozenset(known.values) if isinstance(known, GraphQLEnumType) else None
            return self._leaf(selection, types, permit, place, Shape(reference.lists, reference.name, values))
        rows = tuple((name, self.constraints.rows_of(name)) for name in sorted(target.possible))
        return self._object(selection, types, permit, place, reference.lists, target.possible, rows)

    def _object(
        self,
        selection: Selection,
        types: frozenset[str],
        permit: Permit,
        place: Place,
        lists: int,
        targets: frozenset[str],
        rows: TypeRows,
    ) -> OutputField:
        return OutputField(
            response=selection.response,
            raw=raw_key(selection.field, selection.arguments),
            field=selection.field,
            types=types,
            arguments=selection.arguments,
            condition=selection.condition,
            permit=permit,
            shape=Shape(lists, None),
            place=place,
            targets=targets,
            rows=rows,
            children=tuple(self._fields(selection.children, place, place.in_list or lists > 0)),
        )

    def _leaf(
        self, selection: Selection, types: frozenset[str], permit: Permit | None, place: Place, shape: Shape
    ) -> OutputField:
        raw = raw_key(selection.field, selection.arguments)
        return OutputField(selection.response, raw, selection.field, types, selection.arguments,
                           selection.condition, permit, shape, place)  # fmt: skip

    def _denied(self, selection: Selection, types: frozenset[str], place: Place) -> OutputField:
        return self._leaf(selection, types, None, place, Shape(0, ""))


def raw_key(field: str, arguments: tuple[Argument, ...]) -> str:
    """The internal response key of a field with these arguments: a valid GraphQL name."""
    return "__".join([field, *(f"{argument.name}_{argument.slot}" for argument in arguments)])
