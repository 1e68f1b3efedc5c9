"""Which features of federation a run has exercised: told by what sources were asked, not by what schemas hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
    parse,
)

from gateway.planning.plan import Entry, FetchNode, QueryPlan
from tests.difference.lab import Lab
from tests.difference.operations import ALIASES
from tests.federation.case import Run
from tests.federation.field_sets import REPRESENTATION, pick
from tests.federation.source_schema import FieldSaid, SourceSchema

FEATURES = (
    "entities", "interfaces", "unions", "interface objects", "nested keys", "composite keys",
    "keys through other keys", "null keys", "requires", "requires with selections", "requires with arguments",
    "requires with fragments", "requires in chains", "provides", "provides on abstract types", "overrides",
    "shared root fields", "value types", "lists several deep", "Federation 1", "mutations", "arguments",
    "conditions", "conflicting aliases",
)  # fmt: skip
"""Everything that is counted."""


def exercised(lab: Lab, run: Run) -> set[str]:
    """The features of the run that the lab has just checked."""
    return {*_asked_by_client(run), *_planned(lab, lab.plan(run)), *_exchanged(lab)}


def _asked_by_client(run: Run) -> Iterator[str]:
    if "@skip" in run.document or "@include" in run.document:
        yield "conditions"
    if any(f"{alias}: " in run.document for alias in ALIASES):
        yield "conflicting aliases"
    if run.document.startswith("mutation"):
        yield "mutations"


def _planned(lab: Lab, plan: QueryPlan) -> Iterator[str]:
    nodes = {node.id: node for node in plan.nodes}
    for node in plan.nodes:
        for entry in node.entries:
            if entry.fallbacks:
                yield "null keys"
            for before in (nodes[number] for number in node.depends_on):
                if any(_reached_through(lab, node, entry, other) for other in before.entries):
                    yield "keys through other keys"


def _reached_through(lab: Lab, node: FetchNode, entry: Entry, before: Entry) -> bool:
    """Whether the entities of this entry have their key only by an earlier fetch of the same entities."""
    places = [tuple(step.raw for step in one.position) for one in (entry, before)]
    if not entry.inputs or not before.inputs or places[0] != places[1]:
        return False
    sent, had = ({one.field for one in some.inputs} for some in (entry, before))
    types = lab.sources[node.spec.source].said.types
    known = [entry.sent_as] if entry.sent_as else sorted(entry.position[-1].types if entry.position else ())
    keys = [set(_names(key)) for name in known if name in types for key in types[name].keys]
    used = [key for key in keys if key <= sent]
    return bool(used) and not any(key <= had for key in used)


def _names(selections: SelectionSetNode) -> list[str]:
    return [one.name.value for one in selections.selections if isinstance(one, FieldNode)]


def _exchanged(lab: Lab) -> Iterator[str]:
    for exchange in lab.exchanges:
        said = lab.sources[exchange.source].said
        if "@link" not in said.sdl:
            yield "Federation 1"
        for sent in (exchange.request.get("variables") or {}).values():
            yield from _represented(said, sent)
        yield from _Request(lab, said).features(exchange.request["query"])


def _represented(said: SourceSchema, sent: Any) -> Iterator[str]:  # Any: a variable's JSON
    for one in sent if isinstance(sent, list) else ():
        if not isinstance(one, dict) or "__typename" not in one:
            continue
        yield "entities"
        for key in said.types[one["__typename"]].keys:
            try:
                pick(key, one, REPRESENTATION, said.possible)
            except (KeyError, TypeError):
                continue
            if len(key.selections) > 1:
                yield "composite keys"
            if any(isinstance(part, FieldNode) and part.selection_set for part in key.selections):
                yield "nested keys"


@dataclass(frozen=True)
class _Request:
    """One document that a source was asked."""

    lab: Lab
    said: SourceSchema

    def features(self, text: str) -> Iterator[str]:
        """What its fields are about."""
        document = parse(text)
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                yield from self._selections(node.selection_set, node.operation.value.capitalize(), False)
            elif isinstance(node, FragmentDefinitionNode):
                yield from self._selections(node.selection_set, node.type_condition.name.value, False)

    def _selections(self, selections: SelectionSetNode, on: str, abstract: bool) -> Iterator[str]:
        """`abstract`: an interface or a union lies on the way."""
        for one in selections.selections:
            if isinstance(one, InlineFragmentNode):
                name = one.type_condition.name.value if one.type_condition else on
                yield from self._selections(one.selection_set, name, abstract)
            elif isinstance(one, FieldNode) and not one.name.value.startswith("__"):
                yield from self._field(one, on, abstract)

    def _field(self, node: FieldNode, on: str, abstract: bool) -> Iterator[str]:
        name = node.name.value
        known = self.said.schema.type_map[on]
        assert isinstance(known, GraphQLObjectType | GraphQLInterfaceType)
        kind = known.fields[name].type
        named = get_named_type(kind)
        if name != "_entities":
            if node.arguments:
                yield "arguments"
            said = self.said.types[on].fields[name]
            yield from self._own(on, name, said, abstract)
            yield from _returned(kind, self.said)
            abstract = abstract or isinstance(named, GraphQLInterfaceType | GraphQLUnionType)
        if node.selection_set is not None:
            yield from self._selections(node.selection_set, named.name, abstract)

    def _own(self, on: str, name: str, said: FieldSaid, abstract: bool) -> Iterator[str]:
        if self.said.types[on].interface_object:
            yield "interface objects"
        if said.overrides:
            yield "overrides"
        if said.external:
            yield "provides on abstract types" if abstract else "provides"
        if on == "Query" and sum(_resolves(one.said, on, name) for one in self.lab.sources.values()) > 1:
            yield "shared root fields"
        if said.requires is not None:
            yield "requires"
            yield from self._required(on, said.requires)

    def _required(self, on: str, requires: SelectionSetNode) -> Iterator[str]:
        nodes = list(_nodes(requires))
        if any(isinstance(one, InlineFragmentNode) for one in nodes):
            yield "requires with fragments"
        if any(isinstance(one, FieldNode) and one.selection_set for one in nodes):
            yield "requires with selections"
        if any(isinstance(one, FieldNode) and one.arguments for one in nodes):
            yield "requires with arguments"
        computed = {
            field
            for source in self.lab.sources.values()
            for known in source.said.types.values()
            for field, said in known.fields.items()
            if said.requires is not None
        }
        if any(isinstance(one, FieldNode) and one.name.value in computed for one in nodes):
            yield "requires in chains"


def _resolves(said: SourceSchema, on: str, name: str) -> bool:
    return on in said.types and name in said.types[on].fields


def _returned(kind: GraphQLOutputType, said: SourceSchema) -> Iterator[str]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInterfaceType):
        yield "interfaces"
    elif isinstance(named, GraphQLUnionType):
        yield "unions"
    elif (
        not is_leaf_type(named)
        and named.name not in ("Query", "Mutation")
        and not said.types[named.name].keys
    ):
        yield "value types"
    if _depth(kind) > 1:
        yield "lists several deep"


def _depth(kind: GraphQLOutputType) -> int:
    if isinstance(kind, GraphQLNonNull):
        return _depth(kind.of_type)
    return 1 + _depth(kind.of_type) if isinstance(kind, GraphQLList) else 0


def _nodes(selections: SelectionSetNode) -> Iterator[Node]:
    for one in selections.selections:
        yield one
        inside = getattr(one, "selection_set", None)
        if inside is not None:
            yield from _nodes(inside)
