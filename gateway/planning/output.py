"""What leaves: the operation's selections with their decisions, and the denials that are known beforehand."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
    is_composite_type,
)

from gateway.constraints import ALLOW, Constraints, Deny, LookupPermit, Permit, RootDecision, RootPermit
from gateway.operation.conditions import both
from gateway.operation.model import Operation, Selection
from gateway.planning.plan import OutputField, Place, Shape, StaticDenial, TypeRows
from gateway.planning.raw_keys import RawKeys
from gateway.supergraph.model import MUTATION_ROOT, ROOTS, Supergraph

_MUTATION = frozenset({MUTATION_ROOT})
_TYPENAME_SHAPE = Shape("String", non_null=True)


class OutputBuilder:
    """Builds the output tree of one operation under one set of constraints; `denials` fill on the way.

    Directives for sources are left out under a policy: they could change what a mask is made for.
    """

    def __init__(self, supergraph: Supergraph, constraints: Constraints, keys: RawKeys) -> None:
        self.supergraph = supergraph
        self.constraints = constraints
        self.keys = keys
        self.denials: list[StaticDenial] = []
        self._rows: dict[frozenset[str], TypeRows] = {}

    def build(self, operation: Operation) -> tuple[OutputField, ...]:
        """The output fields of the root; introspection fields are left to whoever answers them."""
        return tuple(self._fields(operation.selections, None, False))

    def _fields(
        self, selections: tuple[Selection, ...], parent: Place | None, in_list: bool
    ) -> Iterator[OutputField]:
        for selection in selections:
            condition = both(parent.condition, selection.condition) if parent else selection.condition
            path = (*(parent.response_path if parent else ()), selection.response)
            for types, decision in self._by_decision(selection):
                place = Place(f"{min(types)}.{selection.field}", path, in_list, condition)
                yield self._field(selection, types, decision, place)

    def _by_decision(
        self, selection: Selection
    ) -> Iterator[tuple[frozenset[str], Deny | Permit | RootDecision]]:
        """The selection's types, grouped by decision; a denial stands alone, so that each names its coordinate."""
        if selection.field.startswith("__"):
            yield selection.types, ALLOW
            return
        groups: dict[tuple[object, str], tuple[set[str], Deny | Permit | RootDecision]] = {}
        for name in sorted(selection.types):
            root = name in ROOTS
            decide = self.constraints.root if root else self.constraints.field
            decision = decide(name, selection.field)
            alone = name if isinstance(decision, Deny) else str(self._public_type(name, selection.field))
            groups.setdefault((decision, alone), (set(), decision))[0].add(name)
        for types, decision in groups.values():
            yield frozenset(types), decision

    def _field(
        self,
        selection: Selection,
        types: frozenset[str],
        decision: Deny | Permit | RootDecision,
        place: Place,
    ) -> OutputField:
        if selection.field.startswith("__"):
            return OutputField(selection.response, selection.field, selection.field, types, selection.arguments,
                               selection.condition, ALLOW, _TYPENAME_SHAPE, place, turns=selection.turns)  # fmt: skip
        directives = selection.directives if self.constraints.open else ()
        alone = selection.response if types == _MUTATION else ""  # asked twice, it is done twice
        raw = self.keys.of(selection.field, selection.arguments, directives, alone)
        public = self._public_type(min(types), selection.field)
        shape = shape_of(public)
        if isinstance(decision, Deny):
            if not self.constraints.open:
                self.denials.append(StaticDenial(place, decision.reason))
            return OutputField(selection.response, raw, selection.field, types, selection.arguments,
                               selection.condition, None, shape, place, denial=decision.reason,
                               turns=selection.turns)  # fmt: skip
        permit = decision if isinstance(decision, Permit) else ALLOW
        named = _named(public)
        if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            return OutputField(selection.response, raw, selection.field, types, selection.arguments,
                               selection.condition, permit, shape, place, turns=selection.turns,
                               directives=directives)  # fmt: skip
        targets = self.supergraph.public_types(named.name)
        return OutputField(
            response=selection.response,
            raw=raw,
            field=selection.field,
            types=types,
            arguments=selection.arguments,
            condition=selection.condition,
            permit=permit,
            shape=shape,
            place=place,
            targets=targets,
            rows=self._visible_rows(targets, decision),
            turns=selection.turns,
            directives=directives,
            children=tuple(self._fields(selection.children, place, place.in_list or _is_list(shape))),
        )

    def _visible_rows(self, targets: frozenset[str], decision: Permit | RootDecision) -> TypeRows:
        if isinstance(decision, LookupPermit):
            return tuple((name, decision.rows) for name in sorted(targets))
        if isinstance(decision, RootPermit):
            return tuple((name, decision.rows_of(name)) for name in sorted(targets))
        if targets not in self._rows:
            self._rows[targets] = tuple((name, self.constraints.rows_of(name)) for name in sorted(targets))
        return self._rows[targets]

    def _public_type(self, type_name: str, field: str) -> GraphQLOutputType:
        owner = self.supergraph.schema.type_map[type_name]
        assert isinstance(owner, GraphQLObjectType | GraphQLInterfaceType)
        public: GraphQLOutputType = owner.fields[
            field
        ].type  # graphql-core's fields are not typed more closely
        return public


def shape_of(public: GraphQLOutputType) -> Shape:
    """What a type of the public schema promises."""
    if isinstance(public, GraphQLNonNull):
        inner = shape_of(public.of_type)
        return Shape(inner.leaf, inner.values, True, inner.item)
    if isinstance(public, GraphQLList):
        return Shape(None, item=shape_of(public.of_type))
    if is_composite_type(public):
        return Shape(None)
    values = frozenset(public.values) if isinstance(public, GraphQLEnumType) else None
    return Shape(_named(public).name, values)


def _is_list(shape: Shape) -> bool:
    return shape.item is not None


def _named(public: GraphQLOutputType) -> "GraphQLObjectType | GraphQLEnumType":
    inner = public
    while isinstance(inner, GraphQLNonNull | GraphQLList):
        inner = inner.of_type
    return inner  # type: ignore[return-value] # a named type of whichever kind; callers ask which
